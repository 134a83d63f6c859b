//! What keeps a client from being made.

/// Why no [`Client`](super::Client) could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The HTTP library refused the settings.
    #[error("cannot set up the HTTP client: {0}; check `contact` and the timeouts in [crawl]")]
    Client(String),
}

impl FetchError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Client(_) => "http_client",
        }
    }
}
