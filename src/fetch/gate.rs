//! The gate of one host: when the next request to it may start.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use jiff::Timestamp;
use tokio::time::Instant;

use super::backoff::{self, Health};
use super::pace::{LONGEST, Pace};
use crate::model::{Failure, Outcome, Retry};

type Limiter = RateLimiter<NotKeyed, InMemoryState, HandClock, NoOpMiddleware<Duration>>;

/// A clock that the gate sets, so that limiter and gate never see two different times.
#[derive(Debug, Clone, Default)]
struct HandClock(Arc<AtomicU64>);

impl Clock for HandClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

/// One request at a time to one host, none sooner than the delay after the last one started *and*
/// after it ended, none before the instant that a back-off has set. A host that answers slowly or
/// that pushed back rests longer than the delay, and up to a quarter is added by chance.
///
/// One task owns the gate of a host and passes it with every request: pages, robots.txt, feeds,
/// redirects that lead here.
#[derive(Debug)]
pub struct HostGate {
    pace: Pace,
    made: Instant,
    clock: HandClock,
    limiter: Option<Limiter>,
    /// When the last request started or, once it has, ended.
    last: Option<Instant>,
    /// How long to rest from then.
    rest: Duration,
    /// The end of the back-off. An instant of its own: were it one with the delay's, every request
    /// would set it anew.
    not_before: Option<Instant>,
    /// Failures in a row that made this host be left alone.
    failures: u32,
}

impl HostGate {
    /// A gate that lets the first request through at once, later ones after `delay`.
    #[must_use]
    pub fn new(delay: Duration) -> Self {
        let (pace, clock) = (Pace::new(delay), HandClock::default());
        let limiter = limiter(pace.least(), &clock);
        Self {
            pace,
            made: Instant::now(),
            clock,
            limiter,
            last: None,
            rest: Duration::ZERO,
            not_before: None,
            failures: 0,
        }
    }

    /// Least time between two requests, as the host bears it now.
    #[must_use]
    pub fn delay(&self) -> Duration {
        self.pace.rest()
    }

    /// Raises the delay (`Crawl-delay` of robots.txt), which the next request keeps already; a
    /// smaller one changes nothing.
    pub fn raise_delay(&mut self, delay: Duration) {
        if delay > self.pace.least() {
            self.pace.raise(delay);
            self.limiter = limiter(self.pace.least(), &self.clock);
        }
    }

    /// How long the next request must still wait.
    #[must_use]
    pub fn wait(&self) -> Duration {
        self.wait_at(Instant::now())
    }

    /// The same as a time of day, for the host's row in the archive.
    #[must_use]
    pub fn next_at(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.wait()).unwrap_or(Timestamp::MAX)
    }

    /// Waits until a request may start, and takes the turn.
    pub async fn ready(&mut self) {
        while let Err(wait) = self.take(Instant::now()) {
            tokio::time::sleep(wait).await;
        }
    }

    /// The request has ended, well or not: the delay counts from here.
    pub fn done(&mut self) {
        self.done_at(Instant::now());
    }

    /// Learns from an outcome: 429, 503 and their like and answers that do not come close the gate
    /// for a while, any answer opens it again. Failures that come in while it is closed were asked
    /// for before it closed, and do not count again.
    pub fn observe(&mut self, outcome: &Outcome, now: Timestamp) {
        self.observe_at(outcome, now, Instant::now());
    }

    fn done_at(&mut self, at: Instant) {
        if let Some(started) = self.last {
            self.pace.took(at.saturating_duration_since(started));
        }
        self.last = Some(at);
        self.rest = self.pace.rest_by_chance();
    }

    fn wait_at(&self, at: Instant) -> Duration {
        let rested = self.last.map(|last| last + self.rest.max(self.pace.rest()));
        let until = rested.max(self.not_before);
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(at))
    }

    /// Takes the turn, or says how long to wait for it.
    fn take(&mut self, at: Instant) -> Result<(), Duration> {
        let wait = self.wait_at(at);
        if !wait.is_zero() {
            return Err(wait);
        }
        if let Some(limiter) = &self.limiter {
            let nanos = at.saturating_duration_since(self.made).as_nanos();
            self.clock.0.store(u64::try_from(nanos).unwrap_or(u64::MAX), Ordering::Relaxed);
            limiter.check().map_err(|not_yet| not_yet.wait_time_from(self.clock.now()))?;
        }
        (self.last, self.rest) = (Some(at), Duration::ZERO);
        Ok(())
    }

    fn observe_at(&mut self, outcome: &Outcome, now: Timestamp, at: Instant) {
        let closed = self.not_before.is_some_and(|until| until > at);
        match Health::of(outcome) {
            Health::Well if !closed => {
                self.failures = 0;
                self.not_before = None;
                self.pace.eased();
            }
            Health::Ill if !closed => {
                self.failures = self.failures.saturating_add(1);
                self.pace.pushed_back();
                self.close_until(at + backoff::wait(self.failures, self.pace.least()));
            }
            Health::Well | Health::Ill | Health::Unknown => {}
        }
        // What the server asks for is a least time; it does not stand in for our own.
        if let Outcome::Failed(Failure { retry: Retry::NotBefore(until), .. }) = outcome
            && let Ok(wait) = Duration::try_from(until.duration_since(now))
        {
            self.close_until(at + wait.min(LONGEST));
        }
    }

    fn close_until(&mut self, instant: Instant) {
        self.not_before = self.not_before.max(Some(instant));
    }
}

