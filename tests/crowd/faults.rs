//! What befalls the crawls, and when.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::processes::Place;
use crate::support::desk::Desk;
use crate::trial::Trial;

/// Kills and naps in turn, always of the crawl that has the most hosts.
pub struct Faults {
    kills: usize,
    naps: usize,
    next: Instant,
    every: Duration,
    nap: Duration,
    /// Who sleeps, and until when.
    asleep: Option<(usize, Instant)>,
    pub killed: usize,
    pub slept: usize,
    /// Hosts that were taken from their owners so.
    pub hosts: usize,
}

impl Faults {
    pub fn new(trial: &Trial) -> Self {
        Self {
            kills: trial.kills,
            naps: trial.naps,
            next: Instant::now() + trial.first_fault,
            every: trial.every,
            nap: trial.nap,
            asleep: None,
            killed: 0,
            slept: 0,
            hosts: 0,
        }
    }

    /// Whether all has befallen that was to.
    pub fn are_over(&self) -> bool {
        self.kills == self.killed && self.naps == self.slept && self.asleep.is_none()
    }

    /// Does what is due.
    pub fn turn(&mut self, desk: &Desk, archive: &Connection, places: &mut [Place]) {
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
        if self.killed <= self.slept && self.killed < self.kills {
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
fn busiest(archive: &Connection, places: &[Place]) -> Option<(usize, usize)> {
    let sql = "SELECT count(*) FROM host WHERE owner LIKE ?1 || ':%'";
    let held = |place: &Place| -> usize {
        let hosts: i64 = archive.query_row(sql, [place.pid()], |row| row.get(0)).unwrap();
        usize::try_from(hosts).unwrap()
    };
    (0..places.len())
        .filter(|n| !places[*n].is_stopped())
        .map(|n| (n, held(&places[n])))
        .filter(|(_, hosts)| *hosts > 0)
        .max_by_key(|(_, hosts)| *hosts)
}
