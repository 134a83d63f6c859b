//! How one request ended.

use jiff::Timestamp;

use super::{Capture, PageUrl, Validators};

/// Whether, and when, to ask again after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Asking again gives the same answer.
    Never,
    /// The server named the instant (`Retry-After`).
    NotBefore(Timestamp),
    /// Later, slower at every failure.
    Backoff,
}

/// A request that gave no usable answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Stable code: `timeout`, `dns`, `connect`, `tls`, `http_status`, `truncated`, `too_large`, …
    pub code: &'static str,
    /// A sentence for people.
    pub message: String,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// Whether to ask again.
    pub retry: Retry,
    /// What the server said with an error status, the beginning of it: it may tell a wall.
    pub page: Option<Box<ErrorPage>>,
}

/// The page that came with an error status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorPage {
    /// Its first bytes, decoded.
    pub body: Vec<u8>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
}

/// The outcome of one request. Redirects are outcomes: the target goes through its own host's gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A whole answer with status 200.
    Captured(Box<Capture>),
    /// 304: nothing new.
    NotModified {
        /// Validators of the 304, which may have been renewed.
        validators: Validators,
    },
    /// A redirect (301, 302, 303, 307, 308).
    Moved {
        /// Where to.
        to: PageUrl,
        /// 301 or 308.
        permanent: bool,
        /// HTTP status.
        status: u16,
    },
    /// 404 or 410.
    Gone {
        /// HTTP status.
        status: u16,
    },
    /// robots.txt does not allow it, so it was not asked for.
    Disallowed,
    /// Anything else.
    Failed(Failure),
}
