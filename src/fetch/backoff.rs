//! How long to leave a host alone that cannot answer.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::model::{Failure, Outcome};

/// The first wait; doubled at every further failure.
const FIRST: Duration = Duration::from_secs(10);
/// The longest wait.
const LONGEST: Duration = Duration::from_secs(15 * 60);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What an outcome says about the state of its host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Health {
    /// It answers.
    Well,
    /// It asks to be left alone, or does not answer.
    Ill,
    /// Nothing: the fault is the page's or ours.
    Unknown,
}

impl Health {
    pub(super) fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Captured(_)
            | Outcome::NotModified { .. }
            | Outcome::Moved { .. }
            | Outcome::Gone { .. } => Self::Well,
            Outcome::Disallowed => Self::Unknown,
            Outcome::Failed(failure) => Self::of_failure(failure),
        }
    }

    fn of_failure(failure: &Failure) -> Self {
        match (failure.status, failure.code) {
            (Some(408 | 429 | 502 | 503 | 504), _) => Self::Ill,
            (_, "timeout" | "dns" | "connect" | "tls" | "connection_closed") => Self::Ill,
            _ => Self::Unknown,
        }
    }
}

/// The wait after so many failures in a row (1 = the first): doubling from ten seconds, or from
/// twice the host's delay where that is longer, to a quarter of an hour. Up to a quarter is added by
/// chance, so that hosts that failed together are not asked together.
pub(super) fn wait(failures: u32, delay: Duration) -> Duration {
    let first = FIRST.max(delay.saturating_mul(2)).min(DAY);
    let wait = first.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST.max(first));
    wait + wait.mul_f64(chance() / 4.0)
}

/// A number from 0 to 1. The standard library seeds its hash maps from the system's randomness, which
/// is as much chance as a jitter needs.
pub(super) fn chance() -> f64 {
    let random = RandomState::new().build_hasher().finish();
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_jitter_adds_at_most_a_quarter() {
        let s = Duration::from_secs;
        for (failures, delay, least) in [
            (0, s(2), s(10)),
            (1, s(2), s(10)),
            (2, s(2), s(20)),
            (4, s(2), s(80)),
            (40, s(2), s(900)),
            (1, s(60), s(120)),
            (u32::MAX, s(600), s(1200)),
            (9, Duration::MAX, s(86_400)),
        ] {
            let wait = wait(failures, delay);
            assert!(wait >= least && wait <= least.mul_f64(1.2501), "{failures} {delay:?}: {wait:?}");
        }
    }
}
