//! How often a list (feed, sitemap, section page, API) is asked for: as often as it brings something.

use jiff::{SignedDuration, Timestamp};

use super::to_signed;
use crate::config::Poll;

/// The wait that a new list starts with.
const START: SignedDuration = SignedDuration::from_mins(10);
/// After this time a list is read without asking whether it changed: WordPress says "not modified" of
/// a feed from which a story was deleted.
const FULL: SignedDuration = SignedDuration::from_hours(24);
/// A list that was refused to us is asked for again after this time.
const REFUSED: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is known of a list once it was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Polled {
    /// When it was first asked for.
    pub first: Timestamp,
    /// When it was asked for before; `None`: never.
    pub before: Option<Timestamp>,
    /// When it last brought something before now.
    pub changed: Option<Timestamp>,
    /// The wait that was to be kept until now; zero: none yet.
    pub interval: SignedDuration,
    /// How many new or changed articles it named now.
    pub brought: usize,
    /// How often in a row it could not be had, now included.
    pub failures: u32,
}

/// When a list is to be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// The wait that suits it.
    pub interval: SignedDuration,
    /// Not before then.
    pub at: Timestamp,
}

/// When to ask for a list again. One that brought nothing waits half as long again as it did, but never
/// longer than it has been quiet; one that did, a fifth less, and no longer than one of its articles
/// took to come. One that cannot be had waits twice as long each time.
#[must_use]
pub fn next_poll(bounds: &Poll, polled: &Polled, now: Timestamp) -> Next {
    let (least, most) = (to_signed(bounds.min), to_signed(bounds.max));
    let bounded = |wait: SignedDuration| wait.max(least).min(most);
    let since = |then: Timestamp| now.duration_since(then).max(SignedDuration::ZERO);
    let interval = if polled.interval.is_zero() { START } else { polled.interval };
    let interval = match (polled.failures, polled.brought) {
        (1.., _) => interval,
        (0, 0) => (interval + interval / 2).min(since(polled.changed.unwrap_or(polled.first))),
        (0, brought) => {
            let brought = i32::try_from(brought).unwrap_or(i32::MAX);
            let shorter = interval / 5 * 4;
            polled.before.map_or(interval, |before| shorter.min(since(before) / brought))
        }
    };
    let interval = bounded(interval);
    let wait = match polled.failures {
        0 => interval,
        failures => bounded(least.saturating_mul(2_i32.saturating_pow(failures))).max(interval),
    };
    // A tenth early: a run that begins some seconds sooner than its rhythm need not leave it to the next.
    let wait =
        if since(polled.first) < to_signed(bounds.learning) { SignedDuration::ZERO } else { wait / 10 * 9 };
    Next { interval, at: later(now, wait) }
}

/// When to ask again for what was refused to us (401, 403, 404): the refusal is remembered.
#[must_use]
pub fn next_after_refusal(now: Timestamp) -> Timestamp {
    later(now, REFUSED)
}

/// Whether a list is to be asked for without validators, to see what "not modified" may hide.
#[must_use]
pub fn wants_full_read(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.duration_since(last) >= FULL || last > now)
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);
    const FIRST: Timestamp = Timestamp::UNIX_EPOCH;

    /// Polls a list every 15 minutes from its first day on, where it is due; it brings `many` articles
    /// every `every` minutes. Gives how often it was asked for in the second day.
    fn polls_of_a_day(every: i32, many: usize) -> usize {
        let (mut before, mut changed, mut interval) = (None, None, SignedDuration::ZERO);
        let (mut due, mut asked, mut came) = (FIRST, 0, 0);
        for minute in (0..2 * 24 * 60).step_by(15) {
            let now = FIRST + MINUTE * minute;
            if now < due {
                continue;
            }
            asked += usize::from(minute >= 24 * 60);
            let brought = usize::try_from(minute / every - came).unwrap() * many;
            came = minute / every;
            let polled = Polled { first: FIRST, before, changed, interval, brought, failures: 0 };
            let next = next_poll(&Poll::default(), &polled, now);
            (before, interval, due) = (Some(now), next.interval, next.at);
            changed = if brought > 0 { Some(now) } else { changed };
        }
        asked
    }

    #[test]
    fn a_list_is_asked_for_as_often_as_it_changes() {
        assert_eq!(polls_of_a_day(15, 1), 96, "a busy site: at each run");
        assert_eq!(polls_of_a_day(10, 3), 96);
        assert!((20..=48).contains(&polls_of_a_day(60, 1)), "hourly: {}", polls_of_a_day(60, 1));
        assert!((2..=10).contains(&polls_of_a_day(24 * 60, 1)), "daily: {}", polls_of_a_day(24 * 60, 1));
        assert!((1..=4).contains(&polls_of_a_day(1_000_000, 1)), "never: {}", polls_of_a_day(1_000_000, 1));
    }

    fn polled(minutes: i32, interval: i32, brought: usize, failures: u32) -> (i64, i64) {
        let now = FIRST + MINUTE * 10_000;
        let before = Some(now - MINUTE * minutes);
        let polled =
            Polled { first: FIRST, before, changed: None, interval: MINUTE * interval, brought, failures };
        let next = next_poll(&Poll::default(), &polled, now);
        (next.interval.as_mins(), next.at.duration_since(now).as_mins())
    }

    #[test]
    fn what_came_meanwhile_says_how_often_it_comes() {
        assert_eq!(polled(100, 100, 0, 0), (150, 135));
        assert_eq!(polled(100, 100, 1, 0), (80, 72));
        assert_eq!(polled(100, 100, 10, 0), (10, 9), "ten in a hundred minutes");
        assert_eq!(polled(100, 100, 10_000, 0).0, 5, "the least");
        assert_eq!(polled(1440, 1440, 0, 0).0, 1440, "the most");
    }

    #[test]
    fn what_cannot_be_had_is_asked_for_ever_more_rarely() {
        assert_eq!(polled(15, 10, 0, 1), (10, 9));
        assert_eq!(polled(15, 10, 0, 3), (10, 36));
        assert_eq!(polled(15, 10, 0, 99), (10, 1296));
    }

    #[test]
    fn a_new_list_is_asked_for_at_every_run() {
        let now = FIRST + MINUTE * 59;
        let polled = Polled {
            first: FIRST,
            before: Some(FIRST),
            changed: None,
            interval: MINUTE * 10,
            brought: 0,
            failures: 0,
        };
        assert_eq!(next_poll(&Poll::default(), &polled, now).at, now);
        let later = FIRST + MINUTE * 60;
        assert!(next_poll(&Poll::default(), &polled, later).at > later);
        // The clock went back: as new as can be.
        assert_eq!(next_poll(&Poll::default(), &polled, FIRST - MINUTE).at, FIRST - MINUTE);
    }

    #[test]
    fn once_a_day_a_list_is_read_in_full() {
        let now = FIRST + MINUTE * 1440;
        assert!(wants_full_read(None, now) && wants_full_read(Some(FIRST), now));
        assert!(!wants_full_read(Some(FIRST + MINUTE), now));
        assert_eq!(next_after_refusal(FIRST), FIRST + MINUTE * 7 * 1440);
    }
}
