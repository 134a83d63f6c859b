//! When to look again. Pure: everything here takes `now` and answers with an instant.

mod poll;

use jiff::{SignedDuration, Timestamp};

use crate::config::Recheck;

pub use poll::{Next, Polled, next_after_refusal, next_poll, wants_full_read};

/// Heat of an edit: an article is as hot as one that is so many times as old as the edit. Who has
/// just corrected a story often corrects it again.
const EDIT_AGES: i32 = 4;
/// Younger articles are looked at as the ladder says, however often nothing changed: most edits fall
/// in the first two days.
const HOT: SignedDuration = SignedDuration::from_hours(48);
/// An article that stays as it is is looked at so many times more rarely than the ladder says, at most.
const MOST_STRETCH: i32 = 4;

/// What is known of the looks at an article so far.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it last changed.
    pub last_changed: Timestamp,
    /// How long the wait for this look was to be.
    pub waited: SignedDuration,
    /// Whether this look showed nothing new.
    pub unchanged: bool,
}

/// When an article is to be looked at again: the step of the ladder that its age falls in says
/// after how long; past the last step, never. An edit makes it young again for a while; past the
/// first two days each look that shows nothing new lets the next one wait half as long again.
///
/// Age counts from when the archive first saw the article, not from when the page says it was
/// published: an old story that has just been found is as likely to be wrong as a new one to us,
/// and stated times are not to be trusted with somebody's bandwidth.
#[must_use]
pub fn next_check(recheck: &Recheck, looks: &Looks, now: Timestamp) -> Option<Timestamp> {
    let since = |then: Timestamp| now.duration_since(then).max(SignedDuration::ZERO);
    let mut age = since(looks.first_seen);
    if looks.last_changed > looks.first_seen {
        age = age.min(since(looks.last_changed).saturating_mul(EDIT_AGES));
    }
    let step = recheck.ladder.iter().find(|step| age < to_signed(step.age))?;
    let every = to_signed(step.every);
    let stretched = looks.unchanged && age >= HOT && looks.waited >= every;
    let wait = if stretched {
        (looks.waited + looks.waited / 2).min(every.saturating_mul(MOST_STRETCH))
    } else {
        every
    };
    now.checked_add(wait).ok()
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

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn ladder() -> Recheck {
        let hours = |h: u64| Duration::from_secs(h * 3600);
        let step = |age, every| Step { age: hours(age), every: hours(every) };
        Recheck {
            ladder: vec![step(1, 0), step(24, 2), step(24 * 30, 24), step(24 * 365, 24 * 7)],
            gone_after: hours(6),
            max_per_run: 10,
        }
    }

    fn looks(first_seen: Timestamp) -> Looks {
        Looks { first_seen, last_changed: first_seen, waited: SignedDuration::ZERO, unchanged: true }
    }

    #[test]
    fn the_ladder_gives_the_next_look() {
        let seen = at("2026-01-01T00:00:00Z");
        for (now, next) in [
            ("2026-01-01T00:30:00Z", Some("2026-01-01T00:30:00Z")),
            ("2026-01-01T01:00:00Z", Some("2026-01-01T03:00:00Z")),
            ("2026-01-02T00:00:00Z", Some("2026-01-03T00:00:00Z")),
            ("2027-01-01T00:00:00Z", None),
            // The clock went back: as young as can be.
            ("2025-12-31T00:00:00Z", Some("2025-12-31T00:00:00Z")),
        ] {
            assert_eq!(next_check(&ladder(), &looks(seen), at(now)), next.map(at), "{now}");
        }
    }

    #[test]
    fn an_article_that_stays_as_it_is_is_looked_at_ever_more_rarely() {
        let seen = at("2026-01-01T00:00:00Z");
        let (mut now, mut waited) = (seen + HOUR * 72, HOUR * 2);
        for hours in [24, 36, 54, 81, 96, 96] {
            let next = next_check(&ladder(), &Looks { waited, ..looks(seen) }, now).unwrap();
            assert_eq!(next.duration_since(now), HOUR * hours);
            (waited, now) = (next.duration_since(now), next);
        }
        // In the first two days nothing is stretched.
        let now = seen + HOUR * 30;
        let next = next_check(&ladder(), &Looks { waited: HOUR * 24, ..looks(seen) }, now).unwrap();
        assert_eq!(next.duration_since(now), HOUR * 24);
    }

    #[test]
    fn an_edit_makes_an_article_young_again() {
        let seen = at("2026-01-01T00:00:00Z");
        let edited = seen + HOUR * 24 * 60;
        let wait = |hours: i32, unchanged| {
            let looks = Looks { last_changed: edited, waited: HOUR * 24 * 21, unchanged, ..looks(seen) };
            let now = edited + HOUR * hours;
            next_check(&ladder(), &looks, now).unwrap().duration_since(now)
        };
        assert_eq!(wait(0, false), SignedDuration::ZERO);
        assert_eq!(wait(1, true), HOUR * 2);
        assert_eq!(wait(6, true), HOUR * 24);
        assert_eq!(wait(24 * 20, false), HOUR * 24 * 7);
    }

    #[test]
    fn failures_are_asked_for_ever_more_rarely() {
        let now = at("2026-01-01T00:00:00Z");
        assert_eq!(retry_page(0, now), at("2026-01-01T00:15:00Z"));
        assert_eq!(retry_page(2, now), at("2026-01-01T04:00:00Z"));
        assert_eq!(retry_page(60, now), at("2026-01-31T00:00:00Z"));
    }
}
