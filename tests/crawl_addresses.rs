//! Addresses during a crawl, from outside: redirects, moves, articles in several pages.

mod support;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::{DELAY, FEED, page, site};

#[test]
fn a_redirect_within_the_site_is_followed_and_both_addresses_name_the_article() {
    let origin = site();
    origin.set("/satu", origin::redirect(301, "/2026/satu"));
    origin.set("/2026/satu", page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan."));
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    let by_old = desk.json(&["show", &origin.url("/satu"), "--format", "json"]);
    let by_new = desk.json(&["show", &origin.url("/2026/satu"), "--format", "json"]);
    assert_eq!(by_old[0]["id"], by_new[0]["id"]);
    origin.assert_polite(DELAY);
}

#[test]
fn an_article_that_moves_to_a_new_address_stays_one_article() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    // The feed lists the new address; the old one leads there.
    origin
        .set("/satu-baru", page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk."));
    origin.set("/satu", origin::redirect(301, "/satu-baru"));
    let items = [("/satu-baru", "Pasar apung dibuka lagi"), ("/dua", "Jembatan gantung diperbaiki")];
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    desk.crawl(&[]);
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 2);
    let by_old = desk.json(&["show", &origin.url("/satu"), "--format", "json"]);
    let by_new = desk.json(&["show", &origin.url("/satu-baru"), "--format", "json"]);
    assert_eq!(by_old[0]["id"], by_new[0]["id"]);
    assert_eq!(by_new[0]["versions"], 1);
    let history = desk.ok(&["history", &origin.url("/satu")]);
    assert_eq!(history.matches("moved").count(), 1, "{history}");
    desk.crawl(&[]);
    assert_eq!(desk.ok(&["history", &origin.url("/satu")]), history, "told once");
}

#[test]
fn a_redirect_to_another_article_is_no_edit_of_this_one() {
    let origin = site();
    let desk = Desk::with_site(&origin, FEED);
    desk.crawl(&[]);
    origin.set("/satu", origin::redirect(301, "/dua"));
    desk.crawl(&[]);
    let shown = &desk.json(&["show", &origin.url("/satu"), "--format", "json"])[0];
    assert_eq!(shown["title"], "Pasar apung dibuka lagi");
    assert_eq!((&shown["state"], &shown["versions"]), (&"redirected".into(), &1.into()));
}

#[test]
fn an_article_in_several_pages_is_one_article() {
    let origin = Origin::start();
    let part = |n: usize, text: &str| {
        let links: String = (1..=3)
            .filter(|other| *other != n)
            .map(|other| format!("<a class=\"post-page-numbers\" href=\"/laporan/{other}/\">{other}</a> "))
            .collect();
        let html = format!(
            "<!DOCTYPE html><html><head><title>Laporan</title></head><body class=\"single single-post\"><article>\
             <h1 class=\"entry-title\">Laporan panjang dari lembah</h1><div class=\"entry-content\"><p>{text}</p>\
             <nav class=\"page-links\">Laman: {links}</nav></div></article></body></html>"
        );
        Reply::new(200, "text/html; charset=utf-8", html)
    };
    origin.set("/laporan/", part(1, "Bagian pertama bercerita tentang sungai yang berpindah."));
    origin.set("/laporan/1/", origin::redirect(301, "/laporan/"));
    origin.set("/laporan/2/", part(2, "Bagian kedua bercerita tentang 40 keluarga di tepinya."));
    origin.set("/laporan/3/", part(3, "Bagian ketiga bercerita tentang jembatan yang tinggal sendiri."));
    origin.set("/feed.xml", origin::rss(&origin.url(""), &[("/laporan/", "Laporan panjang dari lembah")]));
    let desk = Desk::with_site(&origin, "preset = \"wordpress\"\nfeeds = [\"/feed.xml\"]");
    desk.crawl(&[]);
    let url = origin.url("/laporan/");
    let body = |desk: &Desk| desk.json(&["show", &url, "--format", "json"])[0]["body"].clone();
    assert_eq!(body(&desk).as_array().unwrap().len(), 3, "{}", body(&desk));
    // An edit on the second page is an edit of the article; a page that cannot be had changes nothing.
    origin.set("/laporan/2/", part(2, "Bagian kedua bercerita tentang 45 keluarga di tepinya."));
    assert_eq!(desk.crawl(&[]).1["changed"], 1);
    origin.set("/laporan/3/", Reply::new(503, "text/plain", "nanti"));
    let (ended, counts) = desk.crawl(&["--max-time", "5s"]);
    assert_eq!((ended.code, &counts["changed"]), (3, &0.into()), "{}", ended.stderr);
    assert_eq!(body(&desk)[1], "Bagian kedua bercerita tentang 45 keluarga di tepinya.");
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 1);
    origin.assert_polite(DELAY);
}
