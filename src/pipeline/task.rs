//! The task of one host, from taking its lease to letting go of it.

use std::sync::Arc;

use super::clock;
use super::host::HostTask;
use super::work::{HostEnd, PageJob};
use crate::store::{DuePage, DueQuery, StoreError};

/// How many due pages are taken from the archive at a time.
const BATCH: usize = 64;
/// For how many articles it is settled in which order they are looked at again.
const AHEAD: usize = 1000;

impl HostTask {
    /// Works until nothing is left to do on this host.
    pub async fn work(mut self) -> Result<(), HostEnd> {
        let end = match self.claim().await {
            Ok(()) => self.work_claimed().await,
            Err(end) => Err(end),
        };
        let end = self.settle().await.and(end);
        if let Err(HostEnd::NotNow(why)) = &end {
            self.leave_named(why).await?;
        }
        self.release().await;
        self.run.tally.course.leave(&self.host);
        end
    }

    async fn work_claimed(&mut self) -> Result<(), HostEnd> {
        self.look_ahead(0)?;
        while let Some(job) = self.work.pages.pop_front() {
            self.page(job).await?;
            self.step();
        }
        while let Some(source) = self.work.sources.pop_front() {
            self.settle().await?;
            self.poll(source).await?;
            self.step();
            self.look_ahead(0)?;
        }
        while self.run.takes_due() {
            self.settle().await?;
            let due = self.due()?;
            if due.is_empty() {
                break;
            }
            self.look_ahead(due.len())?;
            for job in due {
                self.page(job).await?;
                self.step();
            }
        }
        Ok(())
    }

    /// One more is done.
    fn step(&mut self) {
        self.room = None;
        self.run.tally.course.step(&self.host);
    }

    /// Notes how much is left here, `taken` of which was taken from the archive.
    fn look_ahead(&self, taken: usize) -> Result<(), HostEnd> {
        let named = self.work.pages.len() + self.work.sources.len();
        let due = if self.run.tells && self.run.takes_due() {
            let query = self.run.due_query(&self.host, clock::now(), BATCH);
            let reader = self.run.reader().map_err(HostEnd::Archive)?;
            let due = reader.due_count(&query).map_err(HostEnd::Archive)?;
            due.saturating_sub(taken).min(self.run.budget_of(&self.host))
        } else {
            0
        };
        self.run.tally.course.ahead(&self.host, named + taken + due, self.delay);
        Ok(())
    }

    /// The next pages that are due here, each at most once a run.
    fn due(&mut self) -> Result<Vec<PageJob>, HostEnd> {
        let due = self.due_pages().map_err(HostEnd::Archive)?;
        let run = Arc::clone(&self.run);
        Ok(due
            .into_iter()
            .filter(|page| self.seen.insert(page.url.key()))
            .filter_map(|page| run.admit(page))
            .collect())
    }

    /// A batch of what the archive has for this host: new pages, then those that are to be looked at again.
    fn due_pages(&mut self) -> Result<Vec<DuePage>, StoreError> {
        let reader = self.run.reader()?;
        let query = self.run.due_query(&self.host, clock::now(), BATCH);
        let mut due = reader.due(&DueQuery { known: false, ..query.clone() })?;
        while query.known && due.len() < BATCH {
            if self.rechecks.is_empty() {
                self.rechecks = reader.rechecks(&DueQuery { limit: AHEAD, ..query.clone() })?.into();
            }
            let some = self.rechecks.len().min(BATCH - due.len());
            if some == 0 {
                break;
            }
            let some: Vec<_> = self.rechecks.drain(..some).collect();
            due.extend(reader.due_of(&query, &some)?);
        }
        Ok(due)
    }
}
