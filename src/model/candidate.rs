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
    /// WordPress' REST interface: posts as JSON, by the time of their last change.
    Api,
}

impl SourceKind {
    /// The stable name used in the archive and in logs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::Section => "section",
            Self::Api => "api",
        }
    }

    /// Reads the stable name.
    #[must_use]
    pub fn from_stored(name: &str) -> Option<Self> {
        [Self::Feed, Self::Sitemap, Self::Section, Self::Api].into_iter().find(|kind| kind.as_str() == name)
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
    /// Somebody else observed it.
    Import,
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
            Self::Import => "import",
        }
    }

    /// Reads the stable name; an unknown one was somebody's wish.
    #[must_use]
    pub fn from_stored(name: &str) -> Self {
        match (SourceKind::from_stored(name), name) {
            (Some(kind), _) => Self::Source(kind),
            (None, "redirect") => Self::Redirect,
            (None, "recheck") => Self::Recheck,
            (None, "import") => Self::Import,
            (None, _) => Self::User,
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
    /// The text the source gives it, as HTML (`content:encoded`, Atom `content`, `content_html`).
    pub content: Option<String>,
}

impl Candidate {
    /// An address of which nothing else is said.
    #[must_use]
    pub fn bare(url: PageUrl, via: Via) -> Self {
        Self { url, via, modified: None, published: None, title: None, content: None }
    }
}