fn limiter(delay: Duration, clock: &HandClock) -> Option<Limiter> {
    let quota = Quota::with_period(delay)?.allow_burst(NonZeroU32::MIN);
    Some(RateLimiter::direct_with_clock(quota, clock.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELAY: Duration = Duration::from_secs(2);

    fn now() -> Timestamp {
        "2026-01-01T00:00:00Z".parse().unwrap()
    }

    fn status(status: u16, retry: Retry) -> Outcome {
        Outcome::Failed(Failure {
            code: "http_status",
            message: String::new(),
            status: Some(status),
            retry,
            page: None,
        })
    }

    fn gone() -> Outcome {
        Outcome::Gone { status: 404 }
    }

    fn secs(seconds: f64) -> Duration {
        Duration::from_secs_f64(seconds)
    }

    #[test]
    fn the_delay_counts_from_the_start_and_from_the_end_of_a_request() {
        let mut gate = HostGate::new(DELAY);
        let t = gate.made;
        assert_eq!(gate.take(t), Ok(()));
        assert_eq!(gate.take(t + secs(0.5)), Err(secs(1.5)));
        // The request took three seconds.
        gate.last = Some(t + secs(3.0));
        assert_eq!(gate.take(t + secs(3.0)), Err(DELAY));
        assert_eq!(gate.take(t + secs(4.9)), Err(secs(0.1)));
        assert_eq!(gate.take(t + secs(5.0)), Ok(()));
    }

    #[test]
    fn a_delay_is_raised_at_once_and_never_lowered() {
        let mut gate = HostGate::new(DELAY);
        let t = gate.made;
        assert_eq!(gate.take(t), Ok(()));
        gate.raise_delay(secs(1.0));
        assert_eq!(gate.delay(), DELAY);
        gate.raise_delay(secs(10.0));
        assert_eq!(gate.take(t + DELAY), Err(secs(8.0)));
        assert_eq!(gate.take(t + secs(10.0)), Ok(()));
        gate.raise_delay(Duration::MAX);
        assert_eq!(gate.delay(), LONGEST);
        let mut free = HostGate::new(Duration::ZERO);
        assert_eq!((free.take(t), free.take(t)), (Ok(()), Ok(())));
    }

    #[test]
    fn failures_close_the_gate_longer_each_time_and_an_answer_opens_it() {
        let mut gate = HostGate::new(DELAY);
        let mut t = gate.made;
        let mut last = Duration::ZERO;
        for failures in 1..=4 {
            gate.observe_at(&status(503, Retry::Backoff), now(), t);
            let wait = gate.wait_at(t);
            assert!(wait >= last * 3 / 2, "{wait:?} after {last:?}");
            assert_eq!(gate.failures, failures);
            (t, last) = (t + wait, wait);
        }
        gate.observe_at(&gone(), now(), t);
        assert_eq!((gate.failures, gate.wait_at(t)), (0, Duration::ZERO));
    }

    #[test]
    fn many_answers_to_one_burst_count_once() {
        let mut gate = HostGate::new(DELAY);
        let t = gate.made;
        for _ in 0..10 {
            gate.observe_at(&status(429, Retry::Backoff), now(), t);
        }
        assert_eq!(gate.failures, 1);
        // Nor does a late good answer to the same burst open what the others closed.
        gate.observe_at(&gone(), now(), t);
        assert!(gate.wait_at(t) >= secs(10.0));
    }

    #[test]
    fn a_server_may_ask_for_more_than_our_own_wait_but_not_for_less() {
        let t = HostGate::new(DELAY).made;
        for (named, least, most) in [(3600, 3600.0, 3600.0), (1, 10.0, 12.5), (-60, 10.0, 12.5)] {
            let mut gate = HostGate::new(DELAY);
            let until = now() + jiff::SignedDuration::from_secs(named);
            gate.observe_at(&status(429, Retry::NotBefore(until)), now(), t);
            let wait = gate.wait_at(t);
            assert!(wait >= secs(least) && wait <= secs(most), "{named}: {wait:?}");
        }
    }

    #[test]
    fn the_fault_of_one_page_does_not_close_the_gate() {
        let mut gate = HostGate::new(DELAY);
        let t = gate.made;
        for outcome in [status(500, Retry::Backoff), status(403, Retry::Never), Outcome::Disallowed] {
            gate.observe_at(&outcome, now(), t);
            assert_eq!(gate.wait_at(t), Duration::ZERO);
        }
    }
}
