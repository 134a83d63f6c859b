//! An answer and its headers.

use crate::model::sha256;

/// What the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A page.
    Html,
    /// One JSON object.
    Json,
    /// JSON objects, one a line.
    Lines,
    /// A feed.
    Atom,
    /// A TimeMap (RFC 7089 §5).
    LinkFormat,
    /// Text.
    Text,
    /// A style sheet.
    Css,
    /// A script of our own.
    Script,
    /// A picture of our own.
    Svg,
}

impl Kind {
    /// `Content-Type`.
    fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::LinkFormat => "application/link-format",
            Self::Text => "text/plain; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// How long a browser may keep the answer without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// Not at all: it asks each time whether it has changed.
    Ask,
    /// For good: the address holds the hash of the content.
    Forever,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// What the body is.
    pub kind: Kind,
    /// The body.
    pub body: Vec<u8>,
    /// Headers of this answer alone.
    pub headers: Vec<(&'static str, String)>,
    /// How long it may be kept.
    pub cache: Cache,
}

/// Nothing but our own style sheet, script and pictures, nobody's frame; forms lead here only.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What every answer says.
const ALWAYS: [(&str, &str); 8] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("x-robots-tag", "noindex, nofollow"),
];

impl Reply {
    /// An answer with status 200.
    pub fn new(kind: Kind, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, kind, body: body.into(), headers: Vec::new(), cache: Cache::Ask }
    }

    /// Leads elsewhere. `to` is a path of ours.
    pub fn redirect(status: u16, to: &str) -> Self {
        let mut reply = Self::new(Kind::Text, format!("{to}\n"));
        reply.status = status;
        reply.header("location", to)
    }

    /// Adds a header. What HTTP cannot say in one is left out with its header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        if value.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            self.headers.push((name, value));
        }
        self
    }

    /// Sets the status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// All headers, and the answer as it is sent: 304 without a body when the client holds this very one.
    pub fn sealed(mut self, none_match: Option<&str>) -> Self {
        let mut headers: Vec<(&'static str, String)> =
            ALWAYS.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        headers.push(("content-type", self.kind.media_type().to_owned()));
        let cache = match self.cache {
            Cache::Ask => "private, no-cache",
            Cache::Forever => "public, max-age=31536000, immutable",
        };
        headers.push(("cache-control", cache.to_owned()));
        if self.kind == Kind::Html {
            headers.push(("vary", "accept-language, cookie".to_owned()));
        }
        if self.status == 200 {
            let tag = format!("\"{}\"", &sha256(&self.body).to_string()[..20]);
            if none_match
                .is_some_and(|tags| tags.split(',').any(|t| t.trim().trim_start_matches("W/") == tag))
            {
                self.status = 304;
                self.body.clear();
            }
            headers.push(("etag", tag));
        }
        // What the answer says of itself stands before what all say.
        headers.retain(|(name, _)| !self.headers.iter().any(|(own, _)| own == name && *own != "set-cookie"));
        headers.append(&mut self.headers);
        self.headers = headers;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_client_holds_is_not_sent_again() {
        let reply = || Reply::new(Kind::Html, "<p>halo");
        let get = |reply: &Reply, name: &str| {
            reply.headers.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()).unwrap_or_default()
        };
        let first = reply().sealed(None);
        let tag = get(&first, "etag");
        assert_eq!((first.status, tag.len()), (200, 22));
        for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}")] {
            let again = reply().sealed(Some(&held));
            assert_eq!((again.status, again.body.len()), (304, 0), "{held}");
        }
        assert_eq!(reply().sealed(Some("\"x\"")).status, 200);
        assert!(get(&first, "content-security-policy").starts_with("default-src 'none'"));
    }

    #[test]
    fn a_header_holds_one_line() {
        let reply = Reply::redirect(303, "/a\r\nSet-Cookie: x=1");
        assert!(reply.headers.is_empty());
    }
}
