//! One worker by itself, on a site of which it can do nothing, or nothing more.

use crate::support::desk::Desk;
use crate::support::origin::{Reply, text};
use crate::support::press::{FEED, press};

#[test]
fn a_worker_leaves_a_site_alone_whose_robots_txt_cannot_be_read() {
    let origin = press(3);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl", "--limit", "0"]);
    let db = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    db.execute("DELETE FROM robots", []).unwrap();
    origin.set("/robots.txt", Reply::new(500, "text/plain", "rusak"));
    let asked = || origin.hits().iter().filter(|hit| hit.target == "/robots.txt").count();
    let before = asked();
    // One that asked for ever would be stopped, and have asked far more often.
    let done = desk.run(&["crawl", "--worker", "--max-time", "10s"]);
    assert_eq!(done.code, 4, "{}", done.stderr);
    assert!((1..=3).contains(&(asked() - before)), "asked {} times", asked() - before);
    origin.set("/robots.txt", text("User-agent: *\nAllow: /\n"));
    desk.ok(&["crawl", "--worker"]);
    assert_eq!(desk.ok(&["list"]).lines().count(), 3);
}

#[test]
fn a_worker_does_not_ask_again_at_once_for_what_each_run_looks_at() {
    let origin = press(3);
    let desk = Desk::with_site(&origin, FEED);
    // One that did would never end.
    for args in
        [&["crawl", "--worker", "--max-time", "10s"][..], &["crawl", "--worker", "--max-time", "10s", "uji"]]
    {
        desk.run(args);
        for path in ["/feed.xml", "/1", "/2", "/3"] {
            assert_eq!(origin.hits().iter().filter(|hit| hit.target == path).count(), 1, "{path}");
        }
    }
}
