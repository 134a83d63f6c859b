//! What a list of articles names: read by its kind, put into the queue, page by page.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinError;

use super::clock;
use super::host::HostTask;
use super::robots::Allowed;
use super::work::{HostEnd, SourceJob};
use crate::discover::{self, DiscoverError};
use crate::dom::{Document, charset};
use crate::model::{Candidate, Capture, Outcome, PageUrl, SourceKind, Validators, sha256};
use crate::store::{Enqueued, SourceState};

/// Sitemaps of one robots.txt or index to ask for in one run, newest first.
pub(super) const CHILDREN: usize = 50;
/// How deep sitemap indexes may nest.
pub(super) const DEPTH: u8 = 3;
/// A time of change that lies further ahead is not to be believed.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// So many addresses are queued in one transaction: others write to the archive, too.
const AT_ONCE: usize = 2000;

/// Why a list gave nothing.
#[derive(Debug)]
pub enum ListError {
    /// The task is to end.
    End(HostEnd),
    /// It cannot be read.
    Unreadable(DiscoverError),
}

/// What a page of a list names.
#[derive(Debug, Default)]
struct Listing {
    candidates: Vec<Candidate>,
    /// Sitemaps of an index.
    children: Vec<Candidate>,
    /// The page behind it.
    next: Option<PageUrl>,
    /// The latest change, by the server's clock.
    latest: Option<Timestamp>,
}

impl HostTask {
    /// Queues what a list names; how many articles were new or had changed. Its further pages are read
    /// as long as all that they name is such: that closes a gap, and fills the archive of a new site.
    pub(super) async fn listed(
        &mut self,
        job: &SourceJob,
        capture: Capture,
        state: &mut SourceState,
    ) -> Result<usize, ListError> {
        let (at, validators, list_of) = (capture.at, capture.validators.clone(), job.clone());
        let read = aside(move || Ok((list(&list_of, &capture)?, sha256(&capture.body))));
        let (mut listing, hash) = read.await.map_err(ListError::Unreadable)?;
        state.full = if state.validators.is_empty() { Some(at) } else { state.full };
        state.content_sha256 = Some(hash);
        state.validators = validators;
        self.children(job, std::mem::take(&mut listing.children)).await.map_err(ListError::End)?;
        let latest = listing.latest.map(|latest| latest.min(clock::now()));
        let (mut brought, mut listed, mut page) = (0, 0, 1);
        loop {
            let next = listing.next.take();
            let found = self.enqueue(job, listing.candidates).await.map_err(ListError::End)?;
            brought += found.new + found.refreshed;
            listed += found.new + found.refreshed + found.known;
            let all_new = found.new + found.refreshed > 0 && found.known == 0;
            let goes_on = all_new || job.kind == SourceKind::Api;
            let Some(next) = next.filter(|_| goes_on) else { break };
            if page >= self.run.config.poll.pages {
                tracing::info!(source = %job.url, "more than {page} pages; the rest is not read");
                break;
            }
            page += 1;
            match self.further(job, next).await.map_err(ListError::End)? {
                Some(further) => listing = further,
                None => break,
            }
        }
        if self.run.finds_new() {
            self.run.tally.gave(&job.site.id, |given| given.list(job.kind, listed));
        }
        state.mark = latest.max(state.mark);
        Ok(brought)
    }

    /// A further page of a list. That there is none is no failure: it was a guess, or the list's end.
    async fn further(&mut self, job: &SourceJob, url: PageUrl) -> Result<Option<Listing>, HostEnd> {
        let first_time = self.seen.insert(format!("{} {url}", job.kind.as_str()));
        if !first_time || self.allowed(&url, &job.site.id).await? != Allowed::Yes {
            return Ok(None);
        }
        let outcome = self.get_source(job, url, Validators::default()).await?;
        let Outcome::Captured(capture) = outcome else { return Ok(None) };
        let job = job.clone();
        Ok(aside(move || list(&job, &capture)).await.ok())
    }

    /// Hands out the sitemaps that an index lists.
    async fn children(&mut self, job: &SourceJob, mut children: Vec<Candidate>) -> Result<(), HostEnd> {
        if job.kind != SourceKind::Sitemap || job.depth >= DEPTH {
            return Ok(());
        }
        children.sort_by_key(|child| std::cmp::Reverse(child.modified));
        children.truncate(CHILDREN);
        let listed = children.iter().map(|child| child.url.clone()).collect();
        let writer = self.run.archive.writer();
        writer.keep_children(job.url.clone(), listed).await.map_err(HostEnd::Archive)?;
        for child in children {
            self.hand_out(job.child(child.url, child.modified));
        }
        Ok(())
    }

    async fn enqueue(&mut self, job: &SourceJob, found: Vec<Candidate>) -> Result<Enqueued, HostEnd> {
        let now = clock::now();
        let credible = |mut candidate: Candidate| {
            candidate.modified = candidate.modified.filter(|modified| modified.duration_since(now) <= AHEAD);
            candidate
        };
        let mut accepted = found.into_iter().filter(|c| job.site.accepts(&c.url)).map(credible);
        let (mut tally, mut hosts, mut all) = (Enqueued::default(), HashSet::new(), 0);
        loop {
            let some: Vec<Candidate> = accepted.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            all += some.len();
            if self.run.finds_new() {
                hosts.extend(some.iter().map(|c| c.url.host_key()).filter(|host| *host != self.host));
                let queued = self.run.archive.writer().enqueue(job.site.id.clone(), some, now);
                tally += queued.await.map_err(HostEnd::Archive)?;
            }
        }
        tracing::info!(source = %job.url, candidates = all, "read a {}", job.kind.as_str());
        hosts.into_iter().for_each(|host| self.run.spill(host));
        Ok(tally)
    }
}

/// Reads a list on a blocking thread: a sitemap may have 50 MB.
async fn aside<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, DiscoverError> + Send + 'static,
) -> Result<T, DiscoverError> {
    match tokio::task::spawn_blocking(read).await.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime is ending, and this task with it.
        Err(Err(_)) => std::future::pending().await,
    }
}

/// Reads a page of a list by its kind.
fn list(job: &SourceJob, capture: &Capture) -> Result<Listing, DiscoverError> {
    let of = |candidates, next| Listing { candidates, next, ..Listing::default() };
    match job.kind {
        SourceKind::Feed => {
            let feed = discover::feed::read(&capture.body, capture.content_type.as_deref(), &capture.url)?;
            let next = discover::links::next_of_feed(&feed, &capture.url);
            Ok(of(feed.candidates, next))
        }
        SourceKind::Sitemap => {
            let sitemap = discover::sitemap::read(&capture.body, &capture.url)?;
            Ok(Listing { children: sitemap.children, ..of(sitemap.candidates, None) })
        }
        SourceKind::Section => {
            let (text, _) = charset::decode(&capture.body, capture.content_type.as_deref());
            let document = Document::parse(&text);
            let candidates = discover::section::read(&document, &capture.url, &job.site.rules.discover);
            Ok(of(candidates, discover::links::next_of_section(&document, &capture.url)))
        }
        SourceKind::Api => {
            let posts = discover::api::read(&capture.body, &capture.url)?;
            let links = capture.links.as_deref().unwrap_or_default();
            let next = discover::links::in_header(links, "next", &capture.url);
            let next = next.filter(|next| next.host_key() == capture.url.host_key());
            Ok(Listing { latest: posts.latest, ..of(posts.candidates, next) })
        }
    }
}
