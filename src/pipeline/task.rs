//! The task of one host, from taking its lease to letting go of it.

use std::sync::Arc;

use super::clock;
use super::host::HostTask;
use super::work::{HostEnd, PageJob};

/// How many due pages are taken from the archive at a time.
const BATCH: usize = 64;

impl HostTask {
    /// Works until nothing is left to do on this host.
    pub async fn work(mut self) -> Result<(), HostEnd> {
        let end = match self.claim().await {
            Ok(()) => self.work_claimed().await,
            Err(end) => Err(end),
        };
        if let Err(HostEnd::NotNow(why)) = &end {
            self.leave_named(why).await?;
        }
        self.release().await;
        end
    }

    async fn work_claimed(&mut self) -> Result<(), HostEnd> {
        while let Some(job) = self.work.pages.pop_front() {
            self.page(job).await?;
            self.room = None;
        }
        while let Some(source) = self.work.sources.pop_front() {
            self.poll(source).await?;
            self.room = None;
        }
        while self.run.takes_due() {
            let due = self.due()?;
            if due.is_empty() {
                break;
            }
            for job in due {
                self.page(job).await?;
                self.room = None;
            }
        }
        Ok(())
    }

    /// The next pages that are due here, each at most once a run.
    fn due(&mut self) -> Result<Vec<PageJob>, HostEnd> {
        let now = clock::now();
        let reader = self.run.reader().map_err(HostEnd::Archive)?;
        let due = reader.due(&self.run.due_query(&self.host, now, BATCH)).map_err(HostEnd::Archive)?;
        let run = Arc::clone(&self.run);
        Ok(due
            .into_iter()
            .filter(|page| self.seen.insert(page.url.key()))
            .filter_map(|page| run.admit(page))
            .collect())
    }
}
