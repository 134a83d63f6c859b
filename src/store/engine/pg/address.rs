//! Where an archive on PostgreSQL is: `postgres://user@host:port/database?schema=kliping`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::ClientConfig;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::error::{Failure, with_cause};
use super::tls::{self, Tls};
use super::wire::{Turn, Wire};
use crate::store::shown::{SCHEMA, shown};

/// Where an archive on a server is, and how to come in.
#[derive(Clone)]
pub(in crate::store) struct Address {
    pub(super) config: Config,
    /// The schema that holds the archive: letters, digits and `_`.
    pub(in crate::store) schema: String,
    /// How TLS is begun, where it is wanted.
    tls: Option<Arc<ClientConfig>>,
    shown: String,
}

/// As it may be shown: without the password.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl Address {
    /// Reads an address.
    pub(in crate::store) fn parse(text: &str) -> Result<Self, String> {
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut schema, mut roots, mut mode) = (SCHEMA.to_owned(), None, None);
        let mut theirs = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("schema", name)) => schema = name.to_owned(),
                Some(("sslrootcert", path)) => roots = Some(PathBuf::from(path)),
                Some(("sslmode", name)) => mode = Some(name),
                _ => theirs.push(pair),
            }
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if schema.is_empty() || !schema.chars().all(plain) || schema.len() > 63 {
            return Err(format!("schema={schema}: small letters, digits and _ only"));
        }
        let joined = if theirs.is_empty() { base.to_owned() } else { format!("{base}?{}", theirs.join("&")) };
        let mut config: Config = joined.parse().map_err(|e: tokio_postgres::Error| with_cause(&e))?;
        let here = config.get_hosts().iter().all(is_here);
        config.ssl_mode(match mode {
            Some("disable") => SslMode::Disable,
            Some("require" | "verify-ca" | "verify-full") => SslMode::Require,
            None if here => SslMode::Disable,
            None => SslMode::Require,
            Some(other) => return Err(format!("sslmode={other}: `disable` or `verify-full`")),
        });
        if config.get_password().is_none()
            && let Some(password) = std::env::var_os("PGPASSWORD")
        {
            config.password(password.as_encoded_bytes());
        }
        config.application_name("kliping");
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(tls::settings(roots.as_deref()).map_err(|error| error.to_string())?),
        };
        Ok(Self { config, schema, tls, shown: shown(text) })
    }

    /// Opens the way to the server, and says how TLS is to be begun on it.
    pub(super) fn dial(&self) -> Result<(Wire, Turn, Tls), Failure> {
        let away = |error: io::Error| Failure::away(format!("{self}: {error}"));
        let port = self.config.get_ports().first().copied().unwrap_or(5432);
        let (name, dialed) = match self.config.get_hosts().first() {
            Some(Host::Unix(folder)) => ("localhost", Wire::unix(&folder.join(format!(".s.PGSQL.{port}")))),
            Some(Host::Tcp(name)) => (name.as_str(), Wire::tcp((name.as_str(), port))),
            None => ("localhost", Wire::tcp(("localhost", port))),
        };
        let (wire, turn) = dialed.map_err(away)?;
        let tls = self.tls.as_ref().map(|settings| Tls::new(name, settings)).transpose().map_err(away)?;
        Ok((wire, turn, tls.unwrap_or_default()))
    }

    /// As it may be shown, where a path is wanted.
    pub(in crate::store) fn path(&self) -> &Path {
        Path::new(&self.shown)
    }
}

/// Whether bytes to a host do not leave this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_machine_goes_under_tls() {
        let mode = |text: &str| Address::parse(text).unwrap().config.get_ssl_mode();
        assert_eq!(mode("postgres://db.example/news"), SslMode::Require);
        assert_eq!(mode("postgres://db.example/news?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://127.0.0.1/news"), SslMode::Disable);
        assert_eq!(mode("postgres:///news?host=/run/postgresql"), SslMode::Disable);
        assert_eq!(mode("postgres://localhost/news?sslmode=verify-full"), SslMode::Require);
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "postgres://h/d?schema=A-b",
            "postgres://h/d?sslmode=prefer",
            "postgres://h:port/d",
            "postgres://h/d?x=1",
        ] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
        assert_eq!(Address::parse("postgres://h/d").unwrap().schema, "kliping");
    }
}
