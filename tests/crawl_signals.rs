//! A crawl that is interrupted, killed, or not alone.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::desk::{Desk, Ended, ended};
use support::origin::{Reply, text};
use support::press::{FEED, press, story};

const DELAY: Duration = Duration::from_millis(40);
/// Longer than anything here takes, shorter than a patience.
const LONG: Duration = Duration::from_secs(30);

/// An answer that keeps the crawler waiting.
fn slow(reply: Reply) -> Reply {
    Reply { delay: Duration::from_secs(20), ..reply }
}

fn start(desk: &Desk, args: &[&str]) -> Child {
    desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

fn end(child: Child) -> Ended {
    ended(child.wait_with_output().unwrap())
}

/// Waits until something is so. Polls, because another process makes it so.
fn wait_for(what: &str, so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < LONG, "{what} does not happen");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn sqlite(desk: &Desk) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    db.busy_timeout(LONG).unwrap();
    db
}

/// The addresses of the articles that are in the archive, whole.
fn stored(desk: &Desk) -> Vec<String> {
    desk.json(&["export", "--to", "jsonl"])
        .iter()
        .map(|article| {
            assert_eq!(article["body"].as_array().unwrap().len(), 3, "{article}");
            article["url"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// A process that died held the hosts it worked on: as if its lease had run out.
fn let_leases_run_out(desk: &Desk) {
    sqlite(desk).execute("UPDATE host SET next_at = 0", []).unwrap();
}

#[test]
fn an_interrupted_crawl_has_stored_what_it_fetched_and_says_so_by_its_exit_code() {
    for (name, code) in [("INT", 130), ("TERM", 143)] {
        let origin = press(5);
        origin.set("/3", slow(story(3)));
        let desk = Desk::with_site(&origin, FEED);
        let child = start(&desk, &["crawl", "--summary", "json"]);
        wait_for("the third page", || origin.asked("/3") > 0);
        signal(&child, name);
        let done = end(child);
        assert_eq!((done.code, done.stderr.as_str()), (code, ""), "{name}");
        let summary: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
        assert_eq!((&summary["exit"], &summary["sites"]["uji"]["new"]), (&code.into(), &2.into()));
        assert_eq!(stored(&desk).len(), 2);
        // It let go of the host: the next crawl starts at once, asks only for what is missing, politely.
        origin.set("/3", story(3));
        let (next, counts) = desk.crawl(&["--new-only"]);
        assert_eq!((next.code, &counts["new"]), (0, &3.into()), "{}", next.stderr);
        assert_eq!((origin.asked("/1"), origin.asked("/5"), stored(&desk).len()), (1, 1, 5));
        origin.assert_polite(DELAY);
    }
}

#[test]
fn an_interrupt_while_robots_txt_is_asked_for_says_nothing_about_the_pages() {
    let origin = press(2);
    origin.set("/robots.txt", slow(text("User-agent: *\nDisallow:\n")));
    let desk = Desk::with_site(&origin, FEED);
    for args in [&["crawl"][..], &["add", &origin.url("/1")]] {
        let asked = origin.asked("/robots.txt");
        let child = start(&desk, args);
        wait_for("robots.txt", || origin.asked("/robots.txt") > asked);
        signal(&child, "INT");
        let done = end(child);
        assert_eq!((done.code, done.stderr.as_str()), (130, ""), "{args:?}");
    }
    origin.set("/robots.txt", text("User-agent: *\nDisallow:\n"));
    let (done, counts) = desk.crawl(&[]);
    assert_eq!((done.code, &counts["new"]), (0, &2.into()), "{}", done.stderr);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    for (first, second, code) in [("INT", "INT", 130), ("TERM", "TERM", 143), ("INT", "TERM", 143)] {
        let origin = press(1);
        let desk = Desk::with_site(&origin, FEED);
        // A crawl that cannot end in good order: its archive is held by somebody else.
        desk.ok(&["crawl", "--limit", "0"]);
        origin.set("/1", slow(story(1)));
        let child = start(&desk, &["crawl"]);
        wait_for("the page", || origin.asked("/1") > 0);
        let db = sqlite(&desk);
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        signal(&child, first);
        // The first is only noted; what comes of it shows once the archive is free again.
        std::thread::sleep(Duration::from_millis(300));
        signal(&child, second);
        let done = end(child);
        assert_eq!(done.code, code, "{first} {second}: {}", done.stderr);
    }
}

#[test]
fn a_second_crawl_on_the_same_archive_is_refused() {
    let origin = press(2);
    origin.set("/1", slow(story(1)));
    let desk = Desk::with_site(&origin, FEED);
    let child = start(&desk, &["crawl"]);
    wait_for("the page", || origin.asked("/1") > 0);
    let second = desk.run(&["crawl"]);
    assert_eq!((second.code, second.stdout.as_str()), (75, ""));
    assert!(
        second.stderr.contains("another run") && second.stderr.contains("kliping.db.lock"),
        "{}",
        second.stderr
    );
    assert_eq!(second.stderr.lines().count(), 2, "{}", second.stderr);
    // Another archive is nobody's business; this one can be read.
    assert_eq!(desk.run(&["--archive", "lain.db", "crawl", "--dry-run"]).code, 0);
    assert_eq!(desk.run(&["list"]).code, 0);
    signal(&child, "TERM");
    assert_eq!(end(child).code, 143);
    origin.set("/1", story(1));
    assert_eq!(desk.run(&["crawl"]).code, 0, "the lock went with its holder");
}

#[test]
fn a_killed_crawl_loses_nothing_and_the_next_one_asks_for_the_rest_only() {
    const PAGES: usize = 12;
    let origin = press(PAGES);
    let desk = Desk::with_site(&origin, FEED);
    let mut kept: Vec<String> = Vec::new();
    for reach in [1, 3, 6] {
        let child = start(&desk, &["crawl", "--new-only"]);
        let asked = || (1..=PAGES).filter(|n| origin.asked(&format!("/{n}")) > 0).count();
        wait_for("the page", || asked() >= kept.len() + reach);
        signal(&child, "KILL");
        assert_eq!(end(child).code, -1);
        let now = stored(&desk);
        assert!(kept.iter().all(|url| now.contains(url)), "{kept:?} is not all in {now:?}");
        // Nothing is stored in part: what was asked for is in the archive, but the one in flight.
        assert!(now.len() + 1 >= asked(), "{} stored of {} asked", now.len(), asked());
        kept = now;
        assert_eq!(desk.run(&["doctor"]).code, 0);
        let_leases_run_out(&desk);
    }
    let (done, _) = desk.crawl(&["--new-only"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(stored(&desk).len(), PAGES);
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    origin.hits().into_iter().for_each(|hit| *asked.entry(hit.target).or_default() += 1);
    // Three were in flight when their process was killed; these alone may have been asked for twice.
    let twice: usize = asked.iter().filter(|(path, _)| path.len() <= 3).map(|(_, n)| n - 1).sum();
    assert!(twice <= 3, "{asked:?}");
    for n in 1..=PAGES {
        let versions =
            &desk.json(&["show", &origin.url(&format!("/{n}")), "--format", "json"])[0]["versions"];
        assert_eq!(versions, 1, "/{n}");
    }
}

#[test]
fn who_takes_over_from_a_killed_crawl_keeps_its_distance() {
    let origin = press(2);
    origin.set("/1", slow(story(1)));
    let desk = Desk::with_site(&origin, FEED);
    let child = start(&desk, &["crawl"]);
    wait_for("the page", || origin.asked("/1") > 0);
    signal(&child, "KILL");
    end(child);
    // The lease of the dead stands: who comes now waits, and tells so when asked to.
    let child = start(&desk, &["-v", "crawl", "--max-time", "1s"]);
    let done = end(child);
    assert_eq!(origin.asked("/1"), 1, "{}", done.stderr);
    assert!(done.stderr.contains("waiting until"), "{}", done.stderr);
}

#[test]
fn a_rest_that_a_host_asked_for_outlives_a_killed_crawl() {
    let origin = press(2);
    let tired = Reply::new(429, "text/html", "nanti").header("Retry-After", "240");
    origin.set("/1", tired);
    let desk = Desk::with_site(&origin, FEED);
    let child = start(&desk, &["crawl"]);
    let rests = |seconds: i64| {
        let now = jiff_now_ms();
        let sql = "SELECT max(next_at) FROM host";
        let next: Option<i64> = sqlite(&desk).query_row(sql, [], |row| row.get(0)).unwrap();
        next.is_some_and(|next| next > now + seconds * 1000)
    };
    wait_for("the answer", || origin.asked("/1") > 0);
    wait_for("a note of the rest", || rests(200));
    signal(&child, "KILL");
    end(child);
    assert!(rests(200));
}

#[test]
fn a_slower_pace_that_robots_txt_asks_for_outlives_a_killed_crawl() {
    let origin = press(1);
    origin.set("/robots.txt", text("User-agent: *\nCrawl-delay: 40\n"));
    let desk = Desk::with_site(&origin, FEED);
    let child = start(&desk, &["crawl"]);
    // Whoever takes over comes after the lease (60 s) and that delay, not after the site's 40 ms.
    let until_then = |seconds: i64| {
        let sql = "SELECT max(next_at - unixepoch() * 1000) FROM host";
        let left: Option<i64> = sqlite(&desk).query_row(sql, [], |row| row.get(0)).unwrap();
        left.is_some_and(|left| left > seconds * 1000)
    };
    wait_for("robots.txt", || origin.count("/robots.txt") > 0);
    wait_for("a note of the pace", || until_then(95));
    signal(&child, "KILL");
    end(child);
    assert!(until_then(90));
}

#[allow(clippy::disallowed_methods, reason = "the archive's leases are in real time")]
fn jiff_now_ms() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[test]
fn time_that_is_up_ends_a_crawl_in_good_order() {
    let origin = press(4);
    origin.set("/2", slow(story(2)));
    let desk = Desk::with_site(&origin, FEED);
    let (done, counts) = desk.crawl(&["--max-time", "1s"]);
    assert_eq!((done.code, &counts["new"]), (0, &1.into()), "{}", done.stderr);
    assert!(Path::new(&desk.path("archive/kliping.db")).exists());
    origin.set("/2", story(2));
    assert_eq!(desk.crawl(&["--new-only"]).1["new"], 3);
    origin.assert_polite(DELAY);
}

#[test]
fn a_look_at_a_site_that_is_interrupted_gives_the_host_back() {
    let origin = press(1);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl"]);
    let address = origin.url("/lambat");
    origin.set("/lambat", slow(story(2)));
    for (args, name, code) in
        [(&["extract", &address][..], "INT", 130), (&["sites", "add", &address], "TERM", 143)]
    {
        let asked = origin.asked("/lambat");
        let child = start(&desk, args);
        wait_for("the page", || origin.asked("/lambat") > asked);
        signal(&child, name);
        let done = end(child);
        assert_eq!((done.code, done.stderr.as_str()), (code, ""), "{args:?}");
        let begun = Instant::now();
        desk.ok(&["crawl"]);
        assert!(begun.elapsed() < Duration::from_secs(5), "{args:?}: nobody waits for a dead lease");
    }
}
