//! The task of one host: it owns the host's gate, its lease and its robots.txt.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::OwnedSemaphorePermit;

use super::clock;
use super::count::Count;
use super::report::Problem;
use super::state::RunState;
use super::work::{HostEnd, HostWork, Unchanged};
use crate::fetch::robots::RobotsState;
use crate::fetch::{Accept, HostGate, LeaseDeadline, Request};
use crate::model::{Archived, ArticleId, Failure, HostKey, Outcome, PageUrl, Retry, Validators};
use crate::store::Lease;

/// The code of a request that was not made because the run is stopping.
const STOPPED: &str = "stopped";
/// The code of a request that was not made because another process has the host.
pub(super) const LEASE_LOST: &str = "lease_lost";

/// The code of a request that was given up because the lease ran out in it.
const LEASE_EXPIRED: &str = "lease_expired";

/// The code of a request that was not made because the host asked to be left alone for longer than
/// a run may wait. The lease's row remembers until when, for the runs to come.
const BACKED_OFF: &str = "backed_off";

/// The rules of the origins that one host task has asked, by `scheme://host:port`.
type RobotsByOrigin = HashMap<String, Arc<RobotsState>>;

/// The task of one host.
#[derive(Debug)]
pub struct HostTask {
    pub(super) run: Arc<RunState>,
    pub(super) host: HostKey,
    pub(super) robots: RobotsByOrigin,
    pub(super) work: HostWork,
    pub(super) seen: HashSet<String>,
    /// Articles that are to be looked at again, in this order.
    pub(super) rechecks: VecDeque<ArticleId>,
    pub(super) gate: HostGate,
    pub(super) delay: Duration,
    pub(super) lease: Option<(Lease, LeaseDeadline)>,
    /// What the site shows for an address that does not exist, once that was asked for.
    pub(super) nowhere: Option<Option<Archived>>,
    /// Pages that have not changed, to be noted together.
    pub(super) unchanged: Vec<Unchanged>,
    /// How many pages in a row showed a wall.
    pub(super) barred: u32,
    /// Room in memory for the answer that is being worked on.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

impl HostTask {
    /// A task that has not yet asked for anything.
    pub fn new(run: Arc<RunState>, host: HostKey, work: HostWork, delay: Duration) -> Self {
        Self {
            run,
            host,
            robots: RobotsByOrigin::new(),
            work,
            seen: HashSet::new(),
            rechecks: VecDeque::new(),
            gate: HostGate::new(delay),
            delay,
            lease: None,
            nowhere: None,
            unchanged: Vec::new(),
            barred: 0,
            room: None,
        }
    }

    /// Asks for one address, in its turn. A process that slept for longer than its lease, whose host
    /// nobody took meanwhile, asks again: what it had asked for before is nobody's any more.
    pub async fn ask(&mut self, url: &PageUrl, validators: Validators, accept: Accept) -> Outcome {
        let outcome = self.ask_once(url, validators.clone(), accept).await;
        let slept = matches!(&outcome, Outcome::Failed(failure) if failure.code == LEASE_EXPIRED);
        match slept && self.renewed().await.is_ok() {
            true => self.ask_once(url, validators, accept).await,
            false => outcome,
        }
    }

    /// Waits for the gate, renews the lease, asks, counts the answer.
    async fn ask_once(&mut self, url: &PageUrl, validators: Validators, accept: Accept) -> Outcome {
        let stop = self.run.stop.clone();
        if SignedDuration::try_from(self.gate.wait()).is_ok_and(|wait| wait > self.run.patience) {
            return backed_off();
        }
        tokio::select! {
            () = stop.requested() => return stopped(),
            () = self.gate.ready() => {}
        }
        if self.room.is_none() {
            self.room = self.run.room().await;
        }
        let run = Arc::clone(&self.run);
        let slot = run.request_slot().await;
        // Last, because the waiting above may have taken long.
        let deadline = match self.renewed().await {
            Ok(deadline) => deadline,
            Err(failed) => return failed,
        };
        tracing::debug!(%url, "get");
        let request =
            Request { url: url.clone(), validators, accept, deadline: Some(deadline), now: clock::now() };
        let outcome = tokio::select! {
            () = stop.requested() => stopped(),
            outcome = self.run.client.get(&request) => outcome,
        };
        drop(slot);
        self.gate.done();
        self.gate.observe(&outcome, clock::now());
        self.note_rest().await;
        outcome
    }

    /// Slows this host down; it never speeds up again in a run.
    pub async fn raise_delay(&mut self, delay: Duration) {
        if delay > self.delay {
            self.delay = delay;
            self.gate.raise_delay(delay);
            self.note_delay().await;
        }
    }

    /// Notes a failed request for the report: one failure, one line.
    pub fn failed(&self, site: &str, url: &PageUrl, code: &str, message: &str) {
        self.run.tally.count(site, Count::Errors);
        self.run.tally.problem(Problem {
            site: site.to_owned(),
            code: code.to_owned(),
            url: url.to_string(),
            message: message.to_owned(),
        });
    }
}

/// Why this task is to end here, if the request was not made for such a reason.
pub fn ends_task(outcome: &Outcome) -> Option<HostEnd> {
    let Outcome::Failed(failure) = outcome else { return None };
    match failure.code {
        STOPPED => Some(HostEnd::Stopping),
        LEASE_LOST | BACKED_OFF | LEASE_EXPIRED => Some(HostEnd::NotNow(failure.code)),
        _ => None,
    }
}

pub(super) fn stopped() -> Outcome {
    not_asked(STOPPED, "the run is stopping")
}

fn backed_off() -> Outcome {
    not_asked(BACKED_OFF, "the host asked to be left alone")
}

pub(super) fn not_asked(code: &'static str, message: &str) -> Outcome {
    Outcome::Failed(Failure {
        code,
        message: message.to_owned(),
        status: None,
        retry: Retry::Backoff,
        page: None,
    })
}
