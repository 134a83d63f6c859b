//! Handing to the archive what came of pages. A page is committed before the next one is asked for, so that
//! whoever dies in between has lost the one in flight at most. That a page has not changed is worth less:
//! on a host that is asked again within a moment a few are noted together. Nothing is reported before it
//! is committed.

use std::time::Duration;

use super::host::HostTask;
use super::work::{HostEnd, PageJob, Unchanged};
use crate::model::Via;
use crate::store::{FetchRecord, Observation};

/// So many unchanged pages at most are noted together.
const TOGETHER: usize = 32;
/// A longer pause between two requests is used to note what there is.
const MOMENT: Duration = Duration::from_millis(10);

impl HostTask {
    /// Stores what came of a page, and counts it.
    pub(super) async fn store(
        &mut self,
        job: &PageJob,
        fetch: FetchRecord,
        observation: Observation,
    ) -> Result<(), HostEnd> {
        if matches!(observation, Observation::NotModified { .. }) && job.via != Via::User {
            self.unchanged.push(Unchanged { job: job.clone(), fetch, observation });
            let more = self.gate.wait() < MOMENT && self.unchanged.len() < TOGETHER;
            return if more { Ok(()) } else { self.settle().await };
        }
        self.settle().await?;
        let recorded = self.run.archive.writer().record(fetch, observation, self.run.plan());
        self.count(job, &recorded.await.map_err(HostEnd::Archive)?);
        Ok(())
    }

    /// As [`HostTask::store`], of an article at an address that nobody knew; gives it back when another address of
    /// its site gave the same text.
    pub(super) async fn store_new(
        &mut self,
        job: &PageJob,
        fetch: FetchRecord,
        observation: Observation,
    ) -> Result<Option<Box<Observation>>, HostEnd> {
        self.settle().await?;
        let recorded = self.run.archive.writer().record_new(fetch, observation, self.run.plan());
        match recorded.await.map_err(HostEnd::Archive)? {
            Ok(recorded) => self.count(job, &recorded),
            Err(observation) => return Ok(Some(observation)),
        }
        Ok(None)
    }

    /// Notes the pages that have not changed.
    pub(super) async fn settle(&mut self) -> Result<(), HostEnd> {
        if self.unchanged.is_empty() {
            return Ok(());
        }
        let (mut jobs, mut fetches) = (Vec::new(), Vec::new());
        for Unchanged { job, fetch, observation } in std::mem::take(&mut self.unchanged) {
            jobs.push(job);
            fetches.push((fetch, observation));
        }
        let recorded = self.run.archive.writer().record_all(fetches, self.run.plan());
        for (job, recorded) in jobs.iter().zip(recorded.await.map_err(HostEnd::Archive)?) {
            self.count(job, &recorded);
        }
        Ok(())
    }
}
