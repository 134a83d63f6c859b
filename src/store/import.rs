//! Observations that somebody else made: what the archive is told of them, and what it answers.

use jiff::Timestamp;

use super::pages::Page;
use super::record::import;
use super::{FetchRecord, Pending, Plan, Reader, StoreError, Writer, queue};
use crate::model::{Article, ArticleState, Cause, PageUrl, VersionSeq};

/// One observation from outside.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// When and where it was made.
    pub fetch: FetchRecord,
    /// What was read.
    pub article: Box<Article>,
    /// The page's bytes, when they are to be kept.
    pub raw: Option<Vec<u8>>,
    /// What another archive of ours says of it.
    pub exported: Option<Exported>,
}

/// What another archive of ours says of a version and of its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The version's number there.
    pub seq: VersionSeq,
    /// Why it exists.
    pub cause: Cause,
    /// What became of the article.
    pub state: ArticleState,
    /// When it last answered.
    pub last_seen: Timestamp,
    /// When it was first seen.
    pub first_seen: Timestamp,
}

/// What became of an observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// An article that was not known.
    New,
    /// A version of a known article, later than all that were known.
    Later,
    /// A version that was observed before others, which now count up.
    Earlier,
    /// The text that was known for that time already; only the observation is new.
    Same,
    /// This very observation was there already: nothing was written.
    Known,
    /// A tombstone stands on the address: nothing was written.
    Refused,
}

impl Writer {
    /// Writes observations in their order, all in one transaction. `plan` says when an article is to be
    /// looked at again.
    pub fn import(&self, mut batch: Vec<Incoming>, plan: Plan) -> Pending<Vec<ImportOutcome>> {
        let pages: Vec<_> = batch.iter_mut().map(|incoming| incoming.raw.take().map(Page::new)).collect();
        self.job(move |tx| {
            let each = batch.iter().zip(pages);
            each.map(|(incoming, page)| import::import(tx, incoming, page, &plan)).collect()
        })
    }
}

impl Reader {
    /// Whether this very observation is in the archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn has_capture(&self, fetch: &FetchRecord) -> Result<bool, StoreError> {
        import::known_capture(&self.db, fetch)
    }

    /// What would become of an observation, were it written now.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn would_import(&self, incoming: &Incoming) -> Result<ImportOutcome, StoreError> {
        import::would(&self.db, incoming)
    }

    /// Whether a tombstone stands on an address.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn is_refused(&self, url: &PageUrl, now: Timestamp) -> Result<bool, StoreError> {
        queue::refused(&self.db, &url.key(), now.as_millisecond())
    }
}
