//! Asking for feeds, sitemaps and sections, and putting what they list into the queue.

use std::sync::Arc;

use jiff::Timestamp;

use super::answer::too_many_redirects;
use super::clock;
use super::host::{HostTask, ends_task};
use super::robots::{Allowed, robots_unreachable};
use super::work::{HostEnd, SourceJob};
use crate::discover::{self, DiscoverError};
use crate::dom::{Document, charset};
use crate::fetch::Accept;
use crate::model::{Candidate, Capture, Outcome, SourceKind, Validators, sha256};
use crate::store::SourceState;

/// Redirects to follow for a source.
const REDIRECTS: usize = 5;
/// How deep sitemap indexes may nest.
const DEPTH: u8 = 3;
/// Child sitemaps of one index to ask for in one run, newest first.
const CHILDREN: usize = 50;

/// What a source lists.
struct Listing {
    candidates: Vec<Candidate>,
    children: Vec<Candidate>,
}

impl HostTask {
    /// Asks for one source and queues what it lists.
    pub async fn poll(&mut self, job: SourceJob) -> Result<(), HostEnd> {
        if self.run.stop.reason().is_some() {
            return Err(HostEnd::Stopping);
        }
        if !self.seen.insert(format!("{} {}", job.kind.as_str(), job.url)) {
            return Ok(());
        }
        let robots = self.robots(&job.url, &job.site.id).await?;
        if let Some(rules) = robots.rules() {
            self.robots_sitemaps(&job, rules.sitemaps());
        }
        if robots.is_unknown() {
            return Ok(());
        }
        if !robots.allows(job.url.path_and_query()) {
            let message = "robots.txt does not allow it".to_owned();
            self.failed(&job.site.id, &job.url, "robots_denied", &message);
            return Ok(());
        }
        let known = {
            let reader = self.run.reader().map_err(HostEnd::Archive)?;
            reader.source(&job.url).map_err(HostEnd::Archive)?
        };
        let validators = known.as_ref().map(|s| s.validators.clone()).unwrap_or_default();
        let outcome = self.get_source(&job, validators).await?;
        let now = clock::now();
        let mut state = known.unwrap_or_else(|| new_state(&job, now));
        state.checked = now;
        match outcome {
            Outcome::Captured(capture) => self.listed(&job, *capture, &mut state).await?,
            Outcome::NotModified { .. } => {
                state.failures = 0;
                self.run.tally.good();
            }
            Outcome::Failed(failure) => {
                state.failures += 1;
                self.failed(&job.site.id, &job.url, failure.code, &failure.message);
            }
            Outcome::Gone { status } => {
                state.failures += 1;
                let message = format!("this {} answers {status}", job.kind.as_str());
                self.failed(&job.site.id, &job.url, "source_gone", &message);
            }
            Outcome::Disallowed => {
                state.failures += 1;
                let message = "it leads to where robots.txt does not allow us to go";
                self.failed(&job.site.id, &job.url, "robots_denied", message);
            }
            // Led to a host whose gate is not ours, and is asked for there.
            Outcome::Moved { .. } => {}
        }
        self.run.archive.writer().put_source(state).await.map_err(HostEnd::Archive)
    }

    /// A sitemap that robots.txt names counts where the site lists no source of its own but its
    /// front page.
    fn robots_sitemaps(&mut self, job: &SourceJob, sitemaps: &[String]) {
        if job.kind != SourceKind::Section || job.url != job.site.url {
            return;
        }
        let found = sitemaps.iter().filter_map(|text| job.url.join(text).ok());
        for url in found.take(CHILDREN) {
            self.hand_out(SourceJob {
                url,
                kind: SourceKind::Sitemap,
                site: Arc::clone(&job.site),
                depth: 0,
            });
        }
    }

    /// Work for this host stays here; work for another goes to that host's task.
    fn hand_out(&mut self, job: SourceJob) {
        if job.url.host_key() == self.host {
            self.work.sources.push_back(job);
        } else {
            self.run.spill_source(job);
        }
    }

