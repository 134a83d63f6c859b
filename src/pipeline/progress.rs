//! How far a run is, and how long it may still take.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::HostKey;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Progress {
    /// Hosts that are being worked on.
    pub hosts: usize,
    /// Lists and pages that were looked at.
    pub done: usize,
    /// Those that are known to be left.
    pub left: usize,
    /// Looked at in a second.
    pub rate: f64,
    /// How long that will take: the slowest host decides.
    pub time_left: Option<Duration>,
    /// New articles.
    pub new: u64,
    /// Articles with a new version.
    pub changed: u64,
    /// What could not be had or read.
    pub failed: usize,
}

/// What the hosts of a run have done, and before them.
#[derive(Debug)]
pub(super) struct Course {
    started: Instant,
    inner: Mutex<(usize, HashMap<HostKey, Stretch>)>,
}

/// One host's part.
#[derive(Debug)]
struct Stretch {
    since: Instant,
    done: usize,
    left: usize,
    delay: Duration,
}

impl Default for Course {
    fn default() -> Self {
        Self { started: Instant::now(), inner: Mutex::default() }
    }
}

impl Course {
    /// So much is left on a host, one request every `delay` at most.
    pub(super) fn ahead(&self, host: &HostKey, left: usize, delay: Duration) {
        self.with(|(_, hosts)| {
            let since = Instant::now();
            let stretch = hosts.entry(host.clone()).or_insert(Stretch { since, done: 0, left: 0, delay });
            (stretch.left, stretch.delay) = (left, delay);
        });
    }

    /// One more was looked at.
    pub(super) fn step(&self, host: &HostKey) {
        self.with(|(done, hosts)| {
            *done += 1;
            if let Some(stretch) = hosts.get_mut(host) {
                stretch.done += 1;
                stretch.left = stretch.left.saturating_sub(1);
            }
        });
    }

    /// Nothing more is done on a host.
    pub(super) fn leave(&self, host: &HostKey) {
        self.with(|(_, hosts)| {
            hosts.remove(host);
        });
    }

    /// How far the hosts are; what came of it is counted elsewhere.
    pub(super) fn progress(&self) -> Progress {
        let seconds = self.started.elapsed().as_secs_f64();
        self.with(|(done, hosts)| Progress {
            hosts: hosts.len(),
            done: *done,
            left: hosts.values().map(|stretch| stretch.left).sum(),
            rate: if seconds > 0.0 { *done as f64 / seconds } else { 0.0 },
            time_left: hosts.values().map(Stretch::time_left).max().filter(|time| !time.is_zero()),
            ..Progress::default()
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut (usize, HashMap<HostKey, Stretch>)) -> T) -> T {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Stretch {
    /// The host's own pace, as soon as it has shown one.
    fn time_left(&self) -> Duration {
        let shown = self.since.elapsed().checked_div(u32::try_from(self.done).unwrap_or(u32::MAX));
        let each = shown.filter(|_| self.done > 2).unwrap_or(self.delay);
        each.saturating_mul(u32::try_from(self.left).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_host_says_how_long_it_takes() {
        let course = Course::default();
        let host = |name: &str| HostKey::from_stored(name.to_owned());
        course.ahead(&host("a"), 10, Duration::from_secs(1));
        course.ahead(&host("b"), 3, Duration::from_secs(20));
        let progress = course.progress();
        assert_eq!((progress.hosts, progress.done, progress.left), (2, 0, 13));
        assert_eq!(progress.time_left, Some(Duration::from_secs(60)));
        course.step(&host("b"));
        course.leave(&host("a"));
        let progress = course.progress();
        assert_eq!((progress.hosts, progress.done, progress.left), (1, 1, 2));
        assert_eq!(progress.time_left, Some(Duration::from_secs(40)));
    }
}
