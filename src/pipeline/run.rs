//! A run from beginning to end: which hosts have work, one task each, and what came of it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use jiff::SignedDuration;
use tokio::sync::{Semaphore, mpsc};

use super::clock;
use super::drive::drive;
use super::error::CrawlError;
use super::report::{Problem, Report, Tally};
use super::shard::Shard;
use super::silent;
use super::site::SiteRun;
use super::state::{Mode, RunState};
use super::stop::{Stop, StopReason};
use super::work::{HostWork, PageJob, SourceJob};
use crate::config::Config;
use crate::fetch::{Client, FetchSettings, user_agent};
use crate::model::{HostKey, PageUrl, Validators, Via};
use crate::site::Catalog;
use crate::store::{Archive, StoreError};

/// What a run is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What it looks at.
    pub mode: Mode,
    /// Sites by their names in the configuration; empty: all that are enabled.
    pub sites: Vec<String>,
    /// Which part of the hosts it asks; `None`: all of them.
    pub shard: Option<Shard>,
    /// Most pages to ask for; `None`: as the sites say.
    pub limit: Option<usize>,
    /// The command line, for the archive's log of runs.
    pub args: String,
    /// Called a few times a second while the run goes on.
    pub on_progress: Option<fn(&Tally)>,
}

/// How long to wait for a host that another process has: longer than the lease of a dead one.
const PATIENCE: SignedDuration = SignedDuration::from_mins(3);

/// One run over the configured sites: discover, fetch what is new, look again at what is due.
///
/// # Errors
/// [`CrawlError`] when no run could be made, or when the archive failed in it. What fails on single
/// pages stands in the [`Report`].
pub async fn crawl(
    config: &Config,
    catalog: Arc<Catalog>,
    archive: &Arc<Archive>,
    options: Options,
    stop: Stop,
) -> Result<Report, CrawlError> {
    let wanted = |id: &str| options.sites.is_empty() || options.sites.iter().any(|site| site == id);
    let sites: Vec<Arc<SiteRun>> = config
        .sites
        .iter()
        .filter(|entry| wanted(&entry.id) && (entry.enabled || !options.sites.is_empty()))
        .map(|entry| Arc::new(SiteRun::configured(entry, config, &catalog)))
        .collect();
    run(config, catalog, archive, options, stop, sites, Vec::new()).await
}

/// Archives the named pages now, known or not.
///
/// # Errors
/// As [`crawl`].
pub async fn add(
    config: &Config,
    catalog: Arc<Catalog>,
    archive: &Arc<Archive>,
    urls: &[PageUrl],
    args: String,
    stop: Stop,
) -> Result<Report, CrawlError> {
    let mut sites: Vec<Arc<SiteRun>> = Vec::new();
    let mut pages = Vec::new();
    for url in urls {
        let entry = config.sites.iter().find(|entry| entry.url.host_key() == url.host_key());
        let site = entry.map_or_else(
            || SiteRun::unconfigured(url, config, &catalog),
            |entry| SiteRun::configured(entry, config, &catalog),
        );
        let site = match sites.iter().find(|known| known.id == site.id) {
            Some(known) => Arc::clone(known),
            None => {
                sites.push(Arc::new(site));
                Arc::clone(&sites[sites.len() - 1])
            }
        };
        pages.push((url.clone(), site));
    }
    let options = Options { mode: Mode::Named, args, ..Options::default() };
    run(config, catalog, archive, options, stop, sites, pages).await
}

