//! Asking for a robots.txt, as one of the host's requests.

use std::sync::Arc;

use super::clock;
use super::host::{HostTask, ends_task};
use super::work::HostEnd;
use crate::fetch::Accept;
use crate::fetch::robots::RobotsState;
use crate::model::{Failure, Outcome, PageUrl, Retry, Validators};
use crate::store::RobotsRecord;

/// Redirects to follow for a robots.txt (RFC 9309 §2.3.1.2).
const REDIRECTS: usize = 5;

/// Whether an address may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// The rules allow it.
    Yes,
    /// The rules forbid it.
    No,
    /// The rules could not be read, so nothing may be asked for in this run. That says nothing about
    /// the page, and a later run asks for the rules again.
    Unknown,
}

impl HostTask {
    /// Whether robots.txt lets us ask for an address.
    pub async fn allowed(&mut self, url: &PageUrl, site: &str) -> Result<Allowed, HostEnd> {
        let robots = self.robots(url, site).await?;
        Ok(match robots.allows(url.path_and_query()) {
            true => Allowed::Yes,
            false if robots.is_unknown() => Allowed::Unknown,
            false => Allowed::No,
        })
    }

    /// The rules for an address: from this run, from the archive, or asked for now. That they cannot
    /// be had is told here, once for all that the site loses by it.
    pub async fn robots(&mut self, url: &PageUrl, site: &str) -> Result<Arc<RobotsState>, HostEnd> {
        let origin = url.origin().to_owned();
        if let Some(state) = self.robots.get(&origin) {
            return Ok(Arc::clone(state));
        }
        let state = Arc::new(self.stored_or_asked(&origin, url).await?);
        if let Some(delay) = state.rules().and_then(|rules| rules.crawl_delay()) {
            self.raise_delay(delay.min(self.run.config.crawl.max_crawl_delay)).await;
        }
        if let RobotsState::DenyAll { reason } = &*state {
            self.failed(site, url, "robots_unreachable", reason);
        }
        self.robots.insert(origin, Arc::clone(&state));
        Ok(state)
    }

    async fn stored_or_asked(&mut self, origin: &str, url: &PageUrl) -> Result<RobotsState, HostEnd> {
        let stored = self.run.reader().and_then(|reader| reader.robots(origin)).unwrap_or_else(|error| {
            tracing::error!(code = error.code(), "cannot read the robots.txt of {origin}: {error}");
            None
        });
        let copy = stored.as_ref().map(|record| (record.body.as_deref().unwrap_or_default(), record.fetched));
        if let Some(state) = copy.and_then(|(body, at)| RobotsState::from_cache(body, at, clock::now())) {
            return Ok(state);
        }
        let outcome = self.get_robots(url).await;
        if let Some(end) = ends_task(&outcome) {
            return Err(end);
        }
        let now = clock::now();
        // Only a definite answer is kept; a failure is asked again at the next run. No rules at all
        // are what an empty file means, too.
        let (status, body) = match &outcome {
            Outcome::Captured(capture) => (Some(capture.status), Some(capture.body.clone())),
            Outcome::Gone { status } => (Some(*status), None),
            Outcome::Failed(Failure { status: status @ Some(400..=428 | 430..=499), .. }) => (*status, None),
            _ => (None, None),
        };
        if status.is_some() {
            let record = RobotsRecord { fetched: now, status, error: None, body, body_at: None };
            if let Err(error) = self.run.archive.writer().put_robots(origin.to_owned(), record).await {
                tracing::error!(code = error.code(), "cannot keep the robots.txt of {origin}: {error}");
            }
        }
        Ok(RobotsState::decide(&outcome, copy, now))
    }

    async fn get_robots(&mut self, url: &PageUrl) -> Outcome {
        let unavailable = Outcome::Gone { status: 404 };
        let Ok(mut at) = url.join("/robots.txt") else { return unavailable };
        for _ in 0..=REDIRECTS {
            let outcome = if at.host_key() == self.host {
                self.ask(&at, Validators::default(), Accept::Robots).await
            } else {
                self.ask_as_guest(&at).await
            };
            match outcome {
                Outcome::Moved { to, .. } => at = to,
                outcome => return outcome,
            }
        }
        unavailable
    }
}

/// A redirect led to where the rules cannot be read.
pub fn robots_unreachable() -> Failure {
    Failure {
        code: "robots_unreachable",
        message: "it leads to a site whose robots.txt cannot be read".to_owned(),
        status: None,
        retry: Retry::Backoff,
        page: None,
    }
}
