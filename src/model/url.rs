//! Addresses: what a page is called, and by what politeness is counted.

use std::fmt;

use url::{Host, Url};

/// Query parameters that only say where a reader came from. They never change what a page shows.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "ref_src",
    "cmpid",
    "ocid",
    "_ga",
    "_gl",
    "gclsrc",
    "wbraid",
    "gbraid",
    "replytocom",
    "srsltid",
];

/// Why a text is not the address of a page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UrlError {
    /// The text is no absolute URL (WHATWG URL Standard).
    #[error("`{text}` is not a web address: {reason}")]
    Syntax {
        /// What was given.
        text: String,
        /// What the URL parser said.
        reason: String,
    },
    /// The scheme is neither `http` nor `https`.
    #[error("`{text}` does not start with http:// or https://")]
    Scheme {
        /// What was given.
        text: String,
    },
    /// The URL names no host.
    #[error("`{text}` names no host")]
    NoHost {
        /// What was given.
        text: String,
    },
}

impl UrlError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "url_syntax",
            Self::Scheme { .. } => "url_scheme",
            Self::NoHost { .. } => "url_no_host",
        }
    }
}

/// The address of a page: absolute, `http` or `https`, without credentials and without fragment.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageUrl(Url);

impl PageUrl {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// [`UrlError`] when the text is no absolute `http` or `https` URL.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let url = Url::parse(text.trim())
            .map_err(|e| UrlError::Syntax { text: text.to_owned(), reason: e.to_string() })?;
        Self::from_url(url, text)
    }

    /// Resolves a link found on this page.
    ///
    /// # Errors
    /// [`UrlError`] when the link does not lead to an `http` or `https` page (`mailto:`, …).
    pub fn join(&self, href: &str) -> Result<Self, UrlError> {
        let url = self
            .0
            .join(href.trim())
            .map_err(|e| UrlError::Syntax { text: href.to_owned(), reason: e.to_string() })?;
        Self::from_url(url, href)
    }

    fn from_url(mut url: Url, text: &str) -> Result<Self, UrlError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(UrlError::Scheme { text: text.to_owned() });
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(UrlError::NoHost { text: text.to_owned() });
        }
        url.set_fragment(None);
        // Credentials in a link are never ours to send, and never ours to store.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok(Self(url))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host in lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The path, starting with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// Path and query, as a request line and robots.txt rules use them.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.0[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// `scheme://host[:port]`, without a trailing slash.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0[..url::Position::BeforePath]
    }

    /// The port that a request goes to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(80)
    }

    /// The underlying [`Url`].
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address without the parameters that only track readers (`utm_*`, `fbclid`, …).
    #[must_use]
    pub fn without_tracking(&self) -> Self {
        if self.0.query().is_none() {
            return self.clone();
        }
        let kept: Vec<&str> = self
            .0
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| {
                let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
                !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name.as_str())
            })
            .collect();
        let mut url = self.0.clone();
        url.set_query(if kept.is_empty() { None } else { Some(kept.join("&")) }.as_deref());
        Self(url)
    }

    /// The key under which an article is known: scheme, `www.`, tracking parameters, the order of
    /// the parameters and a trailing slash do not count. Two addresses with one key are one article.
    #[must_use]
    pub fn key(&self) -> String {
        let clean = self.without_tracking();
        let url = &clean.0;
        let host = clean.host();
        let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
        if let Some(port) = url.port() {
            key.push_str(&format!(":{port}"));
        }
        let path = url.path();
        key.push_str(if path.len() > 1 { path.trim_end_matches('/') } else { path });
        if let Some(query) = url.query() {
            let mut pairs: Vec<&str> = query.split('&').collect();
            pairs.sort_unstable();
            key.push('?');
            key.push_str(&pairs.join("&"));
        }
        key
    }

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

impl fmt::Display for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PageUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageUrl({})", self.as_str())
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PageUrl {
        PageUrl::parse(text).unwrap()
    }

    #[test]
    fn one_article_has_one_key() {
        let key = url("https://kabar.example/a/b").key();
        for other in [
            "http://kabar.example/a/b",
            "https://www.kabar.example/a/b/",
            "https://kabar.example/a/b?utm_source=x&fbclid=1#komentar",
            "https://kabar.example:443/a/b",
        ] {
            assert_eq!(url(other).key(), key, "{other}");
        }
        assert_ne!(url("https://kabar.example/a/b?p=2").key(), key);
        assert_ne!(url("https://kabar.example/A/b").key(), key);
    }

    #[test]
    fn politeness_is_counted_by_registrable_domain_or_by_address_and_port() {
        for (text, key) in [
            ("https://www.kompas.com/x", "kompas.com"),
            ("http://news.detik.com", "detik.com"),
            ("https://a.b.go.id", "b.go.id"),
            ("http://127.0.0.1:8087/", "127.0.0.1:8087"),
            ("http://localhost:3000/", "localhost:3000"),
            ("http://[::1]/", "[::1]:80"),
        ] {
            assert_eq!(url(text).host_key().as_str(), key);
        }
    }

    #[test]
    fn only_web_pages_have_addresses() {
        assert_eq!(PageUrl::parse("mailto:a@b.c").unwrap_err().code(), "url_scheme");
        assert_eq!(PageUrl::parse("/relative").unwrap_err().code(), "url_syntax");
        assert_eq!(url("https://u:p@kabar.example/x#y").as_str(), "https://kabar.example/x");
    }

    proptest::proptest! {
        #[test]
        fn dropping_trackers_twice_is_dropping_them_once(q in "[a-z_=&%0-9]{0,40}") {
            let once = url(&format!("https://kabar.example/a?{q}")).without_tracking();
            proptest::prop_assert_eq!(once.without_tracking(), once.clone());
            proptest::prop_assert_eq!(once.key(), once.without_tracking().key());
        }
    }
}
