//! What the pipeline tells the archive about one request, and what the archive answers.

use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::model::{
    Article, ArticleId, Cause, HostKey, Instead, PageUrl, RunId, Validators, VersionSeq, Via,
};

/// The right to ask one host, until its lease ends or somebody else takes it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The host.
    pub host: HostKey,
    /// Grows with every claim: who holds an older one has lost the host.
    pub token: i64,
}

/// The answer to a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The host is ours.
    Granted(Lease),
    /// Somebody else has it, or it is not to be asked yet.
    Busy {
        /// When to try again.
        until: Timestamp,
    },
}

/// One request, as it went.
#[derive(Debug, Clone)]
pub struct FetchRecord {
    /// The run it belongs to.
    pub run: Option<RunId>,
    /// The lease under which it was made. When it is lost, nothing is written.
    pub lease: Option<Lease>,
    /// The site's identifier.
    pub site: String,
    /// The site's name for people.
    pub site_name: Option<String>,
    /// The address that was asked for.
    pub requested: PageUrl,
    /// The address that answered, where redirects led elsewhere.
    pub url: Option<PageUrl>,
    /// When the answer was complete.
    pub at: Timestamp,
    /// HTTP status.
    pub status: Option<u16>,
    /// Validators of the answer.
    pub validators: Validators,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Bytes of the body after content decoding.
    pub bytes: u64,
    /// From sending the request to the last byte, in milliseconds.
    pub elapsed_ms: u64,
    /// How the address became known.
    pub via: Via,
}

impl FetchRecord {
    /// The address that answered.
    #[must_use]
    pub fn answered(&self) -> &PageUrl {
        self.url.as_ref().unwrap_or(&self.requested)
    }

    /// The address that answered, when it is not the one that was asked.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&PageUrl> {
        self.url.as_ref().filter(|url| **url != self.requested)
    }

    /// The addresses of the request: one or two.
    pub fn addresses(&self) -> impl Iterator<Item = &PageUrl> {
        std::iter::once(&self.requested).chain(self.elsewhere())
    }
}

/// What a request brought.
#[derive(Debug, Clone)]
pub enum Observation {
    /// An article.
    Article {
        /// What was read.
        article: Box<Article>,
        /// The page's bytes, when they are to be kept.
        raw: Option<Vec<u8>>,
        /// The latest version's own page, read again by today's extractor: tells our change from
        /// the newspaper's. Wanted when the extractor differs from the head's.
        reread: Option<Box<Article>>,
    },
    /// 304.
    NotModified {
        /// Validators of the 304; empty: those that were sent stay.
        validators: Validators,
    },
    /// 404 or 410.
    Missing {
        /// The status.
        status: u16,
        /// How long a 404 must last before the article counts as gone; zero: at once.
        gone_after: Duration,
    },
    /// The page answered, but no article could be read from it.
    Unreadable {
        /// Stable code of the reading's error.
        code: String,
        /// A sentence for people.
        message: String,
        /// The page's bytes, when they are to be kept.
        raw: Option<Vec<u8>>,
    },
    /// The page shows something else than the article: a wall, a soft 404, a cut text.
    Instead {
        /// What it shows.
        what: Instead,
        /// A sentence for people.
        message: String,
        /// The page's bytes, when they are to be kept.
        raw: Option<Vec<u8>>,
        /// How long "not found" must last before the article counts as gone.
        gone_after: Duration,
    },
    /// The page is no article (a section page, an empty tag page, …).
    NotArticle {
        /// Why, in a sentence.
        reason: String,
    },
    /// A redirect.
    MovedTo {
        /// Where to.
        to: PageUrl,
    },
    /// robots.txt forbids it; nothing was asked.
    Disallowed,
    /// No usable answer.
    Failed {
        /// Stable code of the failure.
        code: String,
        /// A sentence for people.
        message: String,
        /// Not to be asked again before; `None`: the archive backs off by itself.
        not_before: Option<Timestamp>,
    },
}

/// What the schedule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckHistory {
    /// When the article was first seen.
    pub first_seen: Timestamp,
    /// When it last changed (a new version, a new state).
    pub last_changed: Timestamp,
    /// Now.
    pub now: Timestamp,
    /// How long the wait for this check was to be; zero for the first.
    pub waited: SignedDuration,
    /// Whether the article answered, and brought nothing new.
    pub unchanged: bool,
}

/// Says when an article is to be looked at again; `None`: never.
pub type Plan = Arc<dyn Fn(&CheckHistory) -> Option<Timestamp> + Send + Sync>;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The article concerned, if there is one.
    pub article: Option<ArticleId>,
    /// What became of it.
    pub outcome: RecordedOutcome,
}

/// What became of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordedOutcome {
    /// A new article, version 1.
    New,
    /// A new version.
    Changed {
        /// Its number.
        seq: VersionSeq,
        /// Whose change it is.
        cause: Cause,
        /// The earlier version it equals.
        reverts_to: Option<VersionSeq>,
    },
    /// Read, and nothing that counts differs.
    Same,
    /// 304.
    NotModified,
    /// The answer was worse than what the archive has, which stays.
    Kept {
        /// Why, in a sentence.
        reason: String,
    },
    /// The first 404, or one that is not yet old enough to count.
    Missing,
    /// The article is gone (or there never was one).
    Gone,
    /// An article that was missing, gone or redirected answers again.
    Restored {
        /// The version it brought, when it also changed.
        changed: Option<VersionSeq>,
    },
    /// No article could be read from the page.
    ExtractFailed,
    /// The page is no article.
    NotArticle,
    /// The page shows something else than the article.
    Instead {
        /// What it shows.
        what: Instead,
    },
    /// The address leads elsewhere.
    Redirected,
    /// robots.txt forbids it.
    Disallowed,
    /// The request failed.
    Error,
    /// The lease was lost: nothing was written.
    Stale,
    /// A tombstone stands on the address: nothing was written.
    Refused,
}

/// What became of a list of candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Enqueued {
    /// New addresses, now waiting.
    pub new: usize,
    /// Addresses known already.
    pub known: usize,
    /// Known articles that the source says have changed: now due.
    pub refreshed: usize,
    /// Addresses that a tombstone refuses.
    pub refused: usize,
}

impl AddAssign for Enqueued {
    fn add_assign(&mut self, more: Self) {
        self.new += more.new;
        self.known += more.known;
        self.refreshed += more.refreshed;
        self.refused += more.refused;
    }
}
