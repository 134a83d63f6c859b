//! Why a request cannot be answered.

use crate::store::StoreError;

/// Why a request cannot be answered.
#[derive(Debug)]
pub enum Problem {
    /// There is no such page.
    NoPage,
    /// The archive has no such article.
    NoArticle,
    /// The article has no such version.
    NoVersion,
    /// The archive has no such site.
    NoSite,
    /// The page that the version was read from is not kept.
    NoRaw,
    /// The archive knows no article by that address.
    NoAddress,
    /// The text was taken out of the archive.
    Redacted,
    /// A parameter makes no sense: its name.
    Wrong(&'static str),
    /// Path or query are too long.
    TooLong,
    /// Another method than GET and HEAD.
    Method,
    /// The token is missing or wrong.
    Locked,
    /// The room is asked by a name that is not its own.
    Stranger,
    /// Too many questions at once, or one that took too long.
    Busy,
    /// The archive says no.
    Store(StoreError),
    /// A fault of ours.
    Fault,
}

impl Problem {
    /// HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::NoPage
            | Self::NoArticle
            | Self::NoVersion
            | Self::NoSite
            | Self::NoRaw
            | Self::NoAddress => 404,
            Self::Redacted => 410,
            Self::Wrong(_) => 400,
            Self::TooLong => 414,
            Self::Method => 405,
            Self::Locked => 401,
            Self::Stranger => 421,
            Self::Busy => 503,
            Self::Store(StoreError::Query(_)) => 400,
            Self::Store(_) | Self::Fault => 500,
        }
    }

    /// A stable code for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoPage => "no_page",
            Self::NoArticle => "no_article",
            Self::NoVersion => "no_version",
            Self::NoSite => "no_site",
            Self::NoRaw => "no_raw_page",
            Self::NoAddress => "no_address",
            Self::Redacted => "redacted",
            Self::Wrong(_) => "bad_parameter",
            Self::TooLong => "too_long",
            Self::Method => "bad_method",
            Self::Locked => "no_token",
            Self::Stranger => "unknown_host",
            Self::Busy => "busy",
            Self::Store(error) => error.code(),
            Self::Fault => "fault",
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            // Another process writes, or the desk's watch ended it.
            StoreError::Busy => Self::Busy,
            error => Self::Store(error),
        }
    }
}
