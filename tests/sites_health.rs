//! `kliping sites health`, from outside: crawls of a paper whose template changes.

mod support;

use serde_json::Value;
use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::press::FEED;

/// A story with a byline and a time, by a template.
fn story(n: usize, template: &str) -> Reply {
    let number = ["satu", "dua", "tiga", "empat", "lima"][n % 5];
    let html = template.replace("{n}", &n.to_string()).replace(
        "{text}",
        &format!(
            "<p>Sebanyak {n} perahu kembali berjualan di waduk sebelah {number} pada pagi hari yang cerah itu.</p>\
             <p>Panitia nomor {n} menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga.</p>\
             <p>Kepala desa ke-{n} menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar.</p>"
        ),
    );
    Reply::new(200, "text/html; charset=utf-8", html)
}

const OLD: &str = "<html lang=id><head><title>Berita {n}</title><meta name=author content='Sari Dewi'></head><body>\
    <article><h1>Berita nomor {n} dari waduk</h1><div class=isi>{text}</div></article></body></html>";
const BARE: &str = "<html lang=id><head><title>Berita {n}</title></head><body>\
    <article><h1>Berita nomor {n} dari waduk</h1><div class=isi>{text}</div></article></body></html>";
const REBUILT: &str = "<html lang=id><head><title>Berita {n}</title><meta name=author content='Sari Dewi'></head><body>\
    <main><h1>Berita nomor {n} dari waduk</h1><div class=tulisan>{text}</div></main></body></html>";

const SITE: &str = "schema = 1\n[site]\nhosts = ['HOST']\n[[layout]]\nid = 'lama'\nwhen = 'article'\n\
    title = { required = true, select = ['h1'] }\nbody = { required = true, select = ['div.isi'] }\n";

/// So many stories of one template, and the feed of them all.
fn publish(origin: &Origin, stories: std::ops::Range<usize>, template: &str) {
    for n in stories.clone() {
        origin.set(&format!("/{n}"), story(n, template));
    }
    let paths: Vec<String> = stories.map(|n| format!("/{n}")).collect();
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Berita")).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
}

/// A paper whose twelve stories were crawled.
fn paper() -> (Origin, Desk) {
    let origin = Origin::start();
    let desk = Desk::with_site(&origin, FEED);
    let host = origin.url("").replace("http://", "");
    desk.write("selectors/uji.toml", &SITE.replace("HOST", &host));
    publish(&origin, 1..13, OLD);
    desk.ok(&["crawl", "uji"]);
    (origin, desk)
}

fn health(desk: &Desk) -> (i32, Value) {
    let ended = desk.run(&["sites", "health", "--format", "jsonl"]);
    (ended.code, serde_json::from_str(ended.stdout.lines().next().unwrap()).unwrap())
}

#[test]
fn a_site_that_is_read_as_before_is_well() {
    let (_origin, desk) = paper();
    let (code, found) = health(&desk);
    assert_eq!((code, &found["schema"], &found["ok"]), (0, &"kliping.health/1".into(), &true.into()));
    assert_eq!(found["fields"]["author"]["before"], serde_json::json!({ "with": 8, "of": 8 }));
    assert_eq!(found["readers"][0]["layout"], "lama");
    let text = desk.ok(&["sites", "health"]);
    assert!(text.contains("uji  12 pages") && text.contains("8 before") && !text.contains("gone"), "{text}");
    assert_eq!(desk.ok(&["sites", "health", "-q"]), "", "quiet tells of faults only");
}

#[test]
fn a_field_that_vanishes_is_named_with_its_first_day_and_an_example() {
    let (origin, desk) = paper();
    publish(&origin, 13..18, BARE);
    desk.ok(&["crawl", "uji"]);
    let (code, found) = health(&desk);
    let lost = &found["fields"]["author"]["lost"];
    assert_eq!((code, &lost["how"]), (1, &"vanished".into()), "{found:#}");
    assert!(lost["url"].as_str().unwrap().starts_with(&origin.url("/1")), "{lost}");
    assert!(lost["since"].as_str().unwrap().ends_with('Z'));
    assert_eq!(found["fields"]["title"]["lost"], Value::Null);
    let ended = desk.run(&["sites", "health", "uji"]);
    assert_eq!(ended.code, 1);
    let row = ended.stdout.lines().find(|line| line.trim_start().starts_with("author")).unwrap();
    assert!(row.contains("100 %") && row.contains("0 %") && row.contains("gone since 2"), "{row}");
    let quiet = desk.run(&["sites", "health", "-q"]);
    assert!(quiet.stdout.starts_with("uji: author gone since") && quiet.stdout.lines().count() == 1);
}

#[test]
fn a_site_that_was_rebuilt_lost_its_layout_and_reextract_with_a_mended_file_makes_it_well() {
    let (origin, desk) = paper();
    publish(&origin, 13..18, REBUILT);
    desk.ok(&["crawl", "uji"]);
    let (code, found) = health(&desk);
    assert_eq!((code, &found["signs"]["layout"]["lost"]["how"]), (1, &"vanished".into()), "{found:#}");
    let file = std::fs::read_to_string(desk.path("selectors/uji.toml")).unwrap();
    let layout = "[[layout]]\nid = 'baru'\nwhen = 'div.tulisan'\ntitle = { select = ['h1'] }\n\
        body = { select = ['div.tulisan'] }\n";
    desk.write("selectors/uji.toml", &format!("{file}{layout}"));
    desk.ok(&["reextract"]);
    let (code, found) = health(&desk);
    assert_eq!(code, 0, "{found:#}");
}

#[test]
fn pages_that_give_no_article_any_more_are_told() {
    let (origin, desk) = paper();
    publish(&origin, 13..18, "<html lang=id><body><div id=app></div><p>Berita {n}</p></body></html>");
    let (ended, _) = desk.crawl(&["uji"]);
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    let (code, found) = health(&desk);
    assert_eq!((code, &found["signs"]["article"]["lost"]["how"]), (1, &"vanished".into()), "{found:#}");
}

#[test]
fn a_crawl_of_a_site_whose_feed_names_nothing_any_more_is_no_success() {
    let origin = Origin::start();
    let desk = Desk::with_site(&origin, FEED);
    publish(&origin, 1..1, OLD);
    desk.ok(&["crawl", "uji"]);
    publish(&origin, 1..4, OLD);
    desk.ok(&["crawl", "uji"]);
    desk.ok(&["crawl", "uji"]);
    publish(&origin, 1..1, OLD);
    let (ended, counts) = desk.crawl(&["uji"]);
    assert_eq!(ended.code, 3, "{}", ended.stderr);
    assert!(ended.stderr.contains("no list of the site names an article any more"), "{}", ended.stderr);
    assert!(ended.stderr.contains("kliping sites health uji") && counts["new"] == 0);
}

#[test]
fn what_is_asked_for_wrongly_is_said() {
    let (_origin, desk) = paper();
    let ended = desk.run(&["sites", "health", "lain"]);
    assert!(ended.code == 2 && ended.stderr.contains("its sites: uji"), "{}", ended.stderr);
    let ended = desk.run(&["sites", "health", "--since", "2999-01-01"]);
    assert!(ended.code == 0 && ended.stderr.contains("no page since then"), "{}", ended.stderr);
    let empty = Desk::empty();
    assert_eq!(empty.run(&["sites", "health"]).code, empty.run(&["stats"]).code);
}
