//! How long one host rests between two requests.

use std::time::Duration;

use super::backoff::chance;

/// No delay and no wait is longer: what is, is a mistake, and would overflow the clock.
pub(super) const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// A slow or pushed host rests no longer than this, unless its site asks for more.
const SLOWEST: Duration = Duration::from_secs(60);
/// A host rests so many times as long as it takes to answer.
const REST_PER_ANSWER: u32 = 2;
/// How much slower a host is asked that pushes back, at most.
const MOST_FACTOR: f64 = 16.0;
/// What a good answer leaves of that.
const EASE: f64 = 0.95;

/// The rest of a host: the delay that its site or its robots.txt asks for, longer while it answers
/// slowly, and longer after it pushed back.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// The delay that is asked for.
    least: Duration,
    /// How long it takes to answer, lately.
    answers_in: Duration,
    /// How much slower than the delay it is asked.
    factor: f64,
}

impl Pace {
    pub(super) fn new(least: Duration) -> Self {
        Self { least: least.min(LONGEST), answers_in: Duration::ZERO, factor: 1.0 }
    }

    /// The delay that is asked for.
    pub(super) fn least(&self) -> Duration {
        self.least
    }

    /// Raises the delay; a smaller one changes nothing.
    pub(super) fn raise(&mut self, least: Duration) {
        self.least = self.least.max(least.min(LONGEST));
    }

    /// The rest, without chance.
    pub(super) fn rest(&self) -> Duration {
        let pushed = self.least.mul_f64(self.factor);
        let slow = self.answers_in.saturating_mul(REST_PER_ANSWER);
        pushed.max(slow).min(SLOWEST.max(self.least))
    }

    /// The rest, up to a quarter longer by chance: hosts that are asked in step look like an attack.
    pub(super) fn rest_by_chance(&self) -> Duration {
        let rest = self.rest();
        rest + rest.mul_f64(chance() / 4.0)
    }

    /// A request took so long. One answer in a row of others counts a quarter.
    pub(super) fn took(&mut self, time: Duration) {
        let time = time.min(SLOWEST);
        self.answers_in = if self.answers_in.is_zero() { time } else { (self.answers_in * 3 + time) / 4 };
    }

    /// It asked to be left alone.
    pub(super) fn pushed_back(&mut self) {
        self.factor = (self.factor * 2.0).min(MOST_FACTOR);
    }

    /// It answered well.
    pub(super) fn eased(&mut self) {
        self.factor = (self.factor * EASE).max(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: fn(u64) -> Duration = Duration::from_secs;

    #[test]
    fn the_rest_is_the_longest_of_what_is_asked_for_and_what_the_host_can_bear() {
        let mut pace = Pace::new(S(2));
        assert_eq!(pace.rest(), S(2));
        // It answers in five seconds.
        pace.took(S(5));
        assert_eq!(pace.rest(), S(10));
        // Then fast again: the rest comes down step by step, never under the delay.
        let mut last = pace.rest();
        for _ in 0..40 {
            pace.took(Duration::from_millis(10));
            assert!(pace.rest() <= last && pace.rest() >= S(2));
            last = pace.rest();
        }
        assert_eq!(last, S(2));
        // One that never answers in time is asked once a minute, not once an hour.
        (0..40).for_each(|_| pace.took(S(600)));
        assert_eq!(pace.rest(), S(60));
        // What its site asks for is never cut.
        pace.raise(S(300));
        pace.raise(S(1));
        assert_eq!(pace.rest(), S(300));
    }

    #[test]
    fn a_host_that_pushes_back_is_asked_more_slowly_for_a_while() {
        let mut pace = Pace::new(S(2));
        pace.pushed_back();
        assert_eq!(pace.rest(), S(4));
        (0..9).for_each(|_| pace.pushed_back());
        assert_eq!(pace.rest(), S(32));
        (0..60).for_each(|_| pace.eased());
        assert_eq!(pace.rest(), S(2));
        let mut hasty = Pace::new(Duration::ZERO);
        hasty.pushed_back();
        assert_eq!(hasty.rest(), Duration::ZERO);
    }

    #[test]
    fn chance_adds_at_most_a_quarter_and_takes_nothing() {
        let pace = Pace::new(S(4));
        for _ in 0..200 {
            let rest = pace.rest_by_chance();
            assert!(rest >= S(4) && rest <= Duration::from_millis(5001), "{rest:?}");
        }
        assert_eq!(Pace::new(Duration::MAX).rest(), LONGEST);
    }
}
