//! Asking for a robots.txt, as one of the host's requests.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::host::HostTask;
use crate::fetch::robots::{RobotsState, url_of};
use crate::fetch::Accept;
use crate::model::{Outcome, PageUrl, Validators};
use crate::store::RobotsRecord;

/// A robots.txt is good for a day (RFC 9309 §2.4).
const FRESH: SignedDuration = SignedDuration::from_hours(24);
/// Redirects to follow for a robots.txt (RFC 9309 §2.3.1.2).
const REDIRECTS: usize = 5;

/// The rules of the origins that one host task has asked, by `scheme://host:port`.
pub type RobotsByOrigin = HashMap<String, Arc<RobotsState>>;

impl HostTask {
    /// The rules for an address: from this run, from the archive, or asked for now.
    pub async fn robots(&mut self, url: &PageUrl) -> Arc<RobotsState> {
        let origin = url.origin().to_owned();
        if let Some(state) = self.robots.get(&origin) {
            return Arc::clone(state);
        }
        let state = Arc::new(self.ask_robots(&origin, url).await);
        if let RobotsState::Rules(rules) = &*state {
            if let Some(delay) = rules.crawl_delay() {
                self.raise_delay(delay.min(self.run.config.crawl.max_crawl_delay));
            }
        }
        self.robots.insert(origin, Arc::clone(&state));
        state
    }

    async fn ask_robots(&mut self, origin: &str, url: &PageUrl) -> RobotsState {
        let now = Timestamp::now();
        let cached = self.run.reader().and_then(|reader| reader.robots(origin)).ok().flatten();
        if let Some(record) = &cached {
            if now.duration_since(record.fetched) < FRESH {
                return RobotsState::from_stored(record.status, record.body.as_deref());
            }
        }
        let outcome = self.get_robots(url).await;
        let now = Timestamp::now();
        let old = cached.as_ref().and_then(|r| r.body.as_deref().map(|body| (body, r.fetched)));
        let state = RobotsState::decide(&outcome, old, now);
        // Only a definite answer is kept; a failure is asked again at the next run.
        let (status, body) = match &outcome {
            Outcome::Captured(capture) => (Some(capture.status), Some(capture.body.clone())),
            Outcome::Gone { status } => (Some(*status), None),
            Outcome::Failed(failure) if matches!(failure.status, Some(400..=499) if failure.status != Some(429)) => {
                (failure.status, None)
            }
            _ => (None, None),
        };
        if status.is_some() {
            let record = RobotsRecord { fetched: now, status, body };
            if let Err(error) = self.run.archive.writer().put_robots(origin.to_owned(), record).await {
                tracing::error!(code = error.code(), "cannot keep robots.txt of {origin}: {error}");
            }
        }
        state
    }

    async fn get_robots(&mut self, url: &PageUrl) -> Outcome {
        let mut at = url_of(url);
        for _ in 0..=REDIRECTS {
            match self.ask(&at, Validators::default(), Accept::Robots).await {
                // A redirect to another host would need that host's gate; RFC 9309 lets us treat
                // what we cannot follow as unavailable, and www/apex share our gate anyway.
                Outcome::Moved { to, .. } if to.host_key() == self.host => at = to,
                Outcome::Moved { .. } => return Outcome::Gone { status: 404 },
                outcome => return outcome,
            }
        }
        Outcome::Gone { status: 404 }
    }
}
