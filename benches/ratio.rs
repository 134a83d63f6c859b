//! What reading costs beside parsing, on real pages: the processor time of everything kliping does for
//! a page with the generic reader (charset, tree, reading, cleaning), against `scraper`'s parse alone
//! of the same pages in the same run. The bar is 1.5.
//!
//! `KLIPING_PAGES` names lists or folders of pages (see `tests/never/main.rs`); without it the
//! project's own small fixtures are read, which say little.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use kliping::dom::{Document, charset};
use kliping::model::Known;
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;
use kliping::{clean, extract};
use scraper::Html;

#[path = "../tests/never/clock.rs"]
mod clock;
#[path = "../tests/never/pages.rs"]
#[allow(dead_code, reason = "who reads a page does not matter here")]
mod pages;

/// Each step is repeated until it has used so much time, at least twice.
const LONG: Duration = Duration::from_secs(2);

fn main() {
    let catalog = Catalog::load(Path::new("selectors")).expect("the shipped site files are sound");
    let generic = catalog.generic();
    let now = Timestamp::from_second(1_800_000_000).expect("a year that exists");
    let options = ReadOptions { generic: true, ..ReadOptions::default() };
    let pages = pages::all();
    let texts: Vec<String> =
        pages.iter().map(|page| charset::decode(&page.bytes, None).0.into_owned()).collect();
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages, {} KB each", pages.len(), bytes / pages.len() / 1000);

    let parse = step("scraper's parse alone", || {
        texts.iter().for_each(|text| drop(black_box(Html::parse_document(text))))
    });
    let whole = step("all that kliping does", || {
        for page in &pages {
            let _ = black_box(read::read(&catalog, &page.bytes, None, page.url.as_ref(), options, now));
        }
    });
    println!("ratio                   {:.3}", whole.as_secs_f64() / parse.as_secs_f64());

    println!("of which");
    let part =
        |name: &str, time: Duration| println!("  {name:20} {:.3}", time.as_secs_f64() / parse.as_secs_f64());
    part(
        "charset",
        time(|| pages.iter().for_each(|page| drop(black_box(charset::decode(&page.bytes, None))))),
    );
    part("tree", time(|| texts.iter().for_each(|text| drop(black_box(Document::parse(text))))));
    let docs: Vec<Document> = texts.iter().map(|text| Document::parse(text)).collect();
    // What a document keeps after the first question is asked for once here, as in the whole.
    let (mut drafts, from) = (Vec::new(), clock::used());
    for (page, doc) in pages.iter().zip(&docs) {
        drafts.push(extract::read(&generic, &generic, doc, page.url.as_ref(), &Known::default(), now));
    }
    part("reading", clock::used().zip(from).map_or(Duration::ZERO, |(to, from)| to - from));
    part(
        "cleaning",
        time(|| drafts.iter().cloned().for_each(|draft| drop(black_box(clean::clean(&generic, draft))))),
    );
}

fn step(name: &str, work: impl FnMut()) -> Duration {
    let time = time(work);
    println!("{name:22} {:.1} ms", time.as_secs_f64() * 1000.0);
    time
}

/// The processor time of one round, the least of several.
fn time(mut work: impl FnMut()) -> Duration {
    let (mut least, mut all, mut rounds) = (Duration::MAX, Duration::ZERO, 0);
    while all < LONG || rounds < 2 {
        let from = clock::used();
        work();
        let used = clock::used().zip(from).map_or(LONG, |(to, from)| to - from);
        (least, all, rounds) = (least.min(used), all + used, rounds + 1);
    }
    least
}
