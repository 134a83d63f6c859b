//! Asking for a robots.txt, as one of the host's requests.

use std::sync::Arc;

use super::clock;
use super::host::HostTask;
use crate::fetch::Accept;
use crate::fetch::robots::RobotsState;
use crate::model::{Failure, Outcome, PageUrl, Validators};
use crate::store::RobotsRecord;

/// Redirects to follow for a robots.txt (RFC 9309 §2.3.1.2).
const REDIRECTS: usize = 5;

impl HostTask {
    /// Whether robots.txt lets us ask for an address.
    pub async fn allowed(&mut self, url: &PageUrl) -> bool {
        self.robots(url).await.allows(url.path_and_query())
    }

    /// The rules for an address: from this run, from the archive, or asked for now.
    pub async fn robots(&mut self, url: &PageUrl) -> Arc<RobotsState> {
        let origin = url.origin().to_owned();
        if let Some(state) = self.robots.get(&origin) {
            return Arc::clone(state);
        }
        let state = Arc::new(self.stored_or_asked(&origin, url).await);
        if let Some(delay) = state.rules().and_then(|rules| rules.crawl_delay()) {
            self.raise_delay(delay.min(self.run.config.crawl.max_crawl_delay));
        }
        if let RobotsState::DenyAll { reason } = &*state {
            tracing::info!(url = %origin, code = "robots_unreachable", "{reason}");
        }
        self.robots.insert(origin, Arc::clone(&state));
        state
    }

    async fn stored_or_asked(&mut self, origin: &str, url: &PageUrl) -> RobotsState {
        let stored = self.run.reader().and_then(|reader| reader.robots(origin)).unwrap_or_else(|error| {
            tracing::error!(code = error.code(), "cannot read the robots.txt of {origin}: {error}");
            None
        });
        let copy = stored.as_ref().map(|record| (record.body.as_deref().unwrap_or_default(), record.fetched));
        if let Some(state) = copy.and_then(|(body, at)| RobotsState::from_cache(body, at, clock::now())) {
            return state;
        }
        let outcome = self.get_robots(url).await;
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
        RobotsState::decide(&outcome, copy, now)
    }

    async fn get_robots(&mut self, url: &PageUrl) -> Outcome {
        let unavailable = Outcome::Gone { status: 404 };
        let Ok(mut at) = url.join("/robots.txt") else { return unavailable };
        for _ in 0..=REDIRECTS {
            match self.ask(&at, Validators::default(), Accept::Robots).await {
                // A redirect to another host would need that host's gate. What cannot be followed
                // counts as unavailable; `www.` and apex share our gate anyway.
                Outcome::Moved { to, .. } if to.host_key() == self.host => at = to,
                Outcome::Moved { .. } => return unavailable,
                outcome => return outcome,
            }
        }
        unavailable
    }
}
