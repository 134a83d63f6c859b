//! One trial: sites, crawls, faults; and at the end the verdict.

use std::ops::Range;
use std::time::{Duration, Instant};

use crate::faults::Faults;
use crate::judge;
use crate::processes::Place;
use crate::sites::Sites;
use crate::view::{self, View};

/// How large, how fast, and what befalls it.
pub struct Trial {
    pub processes: usize,
    pub hosts: usize,
    /// Pages of one host.
    pub pages: usize,
    pub delay: Duration,
    /// How long the sites think before they answer.
    pub answers: Range<Duration>,
    /// One page of a hundred takes so long.
    pub slow_answer: Duration,
    pub lease: Duration,
    pub first_fault: Duration,
    /// From one fault to the next.
    pub every: Duration,
    /// How long a crawl is stopped: longer than its lease.
    pub nap: Duration,
    pub kills: usize,
    pub naps: usize,
    /// How often the database is killed.
    pub outages: usize,
    /// When the trial is given up.
    pub most: Duration,
}

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl Trial {
    /// Some seconds, one kill and one stop.
    pub fn small() -> Self {
        Self {
            processes: 3,
            hosts: 8,
            pages: 45,
            delay: ms(60),
            answers: ms(4)..ms(12),
            slow_answer: ms(100),
            lease: ms(3000),
            first_fault: ms(1000),
            every: ms(4200),
            nap: ms(4200),
            kills: 1,
            naps: 1,
            outages: 0,
            most: Duration::from_secs(120),
        }
    }

    /// Minutes: four processes, 200 hosts, 20 000 pages.
    pub fn large() -> Self {
        Self {
            processes: 4,
            hosts: 200,
            pages: 100,
            delay: ms(300),
            answers: ms(20)..ms(60),
            slow_answer: ms(500),
            first_fault: ms(8000),
            every: ms(9000),
            nap: ms(7500),
            kills: 10,
            naps: 10,
            most: Duration::from_secs(14 * 60),
            ..Self::small()
        }
    }

    pub fn run(&self) {
        assert!(self.nap > self.lease + self.delay, "others must have the time to take over");
        let sites = Sites::start(self);
        let desk = sites.desk(self);
        // Makes the archive.
        desk.ok(&["crawl", "--limit", "0", "h0"]);
        let archive = View::open(&desk);
        let started = Instant::now();
        let mut places: Vec<Place> = (0..self.processes).map(|n| Place::new(&desk, n)).collect();
        let mut faults = Faults::new(self);
        let all = self.hosts * self.pages;
        let mut put_off = 0;
        loop {
            let done = archive.number("SELECT count(*) FROM article");
            if done == all {
                break;
            }
            let waits = || waiting(&archive);
            assert!(started.elapsed() < self.most, "{done} of {all} after {:?}: {}", self.most, waits());
            put_off += hurry(&archive);
            faults.turn(&desk, &archive, &mut places);
            for place in &mut places {
                if place.has_ended() {
                    place.start_again(&desk);
                }
            }
            std::thread::sleep(view::PAUSE);
        }
        let took = started.elapsed();
        for place in &mut places {
            if place.is_stopped() {
                place.go_on();
            }
            place.note_end();
        }
        judge::ends(&places);
        assert!(faults.killed > 0 && faults.slept > 0, "the work was done before anything befell it");
        let verdict = judge::log(&sites, self.delay);
        judge::archive(&desk, &sites, &places);
        println!(
            "{} processes, {} hosts, {all} pages, {} kills, {} stops, {} outages, {} hosts taken over: {took:.1?}, {:.0} pages/s; \
             {verdict}",
            self.processes,
            self.hosts,
            faults.killed,
            faults.slept,
            faults.died,
            faults.hosts,
            all as f64 / took.as_secs_f64(),
        );
        assert!(verdict.is_polite(), "{verdict}");
        // What was in flight when its process was killed or lost the host is asked for again, and what
        // was not answered in time.
        assert!(verdict.asked_again <= faults.hosts + put_off, "{put_off} put off; {verdict}");
    }
}

/// A request that was in flight while its crawl slept, or while this machine had too much to do, was not
/// answered in time, and its page waits for a quarter of an hour. As if that were over.
fn hurry(archive: &View) -> usize {
    let late = format!("tries > 0 AND not_before > {}", view::NOW);
    if archive.number(&format!("SELECT count(*) FROM queue WHERE {late}")) == 0 {
        return 0;
    }
    archive.change(&format!("UPDATE queue SET not_before = 0 WHERE {late}"))
}

/// What is in the queue, and who has its hosts.
fn waiting(archive: &View) -> String {
    let now = view::NOW;
    archive.lines(&format!(
        "SELECT q.url || ': tries ' || tries || ', due in ' || (coalesce(not_before, 0) - {now}) / 1000 || ' s, '
                 || coalesce(q.error, 'no error') || '; its host: ' || coalesce(owner, 'nobody')
                 || ' for ' || (next_at - {now}) / 1000 || ' s'
               FROM queue q JOIN place p ON p.id = q.place_id LEFT JOIN host USING (host) LIMIT 10"
    ))
}
