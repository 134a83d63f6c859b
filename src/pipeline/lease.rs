//! A host's lease: who has it may ask the host; who has it no more may not even store.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clock;
use super::host::{HostTask, LEASE_LOST, not_asked};
use super::report::Problem;
use super::work::HostEnd;
use crate::fetch::LeaseDeadline;
use crate::model::{Candidate, Outcome};
use crate::store::{Claim, Lease};

/// The shortest lease. Should the process die, others wait so long before they ask the host.
const SHORTEST: Duration = Duration::from_secs(60);

/// When to look again at a host that somebody else has. Its lease is as long as the longest request;
/// as a rule it is given back sooner.
pub(super) fn look_again(left: SignedDuration) -> Duration {
    left.clamp(SignedDuration::from_millis(20), SignedDuration::from_millis(500)).unsigned_abs()
}

impl HostTask {
    /// How long a lease lasts: a request that starts before half of it is over ends within it.
    pub(super) fn lease_for(&self) -> Duration {
        (self.run.config.crawl.timeout * 2).max(SHORTEST)
    }

    /// The lease with time enough left for a request.
    pub(super) async fn renewed(&mut self) -> Result<LeaseDeadline, Outcome> {
        let lost = || not_asked(LEASE_LOST, "another process took over this host");
        let Some((lease, deadline)) = &self.lease else { return Err(lost()) };
        let duration = self.lease_for();
        if deadline.remaining() > duration / 2 {
            return Ok(*deadline);
        }
        let fresh = LeaseDeadline::after(duration);
        let renewed = self.run.archive.writer().renew(lease, clock::now(), duration, self.delay).await;
        match renewed {
            Ok(true) => {
                let lease = lease.clone();
                self.lease = Some((lease, fresh));
                Ok(fresh)
            }
            Ok(false) => Err(lost()),
            Err(error) => {
                tracing::error!(code = error.code(), host = %self.host, "cannot renew the lease: {error}");
                Err(lost())
            }
        }
    }

    /// Takes the host's lease, waiting for whoever has it as long as this run may.
    pub(super) async fn claim(&mut self) -> Result<(), HostEnd> {
        let duration = self.lease_for();
        let latest = clock::now().checked_add(self.run.patience).unwrap_or(Timestamp::MAX);
        let mut told = false;
        loop {
            let deadline = LeaseDeadline::after(duration);
            let (now, owner) = (clock::now(), self.run.owner.clone());
            let claim = self.run.archive.writer().claim(&self.host, &owner, now, duration, self.delay).await;
            let until = match claim.map_err(HostEnd::Archive)? {
                Claim::Granted(lease) => {
                    self.lease = Some((lease, deadline));
                    return Ok(());
                }
                Claim::Busy { until } => until,
            };
            if until > latest {
                return self.give_up(until).await;
            }
            if !std::mem::replace(&mut told, true) {
                tracing::info!(host = %self.host, "waiting until {until:.0} at most: another process has this host");
            }
            let wait = look_again(until.duration_since(clock::now()));
            tokio::select! {
                () = self.run.stop.requested() => return Err(HostEnd::Stopping),
                () = tokio::time::sleep(wait) => {}
            }
        }
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
    /// the lease is made to last as long.
    pub(super) async fn note_rest(&mut self) {
        let wait = self.gate.wait();
        let Some((lease, _)) = self.lease.as_ref().filter(|_| wait > self.delay) else { return };
        let duration = wait.max(self.lease_for());
        let renewed = self.run.archive.writer().renew(lease, clock::now(), duration, self.delay).await;
        if let Err(error) = renewed {
            tracing::error!(code = error.code(), host = %self.host, "cannot note the host's rest: {error}");
        }
    }

    /// Lets go of the host; the next request to it, whoever makes it, keeps our delay.
    pub(super) async fn release(&mut self) {
        let Some((lease, _)) = self.lease.take() else { return };
        let next = self.gate.next_at(clock::now());
        if let Err(error) = self.run.archive.writer().release(&lease, next).await {
            tracing::error!(code = error.code(), host = %self.host, "cannot release the lease: {error}");
        }
    }

    /// The lease, for the archive to check that it is still ours.
    pub(super) fn lease(&self) -> Option<Lease> {
        self.lease.as_ref().map(|(lease, _)| lease.clone())
    }
}
