//! One trial: sites, crawls, faults; and at the end the verdict.

use std::ops::Range;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::faults::Faults;
use crate::judge;
use crate::processes::Place;
use crate::sites::Sites;
use crate::support::desk::Desk;

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
    /// When the trial is given up.
    pub most: Duration,
}

impl Trial {
    pub fn run(&self) {
        assert!(self.nap > self.lease + self.delay, "others must have the time to take over");
        let sites = Sites::start(self);
        let desk = sites.desk(self);
        // Makes the archive.
        desk.ok(&["crawl", "--limit", "0", "h0"]);
        let archive = archive(&desk);
        let started = Instant::now();
        let mut places: Vec<Place> = (0..self.processes).map(|n| Place::new(&desk, n)).collect();
        let mut faults = Faults::new(self);
        let all = self.hosts * self.pages;
        let mut put_off = 0;
        loop {
            let done = stored(&archive);
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
            std::thread::sleep(Duration::from_millis(20));
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
            "{} processes, {} hosts, {all} pages, {} kills, {} stops, {} hosts taken over: {took:.1?}, {:.0} pages/s; \
             {verdict}",
            self.processes,
            self.hosts,
            faults.killed,
            faults.slept,
            faults.hosts,
            all as f64 / took.as_secs_f64(),
        );
        assert!(verdict.is_polite(), "{verdict}");
        // What was in flight when its process was killed or lost the host is asked for again, and what
        // was not answered in time.
        assert!(verdict.asked_again <= faults.hosts + put_off, "{put_off} put off; {verdict}");
    }
}

/// The archive, to look into it, and to turn its clock.
fn archive(desk: &Desk) -> Connection {
    let db = Connection::open(desk.path("archive/kliping.db")).unwrap();
    db.busy_timeout(Duration::from_secs(30)).unwrap();
    db
}

fn stored(archive: &Connection) -> usize {
    let articles: i64 = archive.query_row("SELECT count(*) FROM article", [], |row| row.get(0)).unwrap();
    usize::try_from(articles).unwrap()
}

/// A request that was in flight while its crawl slept, or while this machine had too much to do, was not
/// answered in time, and its page waits for a quarter of an hour. As if that were over.
fn hurry(archive: &Connection) -> usize {
    let late = "FROM queue WHERE tries > 0 AND not_before > unixepoch() * 1000";
    let any = |row: &rusqlite::Row<'_>| row.get::<_, bool>(0);
    if !archive.query_row(&format!("SELECT EXISTS (SELECT 1 {late})"), [], any).unwrap() {
        return 0;
    }
    let hurry = "UPDATE queue SET not_before = 0 WHERE tries > 0 AND not_before > unixepoch() * 1000";
    archive.execute(hurry, []).unwrap()
}

/// What is in the queue, and who has its hosts.
fn waiting(archive: &Connection) -> String {
    let sql =
        "SELECT q.url || ': tries ' || tries || ', due in ' || (coalesce(not_before, 0) / 1000 - unixepoch()) || ' s, '
                 || coalesce(q.error, 'no error') || '; its host: ' || coalesce(owner, 'nobody')
                 || ' for ' || (next_at / 1000 - unixepoch()) || ' s'
               FROM queue q JOIN place p ON p.id = q.place_id LEFT JOIN host USING (host) LIMIT 10";
    let mut rows = archive.prepare(sql).unwrap();
    let rows = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
}
