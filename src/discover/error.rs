//! Why a document lists nothing.

/// Why a feed or a sitemap gave no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DiscoverError {
    /// There is no body.
    #[error("the {wanted} is empty")]
    Empty {
        /// `feed` or `sitemap`.
        wanted: &'static str,
    },
    /// It is something else.
    #[error("this is no {wanted} but {found}")]
    Other {
        /// `feed` or `sitemap`.
        wanted: &'static str,
        /// What it looks like.
        found: String,
    },
    /// It breaks off or is malformed before the first address.
    #[error("the {wanted} cannot be read: {reason}")]
    Broken {
        /// `feed` or `sitemap`.
        wanted: &'static str,
        /// What the parser said.
        reason: String,
    },
    /// It is larger than its protocol allows, perhaps only once unpacked.
    #[error("the {wanted} is larger than {limit} bytes")]
    TooLarge {
        /// `feed` or `sitemap`.
        wanted: &'static str,
        /// The limit in bytes.
        limit: usize,
    },
}

impl DiscoverError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "source_empty",
            Self::Other { .. } => "source_other",
            Self::Broken { .. } => "source_broken",
            Self::TooLarge { .. } => "source_too_large",
        }
    }
}
