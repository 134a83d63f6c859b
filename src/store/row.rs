//! What readers get out of the archive.

use jiff::{SignedDuration, Timestamp};

use crate::model::{
    ArticleId, ArticleState, EventKind, Head, PageUrl, Sha256, SourceKind, Validators, VersionSeq, Via,
};

/// An article and its present state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRow {
    /// Its number.
    pub id: ArticleId,
    /// The site's identifier.
    pub site: String,
    /// The site's name for people.
    pub site_name: Option<String>,
    /// The address it goes by.
    pub url: PageUrl,
    /// The address the page itself names as canonical.
    pub canonical_url: Option<String>,
    /// When it was first archived.
    pub first_seen: Timestamp,
    /// What became of it.
    pub state: ArticleState,
    /// Since when.
    pub state_since: Timestamp,
    /// How many versions there are.
    pub versions: i64,
    /// When it was last asked for.
    pub last_checked: Timestamp,
    /// When it last answered with an article (or 304).
    pub last_seen: Timestamp,
    /// When the last version or state came.
    pub last_changed: Timestamp,
    /// When it is to be looked at again.
    pub next_check: Option<Timestamp>,
    /// The latest title.
    pub title: String,
    /// The latest dateline, as printed.
    pub dateline: Option<String>,
    /// When the page says it was published: RFC 3339 with the page's offset.
    pub published: Option<String>,
    /// Words of the latest body.
    pub words: i64,
}

/// What a crawl wants to know before it asks for an address again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadInfo {
    /// The article.
    pub article: ArticleId,
    /// What decides about a new reading. Its extractor is the one that last gave this result.
    pub head: Head,
    /// What to ask by; empty when another address of the article answered last.
    pub validators: Validators,
    /// Whether the latest version's page is kept ([`super::Reader::raw_page`]).
    pub raw: bool,
}

/// A page as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawPage {
    /// The bytes after content decoding.
    pub bytes: Vec<u8>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The address that answered.
    pub url: PageUrl,
    /// When.
    pub at: Timestamp,
}

/// Something that happened to an article besides a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
    /// More about it, in a sentence or an address.
    pub detail: Option<String>,
}

/// A page that is to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePage {
    /// The address.
    pub url: PageUrl,
    /// The site's identifier.
    pub site: String,
    /// The article, when it is a recheck.
    pub article: Option<ArticleId>,
    /// What to ask by.
    pub validators: Validators,
    /// Failures so far.
    pub tries: u32,
    /// How the address became known.
    pub via: Via,
    /// Since when it is due.
    pub since: Timestamp,
    /// What was wrong with its last answer.
    pub trouble: Option<String>,
}

/// A cached robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsRecord {
    /// When it was last asked for.
    pub fetched: Timestamp,
    /// The status of that answer; none: no answer.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
    /// The last good copy. Written as `None`, the copy stored before stays.
    pub body: Option<Vec<u8>>,
    /// When the good copy was fetched; set by the archive.
    pub body_at: Option<Timestamp>,
}

/// A list of articles (feed, sitemap, section page, API), as it was last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Its address.
    pub url: PageUrl,
    /// What it is.
    pub kind: SourceKind,
    /// The site's identifier.
    pub site: String,
    /// What to ask by.
    pub validators: Validators,
    /// When it was first asked for.
    pub first: Timestamp,
    /// When it was last asked for.
    pub checked: Timestamp,
    /// When it last named an article that was new or had changed.
    pub changed: Option<Timestamp>,
    /// Not to be asked before then; `None`: at the next run.
    pub next: Option<Timestamp>,
    /// The wait between two requests that suits it; zero: none yet.
    pub interval: SignedDuration,
    /// When it was last read without asking whether it had changed.
    pub full: Option<Timestamp>,
    /// The index that lists it.
    pub parent: Option<PageUrl>,
    /// Of an API: all that changed until then was seen.
    pub mark: Option<Timestamp>,
    /// What its last answer had wrong.
    pub trouble: Option<String>,
    /// Failures in a row.
    pub failures: u32,
    /// Hash of its content.
    pub content_sha256: Option<Sha256>,
}

/// An address that is not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// Since when.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A hit of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article: ArticleId,
    /// The version that was found.
    pub seq: VersionSeq,
    /// The site's identifier.
    pub site: String,
    /// The address it goes by.
    pub url: PageUrl,
    /// The title.
    pub title: String,
    /// When the page says it was published: RFC 3339.
    pub published: Option<String>,
    /// What became of the article.
    pub state: ArticleState,
    /// The title in pieces; `true`: found words.
    pub title_marked: Vec<(String, bool)>,
    /// Words around the find, in pieces; `true`: found words.
    pub snippet: Vec<(String, bool)>,
    /// How well it fits: greater is better; 0 where there were too many to be compared.
    pub score: f64,
    /// The number of the version's row, which says its place among those that fit as well.
    pub row: i64,
}

impl Hit {
    /// Behind this find.
    #[must_use]
    pub fn behind(&self) -> super::Behind {
        super::Behind { score: self.score, row: self.row }
    }
}
