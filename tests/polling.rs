//! How often a crawl asks for lists, from outside: the binary against a site on loopback, with time that
//! passes in the archive.
#![allow(clippy::disallowed_methods, reason = "what a site says of its times is told by a real clock")]

mod support;

use std::time::Duration;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::{FEED, page, site};

const HOUR: i64 = 3_600_000;

/// Lets time pass: everything that the archive knows of lists lies so much further back.
fn pass(desk: &Desk, ms: i64) {
    let archive = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    let columns = ["first_at", "checked_at", "changed_at", "next_at", "full_at"];
    let sets = columns.map(|column| format!("{column} = {column} - {ms}")).join(", ");
    archive.execute(&format!("UPDATE source SET {sets}"), []).unwrap();
}

/// A sitemap or an index, of addresses and times of change.
fn sitemap(origin: &Origin, tag: &str, paths: &[(&str, &str)]) -> Reply {
    let item = if tag == "urlset" { "url" } else { "sitemap" };
    let items: String = paths
        .iter()
        .map(|(path, modified)| {
            let modified =
                if modified.is_empty() { String::new() } else { format!("<lastmod>{modified}</lastmod>") };
            format!("<{item}><loc>{}</loc>{modified}</{item}>", origin.url(path))
        })
        .collect();
    let space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    Reply::new(200, "application/xml", format!("<{tag} xmlns=\"{space}\">{items}</{tag}>"))
}

#[test]
fn a_list_that_brings_nothing_is_asked_for_more_rarely_and_one_that_does_more_often() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    // In its first hour at every run.
    for _ in 0..3 {
        desk.crawl(&[]);
    }
    assert_eq!(origin.count("/feed.xml"), 3);
    // From then on it has to wait, the longer the longer it was quiet.
    pass(&desk, 6 * HOUR);
    desk.crawl(&[]);
    assert_eq!(origin.count("/feed.xml"), 4);
    desk.crawl(&[]);
    assert_eq!(origin.count("/feed.xml"), 4, "not due");
    let (ended, _) = desk.crawl(&["uji"]);
    assert_eq!((ended.code, origin.count("/feed.xml")), (0, 5), "named by hand, at once");
    pass(&desk, 24 * HOUR);
    desk.crawl(&[]);
    let every =
        |desk: &Desk| desk.json(&["stats", "--format", "json"])[0]["lists"][0]["every_seconds"].as_i64();
    let quiet = every(&desk).unwrap();
    pass(&desk, 24 * HOUR);
    let three = [("/satu", "Satu"), ("/tiga", "Kapal baru datang"), ("/empat", "Sungai surut lagi")];
    origin.set("/feed.xml", origin::rss(&origin.url(""), &three));
    origin.set("/tiga", page("Kapal baru datang", "Tiga kapal baru datang di pelabuhan itu."));
    origin.set("/empat", page("Sungai surut lagi", "Permukaan sungai turun empat meter."));
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["new"], 2);
    assert!(every(&desk).unwrap() <= quiet * 4 / 5 + 1, "{:?} of {quiet}", every(&desk));
    origin.assert_polite(Duration::from_millis(40));
}

#[test]
fn a_dry_run_and_figures_tell_when_a_list_is_next_due() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    assert!(!desk.ok(&["crawl", "--dry-run"]).contains("not before"));
    pass(&desk, 6 * HOUR);
    desk.crawl(&[]);
    assert!(desk.ok(&["crawl", "--dry-run"]).contains("/feed.xml  not before"));
    assert!(!desk.ok(&["crawl", "--dry-run", "uji"]).contains("not before"));
    assert!(desk.ok(&["stats"]).contains("the next is due"));
    let list = &desk.json(&["stats", "--format", "json"])[0]["lists"][0];
    assert_eq!((&list["site"], &list["kind"], &list["failures"]), (&"uji".into(), &"feed".into(), &0.into()));
    assert!(desk.run(&["doctor"]).stdout.contains("1 that articles are found by"));
    // What cannot be had for long is told.
    origin.remove("/feed.xml");
    for _ in 0..3 {
        let (ended, _) = desk.crawl(&["uji"]);
        assert_eq!(ended.code, 3);
    }
    let doctor = desk.run(&["doctor"]).stdout;
    assert!(doctor.contains("1 of 1 cannot be had") && doctor.contains("answers 404"), "{doctor}");
}

