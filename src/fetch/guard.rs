//! No request leaves for a private network that the user has not named.
//!
//! A page can link or redirect to `http://169.254.169.254/` or to a name that resolves there. The
//! check therefore stands behind name resolution, in the resolver that the connection itself uses:
//! a name cannot resolve to one address for the check and to another for the connection.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Why a name gave no address to connect to.
#[derive(Debug)]
pub(super) enum Refused {
    /// The name does not resolve.
    Unknown { host: String, source: io::Error },
    /// The name resolves to private addresses only.
    Private { host: String, address: IpAddr },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { host, source } => write!(f, "cannot resolve {host}: {source}"),
            Self::Private { host, address } => write!(
                f,
                "{host} is at {address}, in a private network: add the site to the configuration, \
                 or set `allow_private = true` under [crawl]"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// The system's resolver, with private addresses taken out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver {
    /// Whether private addresses stay in.
    pub allow_private: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            // The port is filled in by the connector.
            let found = tokio::net::lookup_host((host.as_str(), 0)).await.map(Vec::from_iter);
            let found: Vec<SocketAddr> =
                found.map_err(|source| Refused::Unknown { host: host.clone(), source })?;
            let (private, public): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|address| !allow_private && is_private(address.ip()));
            if let (true, Some(address)) = (public.is_empty(), private.first()) {
                return Err(Refused::Private { host, address: address.ip() }.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is not one of the public internet (IANA special-purpose registries, RFC 6890).
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_private_v4(v4),
        IpAddr::V6(v6) => is_private_v6(v6),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    match (a, b) {
        (0 | 10 | 127 | 224..=255, _) => true,
        (100, 64..=127) | (169, 254) | (172, 16..=31) | (192, 168) | (198, 18 | 19) => true,
        (192, 0) => c == 0 || c == 2,
        (198, 51) => c == 100,
        (203, 0) => c == 113,
        _ => false,
    }
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, _, _, _, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([w, x], [y, z]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_v4(Ipv4Addr::new(w, x, y, z))
    };
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_private_v4(v4);
    }
    match (a, b) {
        // Unspecified, loopback, IPv4-compatible, local NAT64 and the rest of 0000::/8.
        (0x0064, 0xff9b) if c == 0 => embedded(g, h),
        (0..=0x00ff, _) => true,
        // 6to4 carries an IPv4 address behind its prefix.
        (0x2002, _) => embedded(b, c),
        // Teredo and other protocol assignments, documentation.
        (0x2001, 0..=0x01ff | 0x0db8) => true,
        // Unique local, link local, site local, multicast.
        (0xfc00..=0xffff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_told_from_the_internet() {
        for private in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "198.18.0.1",
            "::1",
            "::",
            "fd00::1",
            "fe80::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::1",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "192.1.0.1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "2a00:1450::1",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }
}
