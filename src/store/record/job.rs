//! What a request brought, on its way to the writer.

use crate::store::engine::Connection;

use super::super::pages::Page;
use super::super::{FetchRecord, Observation, Plan, Recorded, StoreError, known};
use super::{page_of, record};
use crate::model::Article;

/// What became of a page that may be new; the other: its site has the same text elsewhere, and nothing was stored.
pub(in crate::store) type Stored = Result<Recorded, Box<Observation>>;

/// What a request brought, and what is needed to write it.
pub(in crate::store) struct Job {
    pub(super) fetch: FetchRecord,
    observation: Observation,
    pub(super) page: Option<Page>,
    pub(super) plan: Plan,
}

impl Job {
    /// The page is hashed here, which needs no lock.
    pub(in crate::store) fn new(fetch: FetchRecord, mut observation: Observation, plan: Plan) -> Self {
        let page = page_of(&mut observation);
        Self { fetch, observation, page, plan }
    }

    /// Writes it, whatever it is.
    pub(in crate::store) fn record(self, db: &Connection) -> Result<Recorded, StoreError> {
        record(db, &self.fetch, self.observation, self.page, &self.plan)
    }

    /// Writes it, unless another address of its site gave the same text.
    pub(in crate::store) fn record_new(mut self, db: &Connection) -> Result<Stored, StoreError> {
        if let Some(article) = self.article()
            && known::reads_elsewhere(db, &self.fetch.site, article)?
        {
            if let Observation::Article { raw, .. } = &mut self.observation {
                *raw = self.page.map(Page::into_bytes);
            }
            return Ok(Err(Box::new(self.observation)));
        }
        self.record(db).map(Ok)
    }

    fn article(&self) -> Option<&Article> {
        match &self.observation {
            Observation::Article { article, .. } => Some(article),
            _ => None,
        }
    }

    /// The article, where it may be a new one at the address that was asked for.
    #[cfg(feature = "postgres")]
    pub(super) fn first(&self) -> Option<&Article> {
        match &self.observation {
            Observation::Article { article, reread: None, .. }
                if *self.fetch.answered() == self.fetch.requested =>
            {
                Some(article)
            }
            _ => None,
        }
    }
}
