//! What befalls the crawls, and when.

use std::time::{Duration, Instant};

use crate::processes::Place;
use crate::support::desk::Desk;
use crate::trial::Trial;
use crate::view::View;

/// Kills and naps in turn, always of the crawl that has the most hosts.
pub struct Faults {
    kills: usize,
    naps: usize,
    outages: usize,
    next: Instant,
    every: Duration,
    nap: Duration,
    /// Who sleeps, and until when.
    asleep: Option<(usize, Instant)>,
    pub killed: usize,
    pub slept: usize,
    /// How often the database itself was killed.
    pub died: usize,
    /// Hosts that were taken from their owners so.
    pub hosts: usize,
}

impl Faults {
    pub fn new(trial: &Trial) -> Self {
        Self {
            kills: trial.kills,
            naps: trial.naps,
            outages: trial.outages,
            next: Instant::now() + trial.first_fault,
            every: trial.every,
            nap: trial.nap,
            asleep: None,
            killed: 0,
            slept: 0,
            died: 0,
            hosts: 0,
        }
    }

    /// Whether all has befallen that was to.
    pub fn are_over(&self) -> bool {
        self.kills == self.killed
            && self.naps == self.slept
            && self.outages == self.died
            && self.asleep.is_none()
    }

    /// Does what is due.
    pub fn turn(&mut self, desk: &Desk, archive: &View, places: &mut [Place]) {
        let now = Instant::now();
        if let Some((place, _)) = self.asleep.filter(|(_, until)| *until <= now) {
            places[place].go_on();
            self.asleep = None;
        }
        if self.next > now || self.asleep.is_some() || self.are_over() {
            return;
        }
        let Some((place, hosts)) = busiest(archive, places) else { return };
        self.next = now + self.every;
        self.hosts += hosts;
        if self.died < self.outages && self.died < self.slept {
            // Whoever has a host may lose what it is about to store.
            self.hosts +=
                (0..places.len()).filter(|n| *n != place).map(|n| held(archive, &places[n])).sum::<usize>();
            archive.kill();
            self.died += 1;
        } else if self.killed <= self.slept && self.killed < self.kills {
            places[place].kill(desk);
            self.killed += 1;
        } else {
            places[place].stop();
            self.asleep = Some((place, now + self.nap));
            self.slept += 1;
        }
    }
}

/// The crawl that holds the most hosts, and how many.
fn busiest(archive: &View, places: &[Place]) -> Option<(usize, usize)> {
    (0..places.len())
        .filter(|n| !places[*n].is_stopped())
        .map(|n| (n, held(archive, &places[n])))
        .filter(|(_, hosts)| *hosts > 0)
        .max_by_key(|(_, hosts)| *hosts)
}

/// How many hosts a crawl holds.
fn held(archive: &View, place: &Place) -> usize {
    archive.number(&format!("SELECT count(*) FROM host WHERE owner LIKE '{}:%'", place.pid()))
}
