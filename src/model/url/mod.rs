//! Addresses: what a page is called, and by what politeness is counted.

mod error;
mod host;
mod key;
#[cfg(test)]
mod tests;
mod tracking;

use std::fmt;

use url::Url;

pub use error::UrlError;
pub use host::HostKey;

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
