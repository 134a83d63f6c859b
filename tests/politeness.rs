//! Manners, judged by the sites' own logs: several processes, several hosts, redirects, rests.

mod support;

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use support::desk::{Desk, ended};
use support::origin::{Origin, Reply, redirect, rss, text};
use support::press::{FEED, page, press, story};

const DELAY: Duration = Duration::from_millis(40);

fn start(desk: &Desk, args: &[&str]) -> Child {
    desk.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// A desk without a site, for `add` alone.
fn desk() -> Desk {
    let desk = Desk::empty();
    desk.write("config.toml", "[crawl]\ndelay = \"40ms\"\ntimeout = \"3s\"\n");
    desk
}

fn targets(origin: &Origin) -> Vec<String> {
    origin.hits().into_iter().map(|hit| hit.target).collect()
}

#[test]
fn processes_that_share_an_archive_share_the_turn_on_a_host() {
    const PAGES: usize = 10;
    let origin = press(PAGES);
    // Slow enough that two which did not know of each other would surely overlap.
    for n in 1..=PAGES {
        origin.set(&format!("/{n}"), Reply { delay: Duration::from_millis(20), ..story(n) });
    }
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl", "--limit", "0"]);
    let crawl = start(&desk, &["crawl"]);
    let adds: Vec<Child> = [1, 4, 7]
        .map(|n| start(&desk, &["add", &origin.url(&format!("/{n}")), &origin.url(&format!("/{}", n + 1))]))
        .into_iter()
        .collect();
    for child in adds.into_iter().chain([crawl]) {
        let done = ended(child.wait_with_output().unwrap());
        assert_eq!((done.code, done.stderr.as_str()), (0, ""), "{}", done.stdout);
    }
    assert_eq!(desk.ok(&["list"]).lines().count(), PAGES);
    origin.assert_polite(DELAY);
}

#[test]
fn everything_that_is_asked_of_a_host_goes_through_one_gate() {
    let origin = Origin::start();
    let site = origin.url("");
    origin.set("/robots.txt", text(&format!("User-agent: *\nDisallow: /x/\nSitemap: {site}/peta.xml\n")));
    origin.set("/feed.xml", rss(&site, &[("/1", "a"), ("/lama", "b"), ("/x/y", "c"), ("/tiada", "d")]));
    let map = "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>";
    origin.set("/peta.xml", Reply::new(200, "application/xml", map));
    for (name, path) in [("/a.xml", "/2"), ("/b.xml", "/3")] {
        let map = format!("<urlset><url><loc>{site}{path}</loc></url></urlset>");
        origin.set(name, Reply::new(200, "application/xml", map));
    }
    origin.set("/lama", redirect(302, "/baru"));
    origin.set(
        "/rubrik",
        Reply::new(200, "text/html", "<html><a href='/2026/11/05/kabar-baru-dari-desa'>Kabar</a>"),
    );
    for path in ["/1", "/2", "/3", "/baru", "/2026/11/05/kabar-baru-dari-desa"] {
        origin.set(path, page(&format!("Judul {path}"), &format!("Isi {path} yang lain dari yang lain.")));
    }
    let sources = "feeds = [\"/feed.xml\"]\nsitemaps = [\"/peta.xml\"]\nsections = [\"/rubrik\"]";
    let desk = Desk::with_site(&origin, sources);
    let (done, counts) = desk.crawl(&[]);
    assert_eq!(
        (done.code, &counts["new"], &counts["robots_denied"]),
        (0, &5.into(), &1.into()),
        "{}",
        done.stderr
    );
    let asked = targets(&origin);
    assert_eq!(asked[0], "/robots.txt");
    assert!(!asked.iter().any(|path| path.starts_with("/x/")), "{asked:?}");
    assert_eq!(asked.len(), 13, "{asked:?}");
    origin.assert_polite(DELAY);
}

#[test]
fn a_redirect_to_another_host_goes_through_its_own_robots_txt_and_gate() {
    let (here, there) = (Origin::start(), Origin::start());
    here.set("/feed.xml", rss(&here.url(""), &[("/1", "a"), ("/2", "b"), ("/3", "c")]));
    there.set("/robots.txt", text("User-agent: *\nDisallow: /rahasia\n"));
    for (from, to) in [("/1", "/satu"), ("/2", "/dua"), ("/3", "/rahasia/tiga")] {
        here.set(from, redirect(301, &there.url(to)));
        there.set(to, page(&format!("Judul {to}"), &format!("Isi {to} yang lain dari yang lain.")));
    }
    for verb in ["crawl", "add"] {
        let desk = Desk::with_site(&here, FEED);
        let before = there.hits().len();
        let addresses = [here.url("/1"), here.url("/2"), here.url("/3")];
        let args: Vec<&str> = match verb {
            "crawl" => vec!["crawl"],
            _ => ["add"].into_iter().chain(addresses.iter().map(String::as_str)).collect(),
        };
        let done = desk.run(&args);
        let articles = desk.ok(&["list", "--format", "jsonl"]);
        assert_eq!(articles.lines().count(), 2, "{verb}: {}{articles}", done.stderr);
        let asked = targets(&there);
        assert_eq!(asked[before], "/robots.txt", "{verb}: {asked:?}");
        assert_eq!(asked.len(), before + 3, "{verb}: {asked:?}");
        assert!(!asked.iter().any(|path| path.contains("rahasia")), "{verb}: {asked:?}");
    }
    // Each desk is an archive of its own, so only what one of them asked is judged.
    let (again, elsewhere) = (press(1), Origin::start());
    again.set("/1", redirect(301, &elsewhere.url("/1")));
    elsewhere.set("/1", story(1));
    let desk = Desk::with_site(&again, FEED);
    assert_eq!(desk.run(&["crawl"]).code, 0);
    again.assert_polite(DELAY);
    elsewhere.assert_polite(DELAY);
}

#[test]
fn hosts_that_lead_to_each_other_do_not_keep_a_run_busy() {
    let (a, b) = (Origin::start(), Origin::start());
    for path in ["/feed.xml", "/1"] {
        a.set(path, redirect(302, &b.url(path)));
        b.set(path, redirect(302, &a.url(path)));
    }
    let desk = Desk::with_site(&a, FEED);
    let start = Instant::now();
    for (args, code) in [(&["crawl"][..], 4), (&["add", &a.url("/1")], 4)] {
        let done = desk.run(args);
        assert_eq!(done.code, code, "{args:?}: {}", done.stderr);
        assert!(done.stderr.contains("redirects again and again"), "{args:?}: {}", done.stderr);
        assert_eq!(done.stderr.lines().count(), 1, "{args:?}: {}", done.stderr);
    }
    assert!(a.hits().len() + b.hits().len() < 12 && start.elapsed() < Duration::from_secs(10));
    a.assert_polite(DELAY);
    b.assert_polite(DELAY);
}

#[test]
fn a_robots_txt_that_lives_on_another_host_counts() {
    let (here, there) = (press(2), Origin::start());
    here.set("/robots.txt", redirect(301, &there.url("/aturan/robots.txt")));
    there.set("/aturan/robots.txt", text("User-agent: *\nDisallow: /2\n"));
    let desk = Desk::with_site(&here, FEED);
    let (done, counts) = desk.crawl(&[]);
    assert_eq!(
        (done.code, &counts["new"], &counts["robots_denied"]),
        (0, &1.into(), &1.into()),
        "{}",
        done.stderr
    );
    assert_eq!((here.count("/2"), targets(&there)), (0, vec!["/aturan/robots.txt".to_owned()]));
    here.assert_polite(DELAY);
}

#[test]
fn rules_that_cannot_be_read_forbid_everything_and_say_nothing_about_the_pages() {
    let origin = press(2);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl", "--limit", "1"]);
    // The copy in the archive is good for a day; without it the rules must be asked for.
    let forget = || {
        let db = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
        db.execute_batch("DELETE FROM robots; UPDATE host SET next_at = 0").unwrap();
    };
    for bad in [
        Reply::new(503, "text/plain", "nanti"),
        Reply::new(429, "text/plain", "nanti"),
        support::origin::truncated(900, "User"),
    ] {
        forget();
        let before = origin.hits().len();
        origin.set("/robots.txt", bad);
        for args in [&["crawl"][..], &["add", &origin.url("/2")]] {
            forget();
            let done = desk.run(args);
            assert_eq!((done.code, done.stderr.lines().count()), (4, 1), "{args:?}: {}", done.stderr);
            assert!(done.stderr.contains("robots.txt cannot be read"), "{}", done.stderr);
        }
        let asked = targets(&origin)[before..].to_vec();
        assert_eq!(asked, ["/robots.txt"; 2], "nothing but the rules is asked for");
    }
    forget();
    origin.set("/robots.txt", text(""));
    // The page that was due all the time is due still.
    let (done, counts) = desk.crawl(&["--new-only"]);
    assert_eq!((done.code, &counts["new"]), (0, &1.into()), "{}", done.stderr);
}

#[test]
fn a_rest_that_a_host_asks_for_is_kept_by_the_runs_after() {
    let origin = press(3);
    origin.set_row("/2", vec![Reply::new(429, "text/html", "nanti").header("Retry-After", "3"), story(2)]);
    let desk = Desk::with_site(&origin, FEED);
    let (done, counts) = desk.crawl(&["--max-time", "1s"]);
    assert_eq!((done.code, &counts["errors"]), (3, &1.into()), "{}", done.stderr);
    assert!(done.stderr.contains("429"), "{}", done.stderr);
    // The next one comes at once, and waits.
    let done = desk.run(&["add", &origin.url("/3")]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let hits = origin.hits();
    let tired = hits.iter().position(|hit| hit.status == 429).unwrap();
    let rest = hits[tired + 1].started - hits[tired].ended;
    assert!(rest >= Duration::from_secs(3), "{rest:?}");
    origin.assert_polite(DELAY);
}

#[test]
fn a_long_rest_ends_the_work_on_that_host_and_nothing_that_was_named_is_lost() {
    let origin = press(3);
    origin.set("/2", Reply::new(503, "text/html", "nanti").header("Retry-After", "3600"));
    let desk = Desk::with_site(&origin, FEED);
    let start = Instant::now();
    let done = desk.run(&["add", &origin.url("/1"), &origin.url("/2"), &origin.url("/3")]);
    assert_eq!(done.code, 3, "{}", done.stderr);
    assert!(done.stderr.contains("next run"), "{}", done.stderr);
    let (done, _) = desk.crawl(&[]);
    assert_eq!(done.code, 4);
    assert!(done.stderr.contains("not to be asked before"), "{}", done.stderr);
    assert_eq!(origin.count("/3"), 0);
    assert!(start.elapsed() < Duration::from_secs(10), "nobody waits for an hour");
    rusqlite::Connection::open(desk.path("archive/kliping.db"))
        .unwrap()
        .execute("UPDATE host SET next_at = 0", [])
        .unwrap();
    let (_, counts) = desk.crawl(&["--new-only"]);
    assert_eq!(counts["new"], 1, "the third page was kept in mind");
    origin.assert_polite(DELAY);
}

#[test]
fn a_slower_pace_that_robots_txt_asks_for_is_kept_by_all() {
    let origin = press(2);
    origin.set("/robots.txt", text("User-agent: *\nCrawl-delay: 0.3\n"));
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl"]);
    desk.ok(&["add", &origin.url("/1")]);
    origin.assert_polite(Duration::from_millis(300));
}

#[test]
fn a_page_behind_a_moved_name_is_printed_by_add() {
    let origin = Origin::start();
    origin.set("/lama", redirect(301, "/baru"));
    origin.set("/baru", story(1));
    let out = desk().ok(&["add", &origin.url("/lama")]);
    assert!(out.contains("Berita nomor 1"), "{out}");
}

#[test]
fn a_site_that_answers_slowly_rests_longer_than_its_delay() {
    let origin = press(2);
    for path in ["/1", "/2"] {
        origin.set(path, Reply { delay: Duration::from_millis(200), ..story(1) });
    }
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let hits = origin.hits();
    let slow: Vec<_> = hits.iter().filter(|hit| ["/1", "/2"].contains(&hit.target.as_str())).collect();
    assert_eq!(slow.len(), 2, "{:?}", targets(&origin));
    // Of 200 ms a quarter counts, after the fast answers before it; twice that is more than the 40 ms
    // that were asked for.
    let rest = slow[1].started.duration_since(slow[0].ended);
    assert!(rest >= Duration::from_millis(90), "{rest:?}");
    origin.assert_polite(DELAY);
}
