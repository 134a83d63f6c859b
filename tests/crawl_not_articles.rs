//! Pages that are no articles, from outside: asked once, never stored, told to who names them.

mod support;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::story;

const SITE: &str = "preset = \"wordpress\"\nfeeds = [\"/feed.xml\"]";

/// A page of WordPress that calls itself a page, a post, or what stands in `class`.
fn wordpress(class: &str, title: &str) -> Reply {
    let text: String = story("Jadwal kantor berubah.").iter().map(|line| format!("<p>{line}</p>")).collect();
    let html = format!(
        "<!DOCTYPE html><html><head><title>{title}</title></head><body class=\"{class}\"><article>\
         <h1 class=\"entry-title\">{title}</h1><div class=\"entry-content\">{text}</div></article></body></html>"
    );
    Reply::new(200, "text/html; charset=utf-8", html)
}

/// A site whose feed lists a post and the page "Kontak".
fn site() -> Origin {
    let origin = Origin::start();
    origin.set("/warta/", wordpress("single single-post", "Kantor pos pindah"));
    origin.set("/kontak/", wordpress("page page-id-2", "Kontak"));
    let items = [("/warta/", "Kantor pos pindah"), ("/kontak/", "Kontak")];
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    origin
}

#[test]
fn what_the_rules_call_no_article_is_asked_for_once() {
    let origin = site();
    let desk = Desk::with_site(&origin, SITE);
    for run in 0..3 {
        let (ended, counts) = desk.crawl(&[]);
        assert_eq!((ended.code, ended.stderr.as_str()), (0, ""), "run {run}");
        assert_eq!(counts["errors"], 0, "run {run}");
    }
    assert_eq!((origin.count("/kontak/"), origin.count("/warta/")), (1, 3));
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 1);
}

#[test]
fn an_article_whose_page_turns_into_none_keeps_its_version() {
    let origin = site();
    let desk = Desk::with_site(&origin, SITE);
    desk.crawl(&[]);
    origin.set("/warta/", wordpress("error404", "Tidak ditemukan"));
    desk.crawl(&[]);
    let shown = &desk.json(&["show", &origin.url("/warta/"), "--format", "json"])[0];
    assert_eq!((&shown["title"], &shown["versions"]), (&"Kantor pos pindah".into(), &1.into()));
}

#[test]
fn who_names_a_page_that_is_no_article_is_told_why() {
    let origin = site();
    let desk = Desk::with_site(&origin, SITE);
    let ended = desk.run(&["add", &origin.url("/kontak/")]);
    assert_eq!(ended.code, 4, "{}", ended.stderr);
    assert!(ended.stderr.contains("/kontak/") && ended.stderr.contains("body.page"), "{}", ended.stderr);
}
