//! One task for each host that has work, until no host has any left.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinSet};

use super::host::HostTask;
use super::report::Tally;
use super::state::RunState;
use super::stop::StopReason;
use super::work::{HostEnd, HostWork, Spill};
use crate::model::HostKey;
use crate::store::StoreError;

/// How often progress is told.
const PROGRESS: Duration = Duration::from_millis(200);

type Ended = (HostKey, Result<(), HostEnd>);

/// The hosts of a run.
struct Hosts<'a> {
    state: &'a Arc<RunState>,
    /// Work for hosts; that of a host that is at work waits until it ends.
    waiting: HashMap<HostKey, HostWork>,
    /// Hosts that are at work.
    active: HashSet<HostKey>,
    tasks: JoinSet<Ended>,
    /// The archive's first error.
    failed: Option<StoreError>,
}

/// Runs one task a host until no host has work left. Gives the archive's error, if it failed.
pub(super) async fn drive(
    state: &Arc<RunState>,
    waiting: HashMap<HostKey, HostWork>,
    mut spilled: mpsc::UnboundedReceiver<Spill>,
    on_progress: Option<fn(&Tally)>,
) -> Option<StoreError> {
    let mut hosts = Hosts { state, waiting, active: HashSet::new(), tasks: JoinSet::new(), failed: None };
    let mut tick = tokio::time::interval(PROGRESS);
    loop {
        while let Ok(spill) = spilled.try_recv() {
            hosts.take_in(spill);
        }
        hosts.start();
        if hosts.tasks.is_empty() {
            return hosts.failed;
        }
        tokio::select! {
            Some(ended) = hosts.tasks.join_next() => hosts.ended(ended),
            Some(spill) = spilled.recv() => hosts.take_in(spill),
            _ = tick.tick() => {
                if let Some(tell) = on_progress {
                    tell(&state.tally);
                }
            }
        }
        if state.stop.reason().is_some() {
            hosts.waiting.clear();
        }
    }
}

impl Hosts<'_> {
    /// Puts every host to work that has some and is not at it.
    fn start(&mut self) {
        let idle: Vec<HostKey> =
            self.waiting.keys().filter(|host| !self.active.contains(*host)).cloned().collect();
        for host in idle {
            let work = self.waiting.remove(&host).unwrap_or_default();
            self.active.insert(host.clone());
            let delay = delay_of(self.state, &host);
            let task = HostTask::new(Arc::clone(self.state), host.clone(), work, delay);
            self.tasks.spawn(async move { (host, task.work().await) });
        }
    }

    fn ended(&mut self, ended: Result<Ended, JoinError>) {
        match ended {
            Ok((host, end)) => {
                self.active.remove(&host);
                if let Err(HostEnd::Archive(error)) = end {
                    self.state.stop.request(StopReason::Terminated);
                    self.failed.get_or_insert(error);
                }
            }
            // The host stays active, so that it is not tried again in this run.
            Err(error) => tracing::error!(code = "task_panicked", "a host's task broke off: {error}"),
        }
    }

    fn take_in(&mut self, spill: Spill) {
        let host = match &spill {
            Spill::Due(host) => host.clone(),
            Spill::Page(job) => job.url.host_key(),
            Spill::Source(job) => job.url.host_key(),
        };
        let work = self.waiting.entry(host).or_default();
        match spill {
            Spill::Due(_) => {}
            Spill::Page(job) => work.pages.push_back(job),
            Spill::Source(job) => work.sources.push_back(job),
        }
    }
}

/// The slowest of the sites that live on a host sets its pace.
fn delay_of(state: &RunState, host: &HostKey) -> Duration {
    let own = state.sites.values().filter(|site| site.host() == *host).map(|site| site.delay);
    own.max().unwrap_or(state.config.crawl.delay)
}
