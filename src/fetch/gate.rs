//! The gate of one host: when the next request to it may start.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use jiff::Timestamp;
use tokio::time::Instant;

use super::backoff::{self, Health};
use crate::model::{Failure, Outcome, Retry};

/// No delay and no wait is longer: what is, is a mistake, and would overflow the clock.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

type Limiter = RateLimiter<NotKeyed, InMemoryState, TokioClock, NoOpMiddleware<Duration>>;

/// The limiter's clock is the runtime's, so that a test that stops the time stops it for both.
#[derive(Debug, Clone, Copy)]
struct TokioClock(Instant);

impl Clock for TokioClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

/// One request at a time to one host, none sooner than the delay after the last one started *and*
/// after it ended, none before the instant that a back-off has set.
///
/// One task owns the gate of a host and passes it with every request: pages, robots.txt, feeds,
/// redirects that lead here.
#[derive(Debug)]
pub struct HostGate {
    delay: Duration,
    clock: TokioClock,
    limiter: Option<Limiter>,
    /// When the last request started or, once it has, ended.
    last: Option<Instant>,
    /// The end of the back-off. An instant of its own: were it one with the delay's, every request
    /// would set it anew.
    not_before: Option<Instant>,
    failures: u32,
}

impl HostGate {
    /// A gate that lets the first request through at once, later ones after `delay`.
    #[must_use]
    pub fn new(delay: Duration) -> Self {
        let delay = delay.min(LONGEST);
        let clock = TokioClock(Instant::now());
        Self { delay, clock, limiter: limiter(delay, clock), last: None, not_before: None, failures: 0 }
    }

    /// Least time between two requests.
    #[must_use]
    pub fn delay(&self) -> Duration {
        self.delay
    }

    /// Failures in a row that made this host be left alone.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Raises the delay (`Crawl-delay` of robots.txt), which the next request keeps already; a
    /// smaller one changes nothing.
    pub fn raise_delay(&mut self, delay: Duration) {
        if delay > self.delay {
            self.delay = delay.min(LONGEST);
            self.limiter = limiter(self.delay, self.clock);
        }
    }

    /// How long the next request must still wait.
    #[must_use]
    pub fn wait(&self) -> Duration {
        let rested = self.last.map(|last| last + self.delay);
        let until = rested.max(self.not_before);
        until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }

    /// The same as a time of day, for the host's row in the archive.
    #[must_use]
    pub fn next_at(&self, now: Timestamp) -> Timestamp {
        now.checked_add(self.wait()).unwrap_or(Timestamp::MAX)
    }

    /// Waits until a request may start, and takes the turn.
    pub async fn ready(&mut self) {
        loop {
            let wait = self.wait();
            let wait = match &self.limiter {
                _ if !wait.is_zero() => wait,
                None => break,
                Some(limiter) => match limiter.check() {
                    Ok(()) => break,
                    Err(not_yet) => not_yet.wait_time_from(self.clock.now()),
                },
            };
            tokio::time::sleep(wait).await;
        }
        self.last = Some(Instant::now());
    }

    /// The request has ended, well or not: the delay counts from here.
    pub fn done(&mut self) {
        self.last = Some(Instant::now());
    }

    /// Learns from an outcome: 429, 503 and their like and answers that do not come close the gate
    /// for a while, any answer opens it again. Failures that come in while it is closed were asked
    /// for before it closed, and do not count again.
    pub fn observe(&mut self, outcome: &Outcome, now: Timestamp) {
        let at = Instant::now();
        let closed = self.not_before.is_some_and(|until| until > at);
        match Health::of(outcome) {
            Health::Well if !closed => {
                self.failures = 0;
                self.not_before = None;
            }
            Health::Ill if !closed => {
                self.failures = self.failures.saturating_add(1);
                self.close_until(at + backoff::wait(self.failures, self.delay));
            }
            Health::Well | Health::Ill | Health::Unknown => {}
        }
        // What the server asks for is a least time; it does not stand in for our own.
        if let Outcome::Failed(Failure { retry: Retry::NotBefore(until), .. }) = outcome {
            if let Ok(wait) = Duration::try_from(until.duration_since(now)) {
                self.close_until(at + wait.min(LONGEST));
            }
        }
    }

    fn close_until(&mut self, instant: Instant) {
        self.not_before = Some(self.not_before.map_or(instant, |until| until.max(instant)));
    }
}

fn limiter(delay: Duration, clock: TokioClock) -> Option<Limiter> {
    let quota = Quota::with_period(delay)?.allow_burst(NonZeroU32::MIN);
    Some(RateLimiter::direct_with_clock(quota, clock))
}
