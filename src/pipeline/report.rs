//! What a run did, counted by site.

use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::count::{Count, SiteCounts, Yield};
use super::progress::{Course, Progress};
use crate::model::Instead;

/// One thing that went wrong and that somebody should know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The site it happened on.
    pub site: String,
    /// Stable code.
    pub code: String,
    /// The address, or the site's when none is to blame.
    pub url: String,
    /// A sentence.
    pub message: String,
}

/// What a run did so far. Shared by all tasks of the run.
#[derive(Debug, Default)]
pub struct Tally {
    inner: Mutex<(BTreeMap<String, SiteCounts>, Vec<Problem>)>,
    good: AtomicBool,
    told: Mutex<HashSet<(String, &'static str)>>,
    instead: Mutex<Shows>,
    yields: Mutex<BTreeMap<String, Yield>>,
    pub(super) course: Course,
}

/// What pages showed instead of an article, by site: how often.
pub type Shows = BTreeMap<String, BTreeMap<&'static str, u64>>;

impl Tally {
    /// Makes sure that a site stands in the report, even if nothing happens on it.
    pub fn mention(&self, site: &str) {
        self.with(|(sites, _)| {
            sites.entry(site.to_owned()).or_default();
        });
    }

    /// Counts one.
    pub fn count(&self, site: &str, what: Count) {
        self.with(|(sites, _)| sites.entry(site.to_owned()).or_default()[what as usize] += 1);
    }

    /// Counts a page that showed something else than an article.
    pub fn instead(&self, site: &str, what: Instead) {
        let mut shows = self.instead.lock().unwrap_or_else(PoisonError::into_inner);
        *shows.entry(site.to_owned()).or_default().entry(what.as_str()).or_default() += 1;
    }

    /// What pages showed instead of articles so far.
    #[must_use]
    pub fn shows(&self) -> Shows {
        self.instead.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes a problem, and says it: here is where failures of single pages are handled.
    pub fn problem(&self, problem: Problem) {
        self.note(problem, true);
    }

    /// Notes a problem; says it loudly, or only to who wants to hear everything.
    pub fn note(&self, problem: Problem, loud: bool) {
        let Problem { site, code, url, message } = &problem;
        if loud {
            tracing::warn!(site, url, code, "{message}");
        } else {
            tracing::info!(site, url, code, "{message}");
        }
        self.with(|(_, problems)| problems.push(problem));
    }

    /// Whether something is told of a site for the first time in this run.
    pub fn is_news(&self, site: &str, code: &'static str) -> bool {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).insert((site.to_owned(), code))
    }

    /// Notes what a site gave.
    pub(super) fn gave(&self, site: &str, note: impl FnOnce(&mut Yield)) {
        let mut yields = self.yields.lock().unwrap_or_else(PoisonError::into_inner);
        note(yields.entry(site.to_owned()).or_default());
    }

    /// What each site gave so far.
    pub(super) fn yields(&self) -> BTreeMap<String, Yield> {
        self.yields.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes that something could be done: a source was read, or an article was seen.
    pub fn good(&self) {
        self.good.store(true, Ordering::Relaxed);
    }

    /// Whether anything could be done.
    #[must_use]
    pub fn any_good(&self) -> bool {
        self.good.load(Ordering::Relaxed)
    }

    /// The figures so far.
    #[must_use]
    pub fn snapshot(&self) -> (BTreeMap<String, SiteCounts>, Vec<Problem>) {
        self.with(|inner| inner.clone())
    }

    /// How far the run is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let (sites, problems) = self.snapshot();
        let sum = |count: Count| sites.values().map(|counts| counts[count as usize]).sum();
        Progress {
            new: sum(Count::New),
            changed: sum(Count::Changed),
            failed: problems.len(),
            ..self.course.progress()
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut (BTreeMap<String, SiteCounts>, Vec<Problem>)) -> T) -> T {
        // A panic elsewhere cannot leave a counter half-written.
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a run did, when it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The run's number in the archive.
    pub run: i64,
    /// Counters by site.
    pub sites: BTreeMap<String, SiteCounts>,
    /// What pages showed instead of articles.
    pub shows: Shows,
    /// What went wrong, in the order in which it did.
    pub problems: Vec<Problem>,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// The process's exit code.
    pub exit: i32,
}

impl Report {
    /// One counter, summed over all sites.
    #[must_use]
    pub fn total(&self, what: Count) -> u64 {
        self.sites.values().map(|counts| counts[what as usize]).sum()
    }

    /// One counter of one site.
    #[must_use]
    pub fn of(&self, site: &str, what: Count) -> u64 {
        self.sites.get(site).map_or(0, |counts| counts[what as usize])
    }

    /// `kliping.crawl/1`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let sites: Map<String, Value> = self
            .sites
            .iter()
            .map(|(id, counts)| {
                let counts =
                    Count::ALL.iter().map(|(c, name)| ((*name).to_owned(), counts[*c as usize].into()));
                let mut counts: Map<String, Value> = counts.collect();
                counts.insert("instead".to_owned(), json!(self.shows.get(id).cloned().unwrap_or_default()));
                (id.clone(), Value::Object(counts))
            })
            .collect();
        json!({
            "schema": "kliping.crawl/1",
            "run": self.run,
            "sites": sites,
            "ms": self.ms,
            "exit": self.exit,
        })
    }
}
