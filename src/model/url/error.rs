//! What is no address of a page.

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
