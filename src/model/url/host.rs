//! What politeness is counted by.

use std::fmt;

use url::Host;

use super::PageUrl;

/// What politeness is counted by: the registrable domain (public suffix list), so that `www.`, the
/// apex, `http` and `https` share one budget; an IP address or a single label counts with its port.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct HostKey(String);

impl HostKey {
    /// A key as it was stored before.
    #[must_use]
    pub fn from_stored(name: String) -> Self {
        Self(name)
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PageUrl {
    /// What politeness is counted by for this address.
    #[must_use]
    pub fn host_key(&self) -> HostKey {
        let name = match self.0.host() {
            Some(Host::Domain(domain)) => {
                let domain = domain.trim_end_matches('.');
                match psl::domain_str(domain) {
                    Some(registrable) => registrable.to_owned(),
                    // `localhost` and other single labels belong to nobody: count them by port.
                    None => format!("{domain}:{}", self.port()),
                }
            }
            _ => format!("{}:{}", self.host(), self.port()),
        };
        HostKey(name)
    }
}
