//! A host's lease: who has it may ask the host; who has it no more may not even store.

use std::time::Duration;

use jiff::Timestamp;

use super::clock;
use super::host::{HostTask, LEASE_LOST, not_asked};
use super::report::Problem;
use super::work::HostEnd;
use crate::fetch::{LeaseDeadline, lease_length};
use crate::model::{Candidate, Outcome};
use crate::store::{Claim, Lease, StoreError};

/// Who waits for a host looks that often.
const EVERY_MS: i64 = 500;
/// And not sooner than this.
const SOONEST_MS: i128 = 20;

/// When to look again, from now, at a host that somebody else has. Its lease is as long as the longest request;
/// as a rule it is given back sooner. Who waits long looks when all do, so that a server is asked once for all.
pub(super) fn look_again(now: Timestamp, until: Timestamp) -> Duration {
    let left = until.duration_since(now).as_millis();
    let next = EVERY_MS - now.as_millisecond().rem_euclid(EVERY_MS);
    let wait = if left < i128::from(next) { left.max(SOONEST_MS) } else { next.into() };
    Duration::from_millis(u64::try_from(wait).unwrap_or_default())
}

impl HostTask {
    /// How long a lease lasts.
    pub(super) fn lease_for(&self) -> Duration {
        lease_length(&self.run.config.crawl)
    }

    /// The lease with time enough left for a request.
    pub(super) async fn renewed(&mut self) -> Result<LeaseDeadline, Outcome> {
        let lost = || not_asked(LEASE_LOST, "another process took over this host");
        match &self.lease {
            Some((_, deadline)) if deadline.remaining() > self.lease_for() / 2 => Ok(*deadline),
            _ => self.renew(self.lease_for()).await.ok_or_else(lost),
        }
    }

    /// Makes the lease last so long from now, and the host's row say which delay to keep; `None` when
    /// the host is no longer ours.
    async fn renew(&mut self, duration: Duration) -> Option<LeaseDeadline> {
        let (lease, _) = self.lease.as_ref()?;
        let lease = lease.clone();
        let fresh = LeaseDeadline::after(duration);
        let renewed = self.run.archive.writer().renew(&lease, clock::now(), duration, self.delay).await;
        let ours = renewed.unwrap_or_else(|error| {
            tracing::error!(code = error.code(), host = %self.host, "cannot renew the lease: {error}");
            false
        });
        // What is lost stays lost; its token is kept, so that nothing is stored under it.
        let deadline = if ours { fresh } else { LeaseDeadline::after(Duration::ZERO) };
        self.lease = Some((lease, deadline));
        ours.then_some(fresh)
    }

    /// Writes a raised delay into the host's row: should this process die, who takes over keeps it.
    pub(super) async fn note_delay(&mut self) {
        self.renew(self.lease_for()).await;
    }

    /// Takes the host's lease, waiting for whoever has it as long as this run may.
    pub(super) async fn claim(&mut self) -> Result<(), HostEnd> {
        let duration = self.lease_for();
        let latest = clock::now().checked_add(self.run.patience).unwrap_or(Timestamp::MAX);
        let mut told = false;
        loop {
            let Some(until) = self.claim_once(duration).await.map_err(HostEnd::Archive)? else {
                return Ok(());
            };
            if until > latest {
                return self.give_up(until).await;
            }
            if !std::mem::replace(&mut told, true) {
                tracing::info!(host = %self.host, "waiting until {until:.0} at most: another process has this host");
            }
            let wait = look_again(clock::now(), until);
            tokio::select! {
                () = self.run.stop.requested() => return Err(HostEnd::Stopping),
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Takes the lease, or says until when the host is somebody else's or must rest.
    async fn claim_once(&mut self, duration: Duration) -> Result<Option<Timestamp>, StoreError> {
        let deadline = LeaseDeadline::after(duration);
        let now = clock::now();
        if let Some(until) = self.run.busy_until(&self.host, now).await? {
            return Ok(Some(until));
        }
        let claim = self.run.archive.writer().claim(&self.host, &self.run.owner, now, duration, self.delay);
        Ok(match claim.await? {
            Claim::Granted(lease) => {
                self.lease = Some((lease, deadline));
                None
            }
            Claim::Busy { until } => Some(until),
        })
    }

    /// The host is not to be had in this run: what was named waits in the queue for the next.
    async fn give_up(&mut self, until: Timestamp) -> Result<(), HostEnd> {
        self.queue_named().await?;
        self.rests("host_busy", format!("this host is not to be asked before {until:.0}"));
        Err(HostEnd::Busy)
    }

    /// The host is to be left alone in the middle of the work. What made it so was told already;
    /// that pages which somebody named were not asked for, was not.
    pub(super) async fn leave_named(&mut self, why: &'static str) -> Result<(), HostEnd> {
        if self.queue_named().await? > 0 {
            let until = self.gate.next_at(clock::now());
            self.rests(why, format!("this host is not to be asked before {until:.0}"));
        }
        Ok(())
    }

    /// Puts what was named into the queue; how much that is.
    async fn queue_named(&mut self) -> Result<usize, HostEnd> {
        let jobs = std::mem::take(&mut self.work.pages);
        for job in &jobs {
            let candidate = Candidate::bare(job.url.clone(), job.via);
            let writer = self.run.archive.writer();
            let queued = writer.enqueue(job.site.id.clone(), vec![candidate], clock::now());
            queued.await.map_err(HostEnd::Archive)?;
        }
        Ok(jobs.len())
    }

    fn rests(&self, code: &str, why: String) {
        self.run.tally.problem(Problem {
            site: self.host.to_string(),
            code: code.to_owned(),
            url: self.host.to_string(),
            message: format!("{why}; what is due waits for the next run"),
        });
    }

    /// A host that asked to be left alone is left alone even should this process die while it waits:
    /// the lease is made to last longer.
    pub(super) async fn note_rest(&mut self) {
        let wait = self.gate.wait();
        let covered = |(_, deadline): &(Lease, LeaseDeadline)| deadline.remaining() + self.delay >= wait;
        if self.lease.as_ref().is_some_and(|lease| !covered(lease)) {
            self.renew(wait.saturating_add(self.lease_for())).await;
        }
    }

    /// Lets go of the host; the next request to it, whoever makes it, keeps our delay.
    pub(super) async fn release(&mut self) {
        let Some((lease, _)) = self.lease.take() else { return };
        let now = clock::now();
        let next = self.gate.next_at(now);
        if let Err(error) = self.run.archive.writer().release(&lease, now, next).await {
            tracing::error!(code = error.code(), host = %self.host, "cannot release the lease: {error}");
        }
    }

    /// The lease, for the archive to check that it is still ours.
    pub(super) fn lease(&self) -> Option<Lease> {
        self.lease.as_ref().map(|(lease, _)| lease.clone())
    }
}
