//! Addresses worth asking for, and where they were seen.

use jiff::Timestamp;

use super::PageUrl;

/// What kind of document lists addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// XML, text or news sitemap, or an index of them.
    Sitemap,
    /// A front page or section page with links.
    Section,
}

impl SourceKind {
    /// The stable name used in the archive and in logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Section => "section",
        }
    }
}

/// Where an address came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// A document of the site.
    Source(SourceKind),
    /// The user named it.
    User,
    /// Another address led to it.
    Redirect,
    /// It is a known article, looked at again.
    Recheck,
}

impl Via {
    /// The stable name used in the archive and in logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source(kind) => kind.as_str(),
            Self::User => "user",
            Self::Redirect => "redirect",
            Self::Recheck => "recheck",
        }
    }

    /// Reads the stable name; an unknown one was somebody's wish.
    #[must_use]
    pub fn from_stored(name: &str) -> Self {
        match name {
            "feed" => Self::Source(SourceKind::Feed),
            "sitemap" => Self::Source(SourceKind::Sitemap),
            "section" => Self::Source(SourceKind::Section),
            "redirect" => Self::Redirect,
            "recheck" => Self::Recheck,
            _ => Self::User,
        }
    }
}

/// An address that may be an article, with what its source says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The address.
    pub url: PageUrl,
    /// Where it was seen.
    pub via: Via,
    /// When the source says it last changed (`lastmod`, Atom `updated`).
    pub modified: Option<Timestamp>,
    /// When the source says it was published (`pubDate`, `news:publication_date`).
    pub published: Option<Timestamp>,
    /// The title the source gives it.
    pub title: Option<String>,
}