async fn run(
    config: &Config,
    catalog: Arc<Catalog>,
    archive: &Arc<Archive>,
    options: Options,
    stop: Stop,
    sites: Vec<Arc<SiteRun>>,
    pages: Vec<(PageUrl, Arc<SiteRun>)>,
) -> Result<Report, CrawlError> {
    let started = clock::now();
    let client = Client::new(&settings(config, &sites))?;
    let id = archive.writer().begin_run(started, options.args.clone()).await?;
    let (spills, spilled) = mpsc::unbounded_channel();
    let kib = usize::try_from(config.crawl.max_in_flight / 1024).unwrap_or(Semaphore::MAX_PERMITS);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let state = Arc::new(RunState {
        id,
        mode: options.mode,
        shard: options.shard,
        at_once: !options.sites.is_empty(),
        started,
        tells: options.on_progress.is_some(),
        config: config.clone(),
        catalog,
        archive: Arc::clone(archive),
        client,
        stop,
        tally: Tally::default(),
        owner: format!("{}:{}", std::process::id(), id),
        patience: PATIENCE,
        sites: sites.iter().map(|site| (site.id.clone(), Arc::clone(site))).collect(),
        spills,
        spilled: std::sync::Mutex::default(),
        pages_left: AtomicUsize::new(options.limit.unwrap_or(usize::MAX)),
        requests: Semaphore::new(config.crawl.concurrency.max(1)),
        memory: Arc::new(Semaphore::new(kib.clamp(1, Semaphore::MAX_PERMITS))),
        parsers: Semaphore::new(cores),
        readers: std::sync::Mutex::default(),
    });
    sites.iter().filter(|site| state.is_ours(&site.host())).for_each(|site| state.tally.mention(&site.id));
    let work = first_work(&state, &sites, pages)?;
    let failed = drive(&state, work, spilled, options.on_progress).await;
    // A run that was cut short has not asked all lists.
    let whole = failed.is_none() && state.stop.reason().is_none();
    let failed = if whole { silent::look(&state).err() } else { failed };
    let (sites, problems) = state.tally.snapshot();
    let ended = clock::now();
    let ms = u64::try_from(ended.duration_since(started).as_millis()).unwrap_or(0);
    let exit = exit_code(&state.tally, &problems, state.stop.reason());
    let shows = state.tally.shows();
    let report = Report { run: id.0, sites, shows, problems, ms, exit };
    let summary = report.to_json().to_string();
    archive.writer().end_run(id, ended, report.exit, summary).await?;
    failed.map_or(Ok(report), |error| Err(error.into()))
}

fn settings(config: &Config, sites: &[Arc<SiteRun>]) -> FetchSettings {
    FetchSettings {
        user_agent: user_agent(config.crawl.contact.as_deref()),
        connect_timeout: config.crawl.connect_timeout,
        timeout: config.crawl.timeout,
        max_body: config.crawl.max_body,
        allow_private: config.crawl.allow_private,
        // Who writes a private address into the configuration means it.
        private_hosts: sites.iter().map(|site| site.url.host().to_owned()).collect(),
    }
}

/// The work that is there before anything was asked for, by host.
fn first_work(
    state: &RunState,
    sites: &[Arc<SiteRun>],
    pages: Vec<(PageUrl, Arc<SiteRun>)>,
) -> Result<HashMap<HostKey, HostWork>, StoreError> {
    let mut work: HashMap<HostKey, HostWork> = HashMap::new();
    if state.finds_new() {
        for site in sites {
            for (kind, url) in site.sources().into_iter().filter(|(_, url)| state.is_ours(&url.host_key())) {
                let source = SourceJob::named(kind, url, site);
                work.entry(source.url.host_key()).or_default().sources.push_back(source);
            }
        }
    }
    if state.mode != Mode::Named {
        for host in state.reader()?.due_hosts(clock::now())?.into_iter().filter(|host| state.is_ours(host)) {
            work.entry(host).or_default();
        }
    }
    for (url, site) in pages {
        let head = state.reader()?.head_for(&url)?;
        let job = PageJob {
            article: head.map(|head| head.article),
            site,
            // A named page is asked for in full: the user wants to see it, not to hear 304.
            validators: Validators::default(),
            via: Via::User,
            tries: 0,
            url,
        };
        work.entry(job.url.host_key()).or_default().pages.push_back(job);
    }
    Ok(work)
}

/// The contract's exit code for what happened.
fn exit_code(tally: &Tally, problems: &[Problem], stopped: Option<StopReason>) -> i32 {
    match stopped {
        Some(StopReason::Interrupted) => 130,
        Some(StopReason::Terminated) => 143,
        Some(StopReason::TimeUp) | None if problems.is_empty() => 0,
        _ if tally.any_good() => 3,
        _ => 4,
    }
}
