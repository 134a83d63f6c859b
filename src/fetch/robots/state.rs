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

    /// Whether the rules could not be read.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::DenyAll { .. })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Capture, PageUrl, Retry, Validators};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn url() -> PageUrl {
        PageUrl::parse("https://kabar.example/robots.txt").unwrap()
    }

    fn captured(body: &str) -> Outcome {
        Outcome::Captured(Box::new(Capture {
            requested: url(),
            url: url(),
            status: 200,
            content_type: None,
            validators: Validators::default(),
            links: None,
            body: body.as_bytes().to_vec(),
            at: at("2026-01-02T00:00:00Z"),
            elapsed_ms: 1,
        }))
    }

    fn failed(code: &'static str, status: Option<u16>) -> Outcome {
        Outcome::Failed(Failure { code, message: code.to_owned(), status, retry: Retry::Backoff, page: None })
    }

    #[test]
    fn every_answer_has_its_meaning() {
        let now = at("2026-01-02T00:00:00Z");
        let not_modified = || Outcome::NotModified { validators: Validators::default() };
        let moved = || Outcome::Moved { to: url(), permanent: true, status: 301 };
        // The outcome; whether /a may be asked for without a copy, with a fresh one (which forbids
        // /a), and with an old one; the same for /b.
        for (outcome, a, b) in [
            (captured("User-agent: *\nDisallow: /b"), [true; 3], [false; 3]),
            (captured("<html>"), [true; 3], [true; 3]),
            (Outcome::Gone { status: 404 }, [true; 3], [true; 3]),
            (moved(), [true; 3], [true; 3]),
            (failed("redirect", Some(302)), [true; 3], [true; 3]),
            (failed("http_status", Some(401)), [true; 3], [true; 3]),
            (failed("http_status", Some(403)), [true; 3], [true; 3]),
            (failed("http_status", Some(429)), [false; 3], [false, true, false]),
            (failed("http_status", Some(500)), [false; 3], [false, true, false]),
            (failed("http_status", Some(503)), [false; 3], [false, true, false]),
            (failed("truncated", Some(200)), [false; 3], [false, true, false]),
            (failed("timeout", None), [false; 3], [false, true, false]),
            (failed("dns", None), [false; 3], [false, true, false]),
            (failed("tls", None), [false; 3], [false, true, false]),
            (failed("connect", None), [false; 3], [false, true, false]),
            (not_modified(), [false; 3], [false, true, true]),
        ] {
            let copy = b"User-agent: *\nDisallow: /a".as_slice();
            let copies =
                [None, Some((copy, at("2026-01-01T00:00:00Z"))), Some((copy, at("2025-12-31T23:59:59Z")))];
            for (i, cached) in copies.into_iter().enumerate() {
                let state = RobotsState::decide(&outcome, cached, now);
                assert_eq!((state.allows("/a"), state.allows("/b")), (a[i], b[i]), "{outcome:?}, copy {i}");
                assert!(state.allows("/robots.txt"));
            }
        }
    }

    #[test]
    fn a_copy_serves_for_a_day_and_not_from_the_future() {
        let copy = b"User-agent: *\nDisallow: /a".as_slice();
        let now = at("2026-01-02T00:00:00Z");
        for (fetched, serves) in [
            ("2026-01-01T00:00:00Z", true),
            ("2025-12-31T23:59:59Z", false),
            ("2026-01-02T00:00:00Z", true),
            ("2026-01-02T00:00:01Z", false),
        ] {
            let state = RobotsState::from_cache(copy, at(fetched), now);
            assert_eq!(state.is_some_and(|state| !state.allows("/a")), serves, "{fetched}");
        }
    }

    #[test]
    fn the_reason_of_a_refusal_can_be_read() {
        let state = RobotsState::decide(&failed("dns", None), None, at("2026-01-02T00:00:00Z"));
        let RobotsState::DenyAll { reason } = state else { panic!("{state:?}") };
        assert!(reason.contains("dns"), "{reason}");
    }
}
