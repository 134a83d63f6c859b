//! What a site sent.

use jiff::Timestamp;

use super::PageUrl;

/// What a server gave to ask by next time (RFC 9110 §13).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// The `ETag` header, as sent.
    pub etag: Option<String>,
    /// The `Last-Modified` header, as sent.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to ask by.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// One answer of a site, whole: a capture exists only when the body arrived to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The address that was asked for first.
    pub requested: PageUrl,
    /// The address that answered, after redirects.
    pub url: PageUrl,
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Validators for a conditional request next time.
    pub validators: Validators,
    /// The body after content decoding (gzip, brotli, zstd), before charset decoding.
    pub body: Vec<u8>,
    /// When the last byte arrived.
    pub at: Timestamp,
    /// From sending the request to the last byte, in milliseconds.
    pub elapsed_ms: u64,
}
