//! What the answer to a request for robots.txt means (RFC 9309 §2.3.1).

use std::time::Duration;

use jiff::Timestamp;

use super::Robots;
use crate::fetch::PRODUCT;
use crate::model::{Failure, Outcome};

/// A copy older than this is not used (RFC 9309 §2.4).
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// What may be asked of a host.
#[derive(Debug, Clone, PartialEq)]
pub enum RobotsState {
    /// What these rules allow.
    Rules(Robots),
    /// Everything: there is no robots.txt.
    AllowAll,
    /// Nothing: whether there is a robots.txt cannot be known.
    DenyAll {
        /// Why, in a sentence for people.
        reason: String,
    },
}

impl RobotsState {
    /// Decides from the outcome of the request, and from the last good copy with the time at which
    /// it was fetched. Redirects are followed by the caller, through the gate of the host they lead
    /// to; a [`Outcome::Moved`] that arrives here is the one after the fifth.
    #[must_use]
    pub fn decide(outcome: &Outcome, cached: Option<(&[u8], Timestamp)>, now: Timestamp) -> Self {
        let rules = |body| Self::Rules(Robots::parse(body, PRODUCT));
        match outcome {
            Outcome::Captured(capture) => rules(&capture.body),
            // Only a copy can have made the question conditional, so it is as good as new.
            Outcome::NotModified { .. } => match cached {
                Some((body, _)) => rules(body),
                None => Self::deny("the site answered 304 to a question that was not conditional"),
            },
            Outcome::Gone { .. } | Outcome::Moved { .. } => Self::AllowAll,
            Outcome::Failed(Failure { status: Some(300..=428 | 430..=499), .. }) => Self::AllowAll,
            Outcome::Failed(failure) => match cached {
                Some((body, fetched)) if is_fresh(fetched, now) => rules(body),
                _ => Self::deny(&failure.message),
            },
            Outcome::Disallowed => Self::deny("robots.txt was not asked for"),
        }
    }

    /// The state that a stored copy of robots.txt stands for while it is fresh, so that a run does not
    /// ask again.
    #[must_use]
    pub fn from_cache(body: &[u8], fetched: Timestamp, now: Timestamp) -> Option<Self> {
        is_fresh(fetched, now).then(|| Self::Rules(Robots::parse(body, PRODUCT)))
    }

    /// Whether a path with its query may be asked for.
    #[must_use]
    pub fn allows(&self, path_and_query: &str) -> bool {
        match self {
            // Asking for the rules is always allowed (RFC 9309 §2.2.2).
            _ if path_and_query == "/robots.txt" => true,
            Self::Rules(robots) => robots.allows(path_and_query),
            Self::AllowAll => true,
            Self::DenyAll { .. } => false,
        }
    }

    /// The rules, where there are any.
    #[must_use]
    pub fn rules(&self) -> Option<&Robots> {
        match self {
            Self::Rules(robots) => Some(robots),
            Self::AllowAll | Self::DenyAll { .. } => None,
        }
    }

    fn deny(reason: &str) -> Self {
        Self::DenyAll { reason: format!("robots.txt cannot be read, so nothing may be asked for: {reason}") }
    }
}

/// A copy from the future was stored while the clock was wrong: its age is unknown.
fn is_fresh(fetched: Timestamp, now: Timestamp) -> bool {
    Duration::try_from(now.duration_since(fetched)).is_ok_and(|age| age <= FRESH)
}
