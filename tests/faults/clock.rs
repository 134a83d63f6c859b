//! A clock that once ran ahead: what it wrote must not keep anything from being looked at for years.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use crate::support::desk::Desk;
use crate::support::press::{FEED, press};

#[allow(clippy::disallowed_methods, reason = "the archive's times are real ones")]
fn years_ahead() -> i64 {
    (Timestamp::now() + SignedDuration::from_hours(10 * 365 * 24)).as_millisecond()
}

fn change(desk: &Desk, sql: &str) {
    let db = Connection::open(desk.path("archive/kliping.db")).unwrap();
    db.execute_batch(&sql.replace("AHEAD", &years_ahead().to_string())).unwrap();
}

#[test]
fn what_was_put_off_by_years_is_asked_for_now() {
    let origin = press(3);
    let desk = Desk::with_site(&origin, FEED);
    // One article is there, two addresses wait.
    desk.ok(&["crawl", "--limit", "1"]);
    change(
        &desk,
        "UPDATE queue SET added_at = AHEAD, not_before = AHEAD;
         UPDATE head SET last_checked_at = AHEAD, next_check_at = AHEAD + 60000;
         UPDATE robots SET fetched_at = AHEAD;
         UPDATE source SET checked_at = AHEAD",
    );
    let (done, counts) = desk.crawl(&[]);
    assert_eq!((done.code, &counts["new"]), (0, &2.into()), "{}", done.stderr);
    assert_eq!(
        origin.asked("/1") + origin.asked("/2") + origin.asked("/3"),
        4,
        "the article was looked at again"
    );
    assert_eq!(origin.asked("/robots.txt"), 2, "rules from the future are not fresh");
    // And things are as they should be from now on.
    let before = origin.hits().len();
    desk.ok(&["crawl", "--new-only"]);
    assert!(origin.hits().len() <= before + 2, "each page is asked for once");
    desk.ok(&["verify"]);
}

#[test]
fn a_host_that_was_to_rest_for_years_rests_a_day_at_most() {
    let origin = press(1);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl", "--limit", "0"]);
    change(&desk, "UPDATE host SET next_at = AHEAD");
    let (done, _) = desk.crawl(&["--max-time", "5s"]);
    assert_eq!(done.code, 4, "{}", done.stderr);
    let db = Connection::open(desk.path("archive/kliping.db")).unwrap();
    let hours: i64 = db
        .query_row("SELECT (max(next_at) - unixepoch() * 1000) / 3600000 FROM host", [], |row| row.get(0))
        .unwrap();
    assert!((23..=24).contains(&hours), "{hours} hours");
}
