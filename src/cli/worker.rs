//! `kliping crawl --worker`: run after run beside others, until nothing is left to do or somebody stops it;
//! an archive that cannot be reached for a while is waited for.

use std::sync::Arc;
use std::time::Duration;

use kliping::config::Config;
use kliping::pipeline::{self, CrawlError, Mode, Options, Report, Stop};
use kliping::site::Catalog;
use kliping::store::{Archive, DueQuery, StoreError};

use super::app::now;

/// The first wait for an archive that went away, and the longest.
const WAITS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));
/// An archive that is away for longer (in waits, about an hour) is given up.
const MOST_WAITS: u32 = 120;
/// How often is looked whether a host that another has is free.
const LOOK: Duration = Duration::from_millis(500);

/// Runs until nothing is due that nobody works on, or until it is stopped. The report of the last run.
pub async fn work(
    config: &Config,
    catalog: &Arc<Catalog>,
    archive: &Arc<Archive>,
    options: &Options,
    stop: Stop,
) -> Result<Report, CrawlError> {
    let mut away = 0;
    loop {
        match run(config, catalog, archive, options, &stop).await {
            Ok(report) => {
                away = 0;
                if stop.reason().is_some() || !wait_for_work(config, archive, options, &stop).await {
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

/// Waits while all that is due is on hosts that are taken or must rest; `false`: nothing is due, or stopped.
async fn wait_for_work(config: &Config, archive: &Archive, options: &Options, stop: &Stop) -> bool {
    loop {
        let due = free(config, archive, options);
        if matches!(due, Ok(Due::Nothing)) || !pause(LOOK, stop).await {
            return false;
        }
        // What cannot be looked at is tried, and then told.
        if !matches!(due, Ok(Due::Taken)) {
            return true;
        }
    }
}

/// What is due.
enum Due {
    Nothing,
    /// On a host that is free.
    Free,
    /// Only on hosts that others have, or that rest.
    Taken,
}

fn free(config: &Config, archive: &Archive, options: &Options) -> Result<Due, StoreError> {
    let reader = archive.reader()?;
    let wanted = |id: &String| options.sites.is_empty() || options.sites.contains(id);
    let sites: Vec<String> =
        config.sites.iter().filter(|site| site.enabled).map(|s| s.id.clone()).filter(wanted).collect();
    let (new, known) = (options.mode != Mode::RecheckOnly, options.mode != Mode::NewOnly);
    let mut due = Due::Nothing;
    for host in reader.due_hosts(now())? {
        let (now, sites) = (now(), sites.clone());
        let query = DueQuery { host, now, checked_by: now, new, known, sites, limit: 1 };
        if reader.due_count(&query)? == 0 {
            continue;
        }
        let host = query.host;
        if reader.busy_until(&host, now)?.is_none() {
            return Ok(Due::Free);
        }
        due = Due::Taken;
    }
    Ok(due)
}

/// Waits so long; `false`: somebody stopped it.
async fn pause(time: Duration, stop: &Stop) -> bool {
    tokio::select! {
        () = stop.requested() => false,
        () = tokio::time::sleep(time) => true,
    }
}
