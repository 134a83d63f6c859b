//! A site during a run: its entry in the configuration, its rules, its budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::config::{Config, SiteEntry};
use crate::model::{HostKey, PageUrl, SourceKind};
use crate::site::{Catalog, Site};

/// A site during a run.
#[derive(Debug)]
pub struct SiteRun {
    /// Its name in the configuration and in the archive; for a site nobody configured, its host.
    pub id: String,
    /// Its front page, or the page that was named.
    pub url: PageUrl,
    /// The preset its entry names.
    pub preset: Option<String>,
    /// How its pages are read.
    pub rules: Arc<Site>,
    /// Least time between two requests, before robots.txt and back-off have their say.
    pub delay: Duration,
    entry: Option<SiteEntry>,
    pages_left: AtomicUsize,
    rechecks_left: AtomicUsize,
}

impl SiteRun {
    /// A site of the configuration.
    #[must_use]
    pub fn configured(entry: &SiteEntry, config: &Config, catalog: &Catalog) -> Self {
        let rules = catalog.resolve(&entry.url, entry.preset.as_deref());
        let max_pages = entry.max_pages.or(rules.crawl.max_pages).unwrap_or(config.crawl.max_pages);
        Self {
            id: entry.id.clone(),
            url: entry.url.clone(),
            preset: entry.preset.clone(),
            delay: entry.delay.or(rules.crawl.delay).unwrap_or(config.crawl.delay),
            rules,
            entry: Some(entry.clone()),
            pages_left: AtomicUsize::new(max_pages),
            rechecks_left: AtomicUsize::new(config.recheck.max_per_run),
        }
    }

    /// A site that nobody configured: a page of it was named.
    #[must_use]
    pub fn unconfigured(url: &PageUrl, config: &Config, catalog: &Catalog) -> Self {
        let rules = catalog.resolve(url, None);
        let host =
            url.as_url().port().map_or_else(|| url.host().to_owned(), |p| format!("{}:{p}", url.host()));
        Self {
            id: host.strip_prefix("www.").unwrap_or(&host).to_owned(),
            url: url.clone(),
            preset: None,
            delay: rules.crawl.delay.unwrap_or(config.crawl.delay),
            rules,
            entry: None,
            pages_left: AtomicUsize::new(usize::MAX),
            rechecks_left: AtomicUsize::new(usize::MAX),
        }
    }

    /// The lists to ask for, those that say most first. The configuration's win over the site file's;
    /// with neither, the front page is all there is to go by.
    #[must_use]
    pub fn sources(&self) -> Vec<(SourceKind, PageUrl)> {
        let rules = &self.rules.discover;
        let own = self.entry.as_ref().map(|e| [&e.apis, &e.feeds, &e.sitemaps, &e.sections]);
        let own = own.filter(|lists| lists.iter().any(|list| !list.is_empty()));
        let lists = own.unwrap_or([&rules.apis, &rules.feeds, &rules.sitemaps, &rules.sections]);
        let kinds = [SourceKind::Api, SourceKind::Feed, SourceKind::Sitemap, SourceKind::Section];
        let mut sources: Vec<(SourceKind, PageUrl)> = kinds
            .into_iter()
            .zip(lists)
            .flat_map(|(kind, urls)| urls.iter().map(move |url| (kind, url)))
            .filter_map(|(kind, url)| Some((kind, self.url.join(url).ok()?)))
            .collect();
        if sources.is_empty() {
            sources.push((SourceKind::Section, self.url.clone()));
        }
        sources
    }

    /// Whether links on pages are all there is to go by: then the sitemaps that robots.txt names count.
    #[must_use]
    pub fn has_sections_only(&self) -> bool {
        self.sources().iter().all(|(kind, _)| *kind == SourceKind::Section)
    }

    /// Whether an address found on this site may be one of its articles.
    #[must_use]
    pub fn accepts(&self, url: &PageUrl) -> bool {
        let own = url.host_key() == self.host() || self.rules.hosts.iter().any(|host| host == url.host());
        own && self.rules.discover.accepts(url) && url.key() != self.url.key()
    }

    /// What politeness is counted by for its front page.
    #[must_use]
    pub fn host(&self) -> HostKey {
        self.url.host_key()
    }

    /// Whether a page of it may still be asked for in this run.
    #[must_use]
    pub fn has_budget(&self) -> bool {
        self.pages_left.load(Ordering::Relaxed) > 0
    }

    /// How many pages of it may still be asked for in this run.
    #[must_use]
    pub fn budget(&self) -> usize {
        self.pages_left.load(Ordering::Relaxed)
    }

    /// Takes one page from this run's budget, and one recheck if it is one.
    #[must_use]
    pub fn take_budget(&self, recheck: bool) -> bool {
        let take = |left: &AtomicUsize| {
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok()
        };
        (!recheck || take(&self.rechecks_left)) && take(&self.pages_left)
    }
}
