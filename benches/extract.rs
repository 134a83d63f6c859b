//! How long it takes to read a page. The bar: the generic reader costs at most half of what parsing the
//! page costs, so that both together stay under 1.5 times the parser.
//!
//! The page is made here: menus, teasers, scripts and a story of 60 paragraphs, about 170 KB, which is
//! what a news page weighs.

use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;

use divan::Bencher;
use jiff::Timestamp;
use kliping::clean;
use kliping::dom::{Document, charset};
use kliping::extract;
use kliping::model::{Known, PageUrl};
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;

fn main() {
    divan::main();
}

/// A sentence of so many words.
fn words(seed: usize, count: usize) -> String {
    const WORDS: [&str; 12] = [
        "warga", "menanam", "pohon", "di", "lereng", "gunung", "bersama", "kepala", "desa", "pada", "hari",
        "minggu",
    ];
    let mut out: Vec<&str> = (0..count).map(|i| WORDS[(seed * 7 + i * 5 + i * i) % WORDS.len()]).collect();
    out.insert(count / 2, "bibit,");
    out.join(" ")
}

fn page() -> String {
    let mut html = String::from(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"utf-8\"><title>Warga Menanam Pohon - Kabar</title>
        <meta property=\"og:title\" content=\"Warga Menanam Pohon\"><script type=\"application/ld+json\">
        {\"@type\":\"NewsArticle\",\"headline\":\"Warga Menanam Pohon\",\"datePublished\":\"2024-06-20T09:15:00+07:00\",
        \"author\":{\"name\":\"Sari Dewi\"}}</script></head><body class=\"post-template\"><nav class=\"menu\"><ul>",
    );
    for i in 0..120 {
        let _ = write!(html, "<li class=\"menu-item\"><a href=\"/kanal/{i}\">{}</a></li>", words(i, 2));
    }
    html.push_str(
        "</ul></nav><main><article class=\"post-1\"><h1 class=\"entry-title\">Warga Menanam Pohon</h1>",
    );
    html.push_str("<p class=\"byline\">Oleh <a rel=\"author\" href=\"/x\">Sari Dewi</a></p><div class=\"entry-content\">");
    for i in 0..60 {
        let _ =
            write!(html, "<p>{}. <a href=\"/b/{i}\">{}</a> {}.</p>", words(i, 30), words(i, 3), words(i, 25));
        if i % 15 == 14 {
            let _ = write!(
                html,
                "<div class=\"baca-juga\"><a href=\"/b/{i}\">Baca juga: {}</a></div>",
                words(i, 8)
            );
        }
        if i % 8 == 3 {
            let _ = write!(
                html,
                "<script>window.dataLayer.push({{\"slot\":{i},\"text\":\"{}\"}});</script>",
                words(i, 200)
            );
        }
    }
    html.push_str(
        "</div></article><div id=\"respond\" class=\"comment-respond\"><h3>Tinggalkan Balasan</h3></div>",
    );
    html.push_str("<aside class=\"sidebar\">");
    for i in 0..220 {
        let _ = write!(
            html,
            "<div class=\"card card--small\" data-id=\"{i}\"><div class=\"card__media\"><img src=\"/g/{i}.jpg\" alt=\"\"></div>
            <h3 class=\"card__title\"><a href=\"/b/{i}\">{}</a></h3><p class=\"card__text\">{}</p>
            <span class=\"card__date\">{} Juni 2024</span></div>",
            words(i, 9),
            words(i, 14),
            i % 28 + 1
        );
    }
    html.push_str("</aside></main></body></html>");
    html
}

fn catalog() -> Catalog {
    Catalog::load(Path::new("selectors")).expect("the shipped site files are sound")
}

fn now() -> Timestamp {
    Timestamp::from_second(1_720_000_000).expect("a year that exists")
}

#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    let html = page();
    bencher.bench(|| charset::decode(black_box(html.as_bytes()), None));
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let html = page();
    bencher.bench(|| Document::parse(black_box(&html)));
}

#[divan::bench]
fn read_generic(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    let html = page();
    let doc = Document::parse(&html);
    let generic = catalog.generic();
    bencher.bench_local(|| {
        let draft = extract::read(&generic, &generic, black_box(&doc), None, &Known::default(), now());
        clean::clean(&generic, draft)
    });
}

#[divan::bench]
fn read_wordpress(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    let html = page();
    let doc = Document::parse(&html);
    let (site, generic) = (catalog.preset("wordpress").expect("it is built in"), catalog.generic());
    bencher.bench_local(|| {
        let draft = extract::read(&site, &generic, black_box(&doc), None, &Known::default(), now());
        clean::clean(&site, draft)
    });
}

#[divan::bench]
fn bytes_to_article(bencher: Bencher<'_, '_>) {
    let catalog = catalog();
    let html = page();
    let url = PageUrl::parse("https://kabar.example/2024/06/20/warga/").expect("an address");
    bencher.bench(|| {
        read::extract_article(
            &catalog,
            black_box(html.as_bytes()),
            None,
            Some(&url),
            ReadOptions::default(),
            now(),
        )
    });
}
