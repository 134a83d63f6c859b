//! An article as it was read from one capture by one extractor.

use std::fmt;

use jiff::Timestamp;

use super::{Article, Cause, ChangeKind, Fingerprint, PageUrl};

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $id:ident,)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(pub i64);

        impl fmt::Display for $id {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    )+};
}

ids! {
    /// The number of an article in its archive, as users type it.
    ArticleId,
    /// The number of a crawl's run.
    RunId,
    /// The number of a version within its article: 1, 2, 3, …
    VersionSeq,
}

/// Which code and which site file read a page: `<code version>+<first 12 hex digits of the site
/// file's SHA-256>`. When it differs between two readings, the difference may be ours.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExtractorId(pub String);

impl fmt::Display for ExtractorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An enum whose variants have stable names in the archive and in JSON.
macro_rules! stored_names {
    ($(#[doc = $enum_doc:literal])+ $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $enum_doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[doc = $doc])+ $variant,)+ }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable name used in the archive and in JSON.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }

            /// Reads the stable name.
            #[must_use]
            pub fn from_stored(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == name)
            }
        }
    };
}

pub(super) use stored_names;

stored_names! {
    /// What became of an article.
    ArticleState {
        /// It answers.
        Live = "live",
        /// It did not answer once; not yet confirmed.
        Missing = "missing",
        /// It disappeared.
        Gone = "gone",
        /// Its address leads elsewhere.
        Redirected = "redirected",
        /// Only a teaser is left.
        Paywalled = "paywalled",
        /// We took its text out.
        Redacted = "redacted",
    }
}

impl ArticleState {
    /// Whether its text cannot be read where it was, and might be again.
    #[must_use]
    pub fn is_away(self) -> bool {
        matches!(self, Self::Missing | Self::Gone | Self::Redirected | Self::Paywalled)
    }
}

stored_names! {
    /// What can happen to an article besides a new version.
    EventKind {
        /// The first 404 of a page that used to answer.
        Missing = "missing",
        /// 410, or a confirmed 404.
        Gone = "gone",
        /// It answers again.
        Restored = "restored",
        /// Its address leads to another article.
        Redirected = "redirected",
        /// It is known by a new address.
        Moved = "moved",
        /// Its text is again that of an earlier version.
        Reverted = "reverted",
        /// The page answered, but no article could be read from it.
        ExtractFailed = "extract_failed",
        /// A worse answer was not taken in place of a good version.
        Kept = "kept",
        /// The body became a teaser.
        Paywalled = "paywalled",
        /// The page says that it is not there, but not by its status.
        Soft404 = "soft_404",
        /// Its address leads to the site's front page.
        FrontPage = "front_page",
        /// A consent wall stood where the text was.
        ConsentWall = "consent_wall",
        /// A trial for robots stood there.
        BotChallenge = "bot_challenge",
        /// A login page stood there.
        LoginPage = "login_page",
        /// A maintenance page stood there.
        Maintenance = "maintenance",
        /// The page was cut off.
        Truncated = "truncated",
        /// Its text was taken out.
        Redacted = "redacted",
    }
}

impl EventKind {
    /// The kind of change that a reader is told; none: it is noted, and not told.
    #[must_use]
    pub fn told(self) -> Option<ChangeKind> {
        match self {
            Self::Gone => Some(ChangeKind::Gone),
            Self::Restored => Some(ChangeKind::Restored),
            Self::Redirected | Self::FrontPage => Some(ChangeKind::Redirected),
            Self::Paywalled => Some(ChangeKind::Paywalled),
            _ => None,
        }
    }
}

/// One version of an article, as the archive holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The article's number.
    pub article_id: ArticleId,
    /// 1, 2, 3, …
    pub seq: VersionSeq,
    /// Why it was written.
    pub cause: Cause,
    /// When the capture it was read from was made.
    pub observed: Timestamp,
    /// The address that answered.
    pub url: PageUrl,
    /// What was read.
    pub article: Article,
    /// Hash per field.
    pub fingerprint: Fingerprint,
    /// HTTP status of the capture; none for an import without one.
    pub status: Option<u16>,
    /// `ETag` of the capture.
    pub etag: Option<String>,
    /// SHA-256 of the page's bytes.
    pub raw_sha256: Option<super::Sha256>,
    /// When its text was taken out; the hashes are those of the text that was there.
    pub redacted: Option<Timestamp>,
}
