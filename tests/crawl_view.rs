//! Seeing a run: the bar on a terminal, log lines for machines, and what a run would do. From outside.

mod support;

use std::process::Command;

use support::desk::{Desk, ended};
use support::origin::{self, Origin, Reply};
use support::paper::{FEED, page, site};

/// A site of so many stories.
fn stories(n: usize) -> Origin {
    let origin = Origin::start();
    let paths: Vec<String> = (0..n).map(|n| format!("/kabar-{n}")).collect();
    for (n, path) in paths.iter().enumerate() {
        origin.set(path, page(&format!("Kabar nomor {n}"), &format!("Ada {n} perahu di waduk itu.")));
    }
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Kabar")).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    origin
}

/// What the binary writes onto a terminal; none where there is no `script` to make one.
fn on_terminal(desk: &Desk, args: &str) -> Option<String> {
    let command = format!("{} {args}", env!("CARGO_BIN_EXE_kliping"));
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(desk.folder()).env("TERM", "xterm");
    match script.output() {
        Ok(output) if output.status.success() => Some(String::from_utf8(output.stdout).unwrap()),
        other => {
            eprintln!("skipped: no `script` that makes a terminal: {other:?}");
            None
        }
    }
}

#[test]
fn a_terminal_sees_how_far_the_run_is_and_what_it_brought() {
    let origin = stories(20);
    let desk = Desk::with_site(&origin, FEED);
    let Some(seen) = on_terminal(&desk, "crawl") else { return };
    let bars: Vec<&str> = seen.split("\r\x1b[?7l").skip(1).collect();
    assert!(bars.len() > 2, "{seen:?}");
    // One more than the stories: the feed.
    let under_way = bars
        .iter()
        .find(|bar| bar.contains("/21 ") && bar.contains("[=") && bar.contains(" left"))
        .expect(&seen);
    for part in ["[=", "] ", "/s", "1 host ", " new", " changed", " failed"] {
        assert!(under_way.contains(part), "{part}: {under_way}");
    }
    assert!(seen.contains("\r\x1b[Krun 1: 20 new"), "{seen:?}");
    // Not where nobody looks, and not where machines read.
    assert_eq!(desk.run(&["crawl"]).stderr, "");
    for args in ["--log-format json crawl", "-q crawl"] {
        let seen = on_terminal(&desk, args).unwrap_or_default();
        assert!(!seen.contains("\x1b[?7l"), "{args}: {seen:?}");
    }
}

#[test]
fn what_goes_wrong_stands_on_a_line_of_its_own_above_the_bar() {
    let origin = stories(12);
    origin.set("/kabar-3", Reply::new(403, "text/html", "<h1>Tidak boleh</h1>"));
    let desk = Desk::with_site(&origin, FEED);
    let command = format!("{} crawl; true", env!("CARGO_BIN_EXE_kliping"));
    let mut script = Command::new("script");
    script.args(["-qec", &command, "/dev/null"]).current_dir(desk.folder()).env("TERM", "xterm");
    let Ok(output) = script.output() else { return eprintln!("skipped: no `script`") };
    let seen = ended(output).stdout;
    let line = seen.split("\r\n").find(|line| line.contains("HTTP 403")).expect(&seen);
    assert!(line.ends_with("(http_status)"), "{line:?}");
    assert!(!line.contains('[') || line.contains("\r\x1b[Kkliping: uji: "), "{line:?}");
}

#[test]
fn every_log_line_for_machines_is_an_object() {
    let origin = site();
    let trial = "<html><title>Just a moment...</title><p>Verify you are human</p></html>";
    origin.set("/dua", Reply::new(403, "text/html", trial));
    let desk = Desk::with_site(&origin, FEED);
    let ended = desk.run(&["-v", "--log-format", "json", "crawl"]);
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    let lines: Vec<serde_json::Value> =
        ended.stderr.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    for line in &lines {
        for key in ["timestamp", "level", "message"] {
            assert!(line[key].is_string(), "{key}: {line}");
        }
    }
    let wall = lines.iter().find(|line| line["code"] == "bot_challenge").expect(&ended.stderr);
    assert_eq!((&wall["level"], &wall["site"]), (&"WARN".into(), &"uji".into()));
    assert_eq!(wall["url"], origin.url("/dua"));
    let stored = lines.iter().find(|line| line["message"] == "stored").expect(&ended.stderr);
    assert_eq!((&stored["level"], &stored["url"]), (&"INFO".into(), &origin.url("/satu").into()));
}

#[test]
fn a_dry_run_says_what_would_be_asked_for_and_why() {
    let origin = stories(6);
    origin.set("/robots.txt", origin::text("User-agent: *\nDisallow: /kabar-5\n"));
    origin.set("/kabar-4", Reply::new(500, "text/html", "<h1>rusak</h1>"));
    let desk = Desk::with_site(&origin, FEED);
    let dry = |args: &[&str]| desk.ok(&[&["crawl", "--dry-run"], args].concat());
    let out = dry(&[]);
    assert!(out.contains("uji: one request every 0.04 s at most"), "{out}");
    assert!(out.contains("/feed.xml  never asked for"), "{out}");
    assert_eq!(origin.hits().len(), 0);

    desk.crawl(&["--limit", "3"]);
    let asked = origin.hits().len();
    let out = dry(&[]);
    assert!(out.contains("/feed.xml  due since "), "{out}");
    assert_eq!(out.matches("  new, by feed  http").count(), 2, "{out}");
    assert_eq!(out.matches(" is due since ").count(), 3, "{out}");
    // A limit leaves the rest for later, the new ones come first.
    let out = dry(&["--limit", "1"]);
    assert!(out.contains("4 pages wait for a later run: --limit, max_pages or max_per_run"), "{out}");
    assert_eq!(dry(&["--new-only"]).matches(" is due since ").count(), 0);
    assert_eq!(dry(&["--recheck-only"]).matches("feed").count(), 0);
    assert_eq!(origin.hits().len(), asked, "nothing was asked for");

    // What robots.txt forbids waits; when its turn comes, the copy in the archive says so.
    let archive = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    archive.execute("UPDATE queue SET not_before = 0", []).unwrap();
    let out = dry(&[]);
    let denied = format!("  new, by feed, last time: robots  {}  but robots.txt", origin.url("/kabar-5"));
    assert!(out.contains(&denied), "{out}");

    // What was wrong the last time is told.
    origin.set(
        "/kabar-0",
        Reply::new(200, "text/html", "<html><title>Halaman tidak ditemukan</title><p>Maaf</p></html>"),
    );
    desk.crawl(&[]);
    let out = dry(&[]);
    assert!(out.contains(", missing, last time: soft_404  http"), "{out}");
}
