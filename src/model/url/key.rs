//! The key under which an article is known.
//!
//! Only what can never tell two pages apart is folded (RFC 3986 §6.2.2: what a standard calls
//! equivalent), and what servers and readers' tools add by themselves. AMP, print and mobile pages
//! have keys of their own: whether they are the article is for the page to say (`link rel=canonical`).

use std::fmt::Write;

use super::{PageUrl, tracking};

impl PageUrl {
    /// The address without the parameters that only track readers (`utm_*`, `fbclid`, …), and without
    /// the server's session.
    #[must_use]
    pub fn without_tracking(&self) -> Self {
        let mut url = self.0.clone();
        if let Some(path) = without_session(url.path()) {
            url.set_path(&path);
        }
        if let Some(query) = self.0.query() {
            let kept: Vec<&str> = query.split('&').filter(|pair| !tracking::tracks(pair)).collect();
            url.set_query(if kept.is_empty() { None } else { Some(kept.join("&")) }.as_deref());
        }
        Self(url)
    }

    /// The key under which an article is known: scheme, `www.`, a dot behind the host, tracking parameters,
    /// the order of the parameters, a trailing slash and the spelling of percent-encodings do not count.
    /// Two addresses with one key are one article.
    #[must_use]
    pub fn key(&self) -> String {
        let clean = self.without_tracking();
        let url = &clean.0;
        let host = clean.host();
        let host =
            host.strip_suffix('.').filter(|rest| !rest.is_empty() && !rest.ends_with('.')).unwrap_or(host);
        let mut key = host.strip_prefix("www.").unwrap_or(host).to_owned();
        if let Some(port) = url.port() {
            // Writing to a string cannot fail.
            let _ = write!(key, ":{port}");
        }
        let path = plain(url.path());
        let trimmed = path.trim_end_matches('/');
        key.push_str(if trimmed.is_empty() { "/" } else { trimmed });
        if let Some(query) = url.query() {
            let mut pairs: Vec<String> = query.split('&').map(plain).collect();
            pairs.sort_unstable();
            key.push('?');
            key.push_str(&pairs.join("&"));
        }
        key
    }
}

/// A path without the session that a servlet puts into it (`/a;jsessionid=1F`), if it has one.
fn without_session(path: &str) -> Option<String> {
    const NAME: &str = ";jsessionid=";
    let at = path.to_ascii_lowercase().find(NAME)?;
    let rest = &path[at + NAME.len()..];
    let after = rest.find(['/', ';']).map_or("", |end| &rest[end..]);
    Some(format!("{}{after}", &path[..at]))
}

/// Percent-encodings in one spelling (RFC 3986 §6.2.2.1 and §6.2.2.2): capital digits, and none where
/// the character needs none.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        // `from_str_radix` takes a sign, too.
        let digits = digits.filter(|_| rest.as_bytes()[at + 1] != b'+');
        match digits {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte))
            }
            Some(byte) => {
                let _ = write!(out, "%{byte:02X}");
            }
            // Of two that stand together, the second may begin a code: it must not begin another.
            None => out.push_str("%25"),
        }
        rest = &rest[at + if digits.is_some() { 3 } else { 1 }..];
    }
    out.push_str(rest);
    out
}