#[test]
fn a_failing_list_is_left_alone_for_longer_each_time() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/feed.xml", Reply::new(200, "text/html", "<!DOCTYPE html><p>rusak</p>"));
    pass(&desk, 2 * HOUR);
    for _ in 0..5 {
        desk.crawl(&[]);
        pass(&desk, HOUR / 2);
    }
    // After 10, 20 and 40 minutes, not at each of the five runs.
    assert_eq!(origin.count("/feed.xml"), 1 + 4, "{:?}", origin.hits().len());
}

#[test]
fn once_a_day_a_list_is_read_in_full() {
    let origin = site();
    let feed = || origin::rss(&origin.url(""), &[("/satu", "Pasar apung dibuka lagi")]);
    origin.set("/feed.xml", feed().header("ETag", "\"v1\""));
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    desk.crawl(&[]);
    pass(&desk, 25 * HOUR);
    desk.crawl(&[]);
    desk.crawl(&["uji"]);
    let tag = || Some("\"v1\"".to_owned());
    assert_eq!(origin.said("/feed.xml", "if-none-match"), [None, tag(), None, tag()]);
}

#[test]
fn a_weak_tag_is_sent_back_in_the_form_that_the_site_knows() {
    let origin = site();
    let weak = |reply: Reply| reply.header("ETag", "W/\"v1\"");
    let feed = || weak(origin::rss(&origin.url(""), &[("/satu", "Pasar apung dibuka lagi")]));
    let unchanged = || weak(Reply { status: 304, ..Reply::default() });
    // WordPress behind a compressing proxy knows its tag only without the mark.
    origin.set_row("/feed.xml", vec![feed(), unchanged()]);
    // Others compare letter by letter.
    let story = || weak(page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk."));
    origin.set_row("/satu", vec![story(), story(), unchanged()]);
    let desk = Desk::with_site(&origin, FEED);
    for _ in 0..4 {
        desk.crawl(&[]);
    }
    let said = |path| {
        origin.said(path, "if-none-match").into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>()
    };
    assert_eq!(said("/feed.xml"), ["", "\"v1\"", "\"v1\"", "\"v1\""]);
    assert_eq!(said("/satu"), ["", "\"v1\"", "W/\"v1\"", "W/\"v1\""]);
}

#[test]
fn the_sitemaps_of_an_index_have_their_own_rhythm() {
    let origin = site();
    origin.set(
        "/peta.xml",
        sitemap(&origin, "sitemapindex", &[("/baru.xml", ""), ("/lama.xml", "2020-01-01")]),
    );
    origin.set("/baru.xml", sitemap(&origin, "urlset", &[("/satu", "")]));
    origin.set("/lama.xml", sitemap(&origin, "urlset", &[("/dua", "")]));
    let desk = Desk::with_site(&origin, "sitemaps = [\"/peta.xml\"]");
    let (_, counts) = desk.crawl(&[]);
    assert_eq!(counts["new"], 2);
    pass(&desk, 6 * HOUR);
    desk.crawl(&[]);
    let asked = || ["/peta.xml", "/baru.xml", "/lama.xml"].map(|path| origin.count(path));
    assert_eq!(asked(), [2, 2, 2]);
    // The index says that one of them changed, the other has to wait.
    let soon = jiff::Timestamp::now() - Duration::from_secs(1);
    let index = sitemap(&origin, "sitemapindex", &[("/baru.xml", ""), ("/lama.xml", &soon.to_string())]);
    origin.set("/peta.xml", index.header("ETag", "\"i\""));
    let archive = rusqlite::Connection::open(desk.path("archive/kliping.db")).unwrap();
    archive
        .execute(
            "UPDATE source SET next_at = 0, checked_at = checked_at - 5000 WHERE url LIKE '%peta.xml'",
            [],
        )
        .unwrap();
    archive.execute("UPDATE source SET checked_at = checked_at - 5000", []).unwrap();
    desk.crawl(&[]);
    assert_eq!(asked(), [3, 2, 3]);
    // The index is not modified, or not even due: what it listed is asked for in its time.
    origin.set("/peta.xml", Reply { status: 304, ..Reply::default() });
    archive
        .execute("UPDATE source SET next_at = 0 WHERE url LIKE '%baru.xml' OR url LIKE '%peta.xml'", [])
        .unwrap();
    desk.crawl(&[]);
    assert_eq!(asked(), [4, 3, 3]);
    archive.execute("UPDATE source SET next_at = 0 WHERE url LIKE '%lama.xml'", []).unwrap();
    desk.crawl(&[]);
    assert_eq!(asked(), [4, 3, 4]);
}
