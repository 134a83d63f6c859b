//! What all tasks of a run share.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, mpsc};

use super::report::Tally;
use super::shard::Shard;
use super::site::SiteRun;
use super::stop::Stop;
use super::work::{PageJob, SourceJob, Spill};
use crate::config::Config;
use crate::fetch::Client;
use crate::model::{Article, Capture, ExtractorId, HostKey, Known, PageUrl, RunId};
use crate::read::{self, Read, ReadError, ReadOptions};
use crate::schedule::{self, Looks};
use crate::site::Catalog;
use crate::store::{Archive, CheckHistory, DuePage, DueQuery, HeadInfo, Plan, Reader, StoreError};

/// Room that is kept for one page: few are larger than 1 MiB.
const ROOM_KIB: u64 = 1024;

/// What a run looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// New pages, and known ones that are due.
    #[default]
    All,
    /// New pages only.
    NewOnly,
    /// Known articles that are due only.
    RecheckOnly,
    /// Only the pages that were named.
    Named,
}

/// What all tasks of a run share.
#[derive(Debug)]
pub struct RunState {
    pub id: RunId,
    pub mode: Mode,
    /// Which part of the hosts is asked.
    pub shard: Option<Shard>,
    /// Whether lists are asked for before they are due: their site was named.
    pub at_once: bool,
    pub started: Timestamp,
    /// Whether somebody looks at how far the run is.
    pub tells: bool,
    pub config: Config,
    pub catalog: Arc<Catalog>,
    pub archive: Arc<Archive>,
    pub client: Client,
    pub stop: Stop,
    pub tally: Tally,
    /// Names this process in leases.
    pub owner: String,
    /// How long to wait for a host that another process works on.
    pub patience: SignedDuration,
    pub sites: HashMap<String, Arc<SiteRun>>,
    pub spills: mpsc::UnboundedSender<Spill>,
    /// Addresses that one host's task has handed to another's.
    pub spilled: Mutex<HashSet<String>>,
    /// Pages that may still be asked for in this run.
    pub pages_left: AtomicUsize,
    /// Requests that may be open at once.
    pub requests: Semaphore,
    /// Room in memory for pages on their way, in KiB.
    pub memory: Arc<Semaphore>,
    /// Pages that may be read at once: one a core.
    pub parsers: Semaphore,
    pub readers: Mutex<Vec<Reader>>,
}

impl RunState {
    /// Waits until a request may be open.
    pub async fn request_slot(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.requests.acquire().await.ok()
    }

    /// Waits until there is room for one more page in memory: back-pressure by bytes, not by count.
    /// A permit stands for a page of ordinary size; the largest are rare, and capped by `max_body`.
    pub async fn room(&self) -> Option<OwnedSemaphorePermit> {
        let whole = self.config.crawl.max_in_flight / 1024;
        let one = ROOM_KIB.min(whole).max(1);
        Arc::clone(&self.memory).acquire_many_owned(u32::try_from(one).unwrap_or(1)).await.ok()
    }

    /// Whether a host is asked for what is due there.
    pub fn is_ours(&self, host: &HostKey) -> bool {
        self.shard.is_none_or(|shard| shard.holds(host))
    }

    /// Hands pages that are due on another host to that host's task. Of another part they wait in the archive.
    pub fn spill(&self, host: HostKey) {
        if self.is_ours(&host) {
            // The receiver lives as long as the run; when it is gone, the page waits for the next run.
            let _ = self.spills.send(Spill::Due(host));
        }
    }

    /// Hands a source on another host to that host's task; `false`: it was handed there before.
    pub fn spill_source(&self, job: SourceJob) -> bool {
        self.first_spill(&job.url) && self.spills.send(Spill::Source(job)).is_ok()
    }

    /// Whether what sources list is to be queued.
    pub fn finds_new(&self) -> bool {
        matches!(self.mode, Mode::All | Mode::NewOnly)
    }

    /// Hands a page on another host to that host's task; `false`: it was handed there before.
    pub fn spill_page(&self, job: PageJob) -> bool {
        self.first_spill(&job.url) && self.spills.send(Spill::Page(job)).is_ok()
    }

    /// Two hosts that lead to each other must not keep a run busy for ever.
    fn first_spill(&self, url: &PageUrl) -> bool {
        self.spilled.lock().unwrap_or_else(PoisonError::into_inner).insert(url.as_str().to_owned())
    }

