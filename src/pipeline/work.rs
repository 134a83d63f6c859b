//! What there is to do: sources to read and pages to ask for, by host.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use super::site::SiteRun;
use crate::model::{ArticleId, HostKey, Outcome, PageUrl, SourceKind, Validators, Via};
use crate::read::instead::Shown;
use crate::store::{FetchRecord, Observation, StoreError};

/// A document that lists addresses, to be asked for in this run.
#[derive(Debug, Clone)]
pub struct SourceJob {
    /// Its address.
    pub url: PageUrl,
    /// What it is.
    pub kind: SourceKind,
    /// The site it speaks for.
    pub site: Arc<SiteRun>,
    /// How many sitemap indexes led to it.
    pub depth: u8,
    /// The index that lists it, and when that says it changed.
    pub parent: Option<(PageUrl, Option<Timestamp>)>,
}

impl SourceJob {
    /// A list that the site's configuration or robots.txt names.
    pub fn named(kind: SourceKind, url: PageUrl, site: &Arc<SiteRun>) -> Self {
        Self { url, kind, site: Arc::clone(site), depth: 0, parent: None }
    }

    /// A sitemap that this one lists.
    pub fn child(&self, url: PageUrl, modified: Option<Timestamp>) -> Self {
        let parent = Some((self.url.clone(), modified));
        Self { url, parent, depth: self.depth + 1, ..self.clone() }
    }
}

/// A page to be asked for.
#[derive(Debug, Clone)]
pub struct PageJob {
    /// Its address.
    pub url: PageUrl,
    /// The site it belongs to.
    pub site: Arc<SiteRun>,
    /// The article it is known as.
    pub article: Option<ArticleId>,
    /// Validators of the last answer.
    pub validators: Validators,
    /// Where it was seen.
    pub via: Via,
    /// How often it could not be had.
    pub tries: u32,
}

/// Where following redirects led.
pub(super) enum Led {
    /// To an answer.
    Answer { outcome: Outcome, url: PageUrl },
    /// To a host whose gate is not ours.
    Elsewhere(PageUrl),
    /// To an address that is no article's.
    Astray { shown: Shown, to: PageUrl },
}

/// A page that has not changed, to be noted with others.
#[derive(Debug)]
pub(super) struct Unchanged {
    pub(super) job: PageJob,
    pub(super) fetch: FetchRecord,
    pub(super) observation: Observation,
}

/// Work for one host.
#[derive(Debug, Default)]
pub struct HostWork {
    /// Documents that list addresses.
    pub sources: VecDeque<SourceJob>,
    /// Pages that were named.
    pub pages: VecDeque<PageJob>,
}

/// Why a host's task cannot go on.
#[derive(Debug)]
pub enum HostEnd {
    /// The run is stopping.
    Stopping,
    /// Another process works on the host for longer than this run may wait.
    Busy,
    /// The host wants to be left alone for longer than that, or another process took it over.
    NotNow(&'static str),
    /// The archive failed; the run ends.
    Archive(StoreError),
}

/// Work that one host's task found for another.
#[derive(Debug)]
pub enum Spill {
    /// A document that lists addresses.
    Source(SourceJob),
    /// A page that another host's page led to.
    Page(PageJob),
    /// Pages are due there.
    Due(HostKey),
}
