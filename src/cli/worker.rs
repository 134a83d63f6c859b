//! `kliping crawl --worker`: run after run beside others, until nothing is left to do or somebody stops it;
//! an archive that cannot be reached for a while is waited for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kliping::config::{Config, SiteEntry};
use kliping::model::HostKey;
use kliping::pipeline::{self, CrawlError, Mode, Options, Report, Stop};
use kliping::site::Catalog;
use kliping::store::{Archive, DuePage, DueQuery, Reader, StoreError};

use super::app::now;

/// The first wait for an archive that went away, and the longest.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));
/// An archive that is away for longer (in waits, about an hour) is given up.
const MOST_WAITS: u32 = 120;
/// How often is looked whether a host that another has is free.
const LOOK: Duration = Duration::from_millis(500);
/// A host on which so many runs left what came first as it was (its robots.txt cannot be read) is left to a later
/// worker. More than one: a run may find that another worker was faster, and that one may die.
const RUNS: u32 = 2;

/// What is asked for at every run (young articles, lists that are new) is asked for this often: runs follow each
/// other without a rest.
const EVERY: Duration = Duration::from_secs(15 * 60);

/// The configuration of one that runs all the time and looks at these sites.
fn steady(config: &Config, sites: &[&SiteEntry]) -> Config {
    let mut config = config.clone();
    config.sites = sites.iter().map(|site| SiteEntry { enabled: true, ..(*site).clone() }).collect();
    config.poll.learning = Duration::ZERO;
    config.recheck.ladder.iter_mut().filter(|step| step.every.is_zero()).for_each(|step| step.every = EVERY);
    config
}

/// Runs until nothing is due that nobody works on, or until it is stopped; `sites`: those it looks at. The
/// report of the last run.
pub async fn work(
    config: &Config,
    catalog: &Arc<Catalog>,
    archive: &Arc<Archive>,
    sites: &[&SiteEntry],
    options: &Options,
    stop: Stop,
) -> Result<Report, CrawlError> {
    let mut away = 0;
    let config = steady(config, sites);
    // Named in a command, lists would be asked for at once, and that in each run.
    let options = &Options { sites: Vec::new(), ..options.clone() };
    let sites = config.sites.iter().map(|site| site.id.clone()).collect();
    let mut left = Left { sites, mode: options.mode, tried: HashMap::new() };
    loop {
        match run(&config, catalog, archive, options, &stop).await {
            Ok(report) => {
                away = 0;
                if stop.reason().is_some() || !left.wait(archive, &stop).await {
                    return Ok(report);
                }
            }
            Err(CrawlError::Store(error)) if passes(&error) && away < MOST_WAITS => {
                away += 1;
                tracing::warn!(code = error.code(), "{error}; trying again");
                if !pause(WAITS.0.saturating_mul(1 << away.min(10)).min(WAITS.1), &stop).await {
                    return Err(error.into());
                }
            }
            Err(error) => return Err(error),
        }
    }
}

/// One run. It is stopped by itself when its archive fails; that is no reason for the next not to begin.
async fn run(
    config: &Config,
    catalog: &Arc<Catalog>,
    archive: &Arc<Archive>,
    options: &Options,
    stop: &Stop,
) -> Result<Report, CrawlError> {
    let own = Stop::default();
    let (asked, ours) = (stop.clone(), own.clone());
    let forward = tokio::spawn(async move {
        asked.requested().await;
        asked.reason().into_iter().for_each(|reason| ours.request(reason));
    });
    let report = pipeline::crawl(config, Arc::clone(catalog), archive, options.clone(), own).await;
    forward.abort();
    report
}

/// Whether an error of the archive is one of the moment.
fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::Lost(_) | StoreError::Busy)
}

/// What is due.
enum Due {
    Nothing,
    /// On a host that is free.
    Free,
    /// Only on hosts that others have, or that rest.
    Taken,
}

/// What runs leave to do.
struct Left {
    sites: Vec<String>,
    mode: Mode,
    /// What came first on hosts that were free when a run began, and in how many runs it did.
    tried: HashMap<HostKey, (DuePage, u32)>,
}

impl Left {
    /// Waits while all that is due is on hosts that are taken or must rest; `false`: nothing is due, or stopped.
    async fn wait(&mut self, archive: &Archive, stop: &Stop) -> bool {
        // What cannot be looked at is tried, and then told.
        let Ok(reader) = archive.reader() else { return pause(LOOK, stop).await };
        loop {
            let due = self.look(&reader);
            if matches!(due, Ok(Due::Nothing)) || !pause(LOOK, stop).await {
                return false;
            }
            if !matches!(due, Ok(Due::Taken)) {
                return true;
            }
        }
    }

    fn look(&mut self, reader: &Reader) -> Result<Due, StoreError> {
        let mut due = Due::Nothing;
        let mut free = Vec::new();
        for host in reader.due_hosts(now())? {
            let taken = reader.busy_until(&host, now())?.is_some();
            if taken && matches!(due, Due::Taken) {
                continue;
            }
            match self.first(reader, &host)? {
                None => {}
                Some(_) if taken => due = Due::Taken,
                Some(page) => free.push((host, page)),
            }
        }
        let runs = |(host, page): &(HostKey, DuePage)| match self.tried.get(host) {
            Some((tried, runs)) if tried == page => *runs,
            _ => 0,
        };
        let runs: Vec<u32> = free.iter().map(runs).collect();
        if runs.iter().all(|runs| *runs >= RUNS) {
            return Ok(due);
        }
        self.tried.extend(free.into_iter().zip(runs).map(|((host, page), runs)| (host, (page, runs + 1))));
        Ok(Due::Free)
    }

    /// What comes first on a host.
    fn first(&self, reader: &Reader, host: &HostKey) -> Result<Option<DuePage>, StoreError> {
        let (now, sites) = (now(), self.sites.clone());
        let (new, known) = (self.mode != Mode::RecheckOnly, self.mode != Mode::NewOnly);
        let host = host.clone();
        let query = DueQuery { host, now, checked_by: now, new, known, sites, limit: 1 };
        Ok(reader.due(&query)?.pop())
    }
}

/// Waits so long; `false`: somebody stopped it.
async fn pause(time: Duration, stop: &Stop) -> bool {
    tokio::select! {
        () = stop.requested() => false,
        () = tokio::time::sleep(time) => true,
    }
}