    async fn get_source(&mut self, job: &SourceJob, mut validators: Validators) -> Result<Outcome, HostEnd> {
        let mut url = job.url.clone();
        let accept = match job.kind {
            SourceKind::Feed => Accept::Feed,
            SourceKind::Sitemap => Accept::Sitemap,
            SourceKind::Section => Accept::Page,
        };
        for _ in 0..=REDIRECTS {
            let outcome = self.ask(&url, std::mem::take(&mut validators), accept).await;
            if let Some(end) = ends_task(&outcome) {
                return Err(end);
            }
            let Outcome::Moved { to, .. } = &outcome else { return Ok(outcome) };
            if to.host_key() != self.host {
                let taken = self.run.spill_source(SourceJob { url: to.clone(), ..job.clone() });
                return Ok(if taken { outcome } else { Outcome::Failed(too_many_redirects()) });
            }
            match self.allowed(to, &job.site.id).await? {
                Allowed::Yes => url = to.clone(),
                Allowed::No => return Ok(Outcome::Disallowed),
                Allowed::Unknown => return Ok(Outcome::Failed(robots_unreachable())),
            }
        }
        Ok(Outcome::Failed(too_many_redirects()))
    }

    async fn listed(
        &mut self,
        job: &SourceJob,
        capture: Capture,
        state: &mut SourceState,
    ) -> Result<(), HostEnd> {
        let digest = sha256(&capture.body);
        if state.content_sha256 != Some(digest) {
            state.changed = Some(capture.at);
        }
        state.content_sha256 = Some(digest);
        state.validators = capture.validators.clone();
        let listing = match list(job, &capture) {
            Ok(listing) => listing,
            Err(error) => {
                state.failures += 1;
                // A broken source must be asked for again in full.
                state.validators = Validators::default();
                self.failed(&job.site.id, &job.url, error.code(), &error.to_string());
                return Ok(());
            }
        };
        state.failures = 0;
        self.run.tally.good();
        let mut children = listing.children;
        children.sort_by_key(|child| std::cmp::Reverse(child.modified));
        for child in children.into_iter().take(CHILDREN).filter(|_| job.depth < DEPTH) {
            let depth = job.depth + 1;
            self.hand_out(SourceJob {
                url: child.url,
                kind: SourceKind::Sitemap,
                site: Arc::clone(&job.site),
                depth,
            });
        }
        let candidates: Vec<Candidate> =
            listing.candidates.into_iter().filter(|c| job.site.accepts(&c.url)).collect();
        tracing::info!(source = %job.url, candidates = candidates.len(), "read a {}", job.kind.as_str());
        if !self.run.finds_new() {
            return Ok(());
        }
        let hosts: Vec<_> = candidates.iter().map(|c| c.url.host_key()).filter(|h| *h != self.host).collect();
        let writer = self.run.archive.writer();
        writer.enqueue(job.site.id.clone(), candidates, clock::now()).await.map_err(HostEnd::Archive)?;
        hosts.into_iter().for_each(|host| self.run.spill(host));
        Ok(())
    }
}

fn new_state(job: &SourceJob, now: Timestamp) -> SourceState {
    SourceState {
        url: job.url.clone(),
        kind: job.kind,
        site: job.site.id.clone(),
        validators: Validators::default(),
        checked: now,
        changed: None,
        failures: 0,
        content_sha256: None,
    }
}

/// Reads a source by its kind.
fn list(job: &SourceJob, capture: &Capture) -> Result<Listing, DiscoverError> {
    match job.kind {
        SourceKind::Feed => {
            let feed = discover::feed::read(&capture.body, capture.content_type.as_deref(), &capture.url)?;
            Ok(Listing { candidates: feed.candidates, children: Vec::new() })
        }
        SourceKind::Sitemap => {
            let sitemap = discover::sitemap::read(&capture.body, &capture.url)?;
            Ok(Listing { candidates: sitemap.candidates, children: sitemap.children })
        }
        SourceKind::Section => {
            let (text, _) = charset::decode(&capture.body, capture.content_type.as_deref());
            let document = Document::parse(&text);
            let candidates = discover::section::read(&document, &capture.url, &job.site.rules.discover);
            Ok(Listing { candidates, children: Vec::new() })
        }
    }
}