    /// Whether due pages are to be taken from the archive.
    pub fn takes_due(&self) -> bool {
        self.mode != Mode::Named
            && self.stop.reason().is_none()
            && self.pages_left.load(Ordering::Relaxed) > 0
    }

    /// How many pages that are due on a host may still be asked for.
    pub fn budget_of(&self, host: &HostKey) -> usize {
        let sites = self.sites.values().filter(|site| site.host() == *host);
        let budget = sites.map(|site| site.budget()).fold(0, usize::saturating_add);
        budget.min(self.pages_left.load(Ordering::Relaxed))
    }

    /// Takes one page from the run's limit.
    pub fn take_page(&self) -> bool {
        self.pages_left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok()
    }

    /// What to ask the archive for, to know what is due on a host in this run.
    pub fn due_query(&self, host: &HostKey, now: Timestamp, limit: usize) -> DueQuery {
        DueQuery {
            host: host.clone(),
            now,
            // What this run has looked at is not looked at again in it.
            checked_by: self.started,
            new: self.mode != Mode::RecheckOnly,
            known: self.mode != Mode::NewOnly,
            sites: self.sites.values().filter(|site| site.has_budget()).map(|site| site.id.clone()).collect(),
            limit,
        }
    }

    /// Turns a due page into a job, if its site has budget left.
    pub fn admit(&self, page: DuePage) -> Option<PageJob> {
        let site = Arc::clone(self.sites.get(&page.site)?);
        site.take_budget(page.article.is_some()).then(|| PageJob {
            url: page.url,
            site,
            article: page.article,
            validators: page.validators,
            via: page.via,
            tries: page.tries,
        })
    }

    /// Which rules read a page of a site.
    pub fn extractor(&self, site: &SiteRun, url: &PageUrl) -> ExtractorId {
        let options = ReadOptions { preset: site.preset.as_deref(), ..ReadOptions::default() };
        read::extractor(&read::site_for(&self.catalog, Some(url), options))
    }

    /// Reads a page on a blocking thread; at most one a core at a time. `archived`: a version was read
    /// off this very page.
    pub async fn read(
        &self,
        site: &Arc<SiteRun>,
        capture: Arc<Capture>,
        known: Known,
        archived: bool,
    ) -> Result<Read, ReadError> {
        let (site, catalog) = (Arc::clone(site), Arc::clone(&self.catalog));
        let _parser = self.parsers.acquire().await;
        let task = tokio::task::spawn_blocking(move || {
            let content_type = capture.content_type.as_deref();
            let options = ReadOptions {
                preset: site.preset.as_deref(),
                known: Some(&known),
                archived,
                ..ReadOptions::default()
            };
            // "Two hours ago" was said when the page was fetched, which for a stored one is long past.
            read::read(&catalog, &capture.body, content_type, Some(&capture.url), options, capture.at)
        });
        task.await.unwrap_or(Err(ReadError::Panicked))
    }

    /// Reads the page again that an article's latest version was read from, with today's rules.
    /// `None` when the page was not kept or gives no article today, or only a part of one.
    pub async fn reread(&self, site: &Arc<SiteRun>, head: &HeadInfo) -> Result<Option<Article>, StoreError> {
        let (page, known) = {
            let reader = self.reader()?;
            let Some(page) = reader.raw_page(head.article, head.head.seq)? else { return Ok(None) };
            let known = reader.known_of(&page.url, &site.id)?;
            (page, known)
        };
        let capture = Capture {
            requested: page.url.clone(),
            url: page.url,
            status: 200,
            content_type: page.content_type,
            validators: crate::model::Validators::default(),
            links: None,
            body: page.bytes,
            at: page.at,
            elapsed_ms: 0,
        };
        let read = self.read(site, Arc::new(capture), known, true).await.ok();
        Ok(read.filter(|read| read.further.is_empty()).map(|read| read.article))
    }

    /// When an article that was looked at is to be looked at again.
    pub fn plan(&self) -> Plan {
        let recheck = self.config.recheck.clone();
        Arc::new(move |history: &CheckHistory| {
            let looks = Looks {
                first_seen: history.first_seen,
                last_changed: history.last_changed,
                waited: history.waited,
                unchanged: history.unchanged,
            };
            schedule::next_check(&recheck, &looks, history.now)
        })
    }
}
