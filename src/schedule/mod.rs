//! When to look again. Pure: everything here takes `now` and answers with an instant.

use jiff::{SignedDuration, Timestamp};

use crate::config::Recheck;

/// When an article is to be looked at again: the step of the ladder that its age falls in says
/// after how long; past the last step, never.
///
/// Age counts from when the archive first saw the article, not from when the page says it was
/// published: an old story that has just been found is as likely to be wrong as a new one to us,
/// and stated times are not to be trusted with somebody's bandwidth.
#[must_use]
pub fn next_check(recheck: &Recheck, first_seen: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let age = now.duration_since(first_seen).max(SignedDuration::ZERO);
    let step = recheck.ladder.iter().find(|step| age < to_signed(step.age))?;
    now.checked_add(to_signed(step.every)).ok()
}

/// When a page that could not be had is to be asked for again: 15 minutes after the first failure,
/// four times as long after each further one, at most 30 days.
#[must_use]
pub fn retry_page(tries: u32, now: Timestamp) -> Timestamp {
    let minutes = 15_i64.saturating_mul(4_i64.saturating_pow(tries)).min(30 * 24 * 60);
    now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX)
}

fn to_signed(duration: std::time::Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::config::Step;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_ladder_gives_the_next_look() {
        let hours = |h: u64| Duration::from_secs(h * 3600);
        let recheck = Recheck {
            ladder: vec![
                Step { age: hours(1), every: Duration::ZERO },
                Step { age: hours(24), every: hours(2) },
                Step { age: hours(48), every: hours(24) },
            ],
            gone_after: hours(6),
            max_per_run: 10,
        };
        let seen = at("2026-01-01T00:00:00Z");
        for (now, next) in [
            ("2026-01-01T00:30:00Z", Some("2026-01-01T00:30:00Z")),
            ("2026-01-01T01:00:00Z", Some("2026-01-01T03:00:00Z")),
            ("2026-01-02T00:00:00Z", Some("2026-01-03T00:00:00Z")),
            ("2026-01-03T00:00:00Z", None),
            // The clock went back: as young as can be.
            ("2025-12-31T00:00:00Z", Some("2025-12-31T00:00:00Z")),
        ] {
            assert_eq!(next_check(&recheck, seen, at(now)), next.map(at), "{now}");
        }
    }

    #[test]
    fn failures_are_asked_for_ever_more_rarely() {
        let now = at("2026-01-01T00:00:00Z");
        assert_eq!(retry_page(0, now), at("2026-01-01T00:15:00Z"));
        assert_eq!(retry_page(2, now), at("2026-01-01T04:00:00Z"));
        assert_eq!(retry_page(60, now), at("2026-01-31T00:00:00Z"));
    }
}
