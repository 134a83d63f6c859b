//! Walls and what is none, from outside: articles about them, a site that bars all its pages, a wall
//! where nobody knows an article yet.

mod support;

use support::desk::Desk;
use support::origin::{self, Origin, Reply};
use support::paper::{FEED, site, story};

fn html(text: &str) -> Reply {
    Reply::new(200, "text/html; charset=utf-8", text)
}

#[test]
fn articles_about_walls_are_articles() {
    let long = |first: &str| story(first).join("</p><p>");
    let dated = "<meta property=\"article:published_time\" content=\"2026-01-02T03:04:05+07:00\">";
    let banner = "<div class=\"cookie-banner\"><p>We use cookies. Accept all cookies?</p><button>Accept all</button></div>";
    let pages = [
        (
            "Cookie di mana-mana",
            "Cookie menyimpan data pribadi. Regulator meminta persetujuan (consent) yang jelas.",
        ),
        ("Halaman tidak ditemukan", "Sebanyak 14 situs pemerintah mati sejak kemarin, kata pegiat."),
        ("Just a moment", "Film itu diputar lagi di alun-alun, dan penonton diminta: verify you are human."),
        ("Maintenance", "Jembatan ditutup untuk pemeliharaan sampai hari Minggu, dan angkutan dialihkan."),
    ];
    let origin = Origin::start();
    let tail = "<p>Artikel ini khusus pelanggan. Sudah berlangganan? Silakan berlangganan untuk membaca.</p>";
    for (n, (title, first)) in pages.iter().enumerate() {
        let text = long(first);
        origin.set(
            &format!("/{n}"),
            html(&format!("<!DOCTYPE html><html lang=\"id\"><head><title>{title} - Uji</title>{dated}</head><body>{banner}\
                <article><h1>{title}</h1><p>{text}</p>{tail}</article></body></html>")),
        );
    }
    let items: Vec<(String, &str)> = (0..pages.len()).map(|n| (format!("/{n}"), pages[n].0)).collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(path, title)| (path.as_str(), *title)).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    let (ended, counts) = Desk::with_site(&origin, FEED).crawl(&[]);
    assert_eq!((&counts["new"], ended.code), (&pages.len().into(), 0), "{}", ended.stderr);
}

#[test]
fn a_site_that_bars_its_pages_is_not_asked_for_all_of_them() {
    let origin = Origin::start();
    let trial = Reply::new(
        403,
        "text/html",
        "<html><title>Just a moment...</title><p>Verify you are human</p></html>",
    );
    let paths: Vec<String> = (0..12).map(|n| format!("/{n}")).collect();
    paths.iter().for_each(|path| origin.set(path, trial.clone()));
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Kabar")).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    let desk = Desk::with_site(&origin, FEED);
    let ended = desk.run(&["crawl", "--summary", "text"]);
    let asked: usize = paths.iter().map(|path| origin.count(path)).sum();
    assert_eq!(asked, 5, "{}", ended.stderr);
    assert!(ended.stdout.contains("uji: shown instead of articles: 5 bot_challenge"), "{}", ended.stdout);
    assert!(ended.stderr.contains("5 pages in a row show a challenge for robots"), "{}", ended.stderr);
    let doctor = desk.run(&["doctor"]).stdout;
    assert!(doctor.contains("5 of 5 answers of the last day were a challenge for robots"), "{doctor}");
}

#[test]
fn the_same_text_at_every_address_is_archived_once_at_most() {
    let origin = Origin::start();
    let about =
        "Kami menyajikan kabar dari waduk dan sekitarnya setiap hari, dari pagi sampai malam, tanpa henti.";
    let paths: Vec<String> = (0..6).map(|n| format!("/{n}")).collect();
    origin.set_rest(origin::page("Selamat datang di Uji", &[about, "Redaksi kami bekerja di tepi waduk."]));
    origin.set("/robots.txt", origin::text("User-agent: *\nDisallow:\n"));
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Kabar")).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((&counts["new"], &counts["instead"]["soft_404"]), (&1.into(), &5.into()), "{}", ended.stderr);
    assert_eq!(desk.ok(&["list", "--format", "jsonl"]).lines().count(), 1);
}

#[test]
fn a_wall_that_is_met_for_the_first_time_is_no_article() {
    let origin = site();
    let wall = "<!DOCTYPE html><html><head><title>Before you continue</title></head><body><h1>Before you continue</h1>\
        <p>We and our partners use cookies and personal data for measuring and for personalised content on this site and others.</p>\
        <p>You can change your privacy choices at any time at the foot of every page of ours.</p><button>I agree</button></body></html>";
    origin.set("/satu", html(wall));
    let desk = Desk::with_site(&origin, FEED);
    let (ended, counts) = desk.crawl(&[]);
    assert_eq!((&counts["new"], &counts["extract_failed"]), (&1.into(), &1.into()));
    assert_eq!((ended.code, &counts["instead"]["consent_wall"]), (3, &1.into()), "{}", ended.stderr);
    assert!(ended.stderr.contains("consent_wall"), "{}", ended.stderr);
    assert!(!desk.ok(&["list"]).contains("Before you continue"));
}
