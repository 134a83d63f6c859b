//! What it costs to take an article off a page with fixed selectors: the same job by `scraper` used
//! plainly with compiled selectors, by kliping's tree, and what kliping's readers cost, which do more.
//!
//! The job: text of the bytes, headline, date, twelve selectors of boilerplate out, the first of four
//! containers that has 200 letters, its paragraphs with their white space folded.
//!
//! `KLIPING_PAGES` names lists or folders of pages (see `tests/never/main.rs`). Every page counts: an
//! engine's figure is its least processor time for all of them over a few rounds, engine after engine.
//! `-- ENGINE ROUNDS` runs one engine alone, for callgrind (`benches/instructions.py`).

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use kliping::dom::{Document, Parser, charset};
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;

#[path = "../../tests/never/clock.rs"]
mod clock;
mod house;
#[path = "../../tests/never/pages.rs"]
#[allow(dead_code, reason = "who reads a page does not matter here")]
mod pages;
mod plain;
mod wanted;

use pages::Page;

/// Rounds, engine after engine.
const ROUNDS: usize = 5;

/// An engine: its name, and what it does with a page; the length of what it found.
type Engine<'e> = (&'static str, Box<dyn Fn(&Page) -> usize + 'e>);

fn main() {
    let catalog = Catalog::load(Path::new("selectors")).expect("the shipped site files are sound");
    let engines = engines(&catalog);
    let arguments: Vec<String> = std::env::args().skip(1).filter(|one| one != "--bench").collect();
    let pages = pages::all();
    if let [name, rounds] = &arguments[..] {
        let (_, run) = engines.iter().find(|(engine, _)| engine == name).expect("an engine of the table");
        let rounds: usize = rounds.parse().expect("a number of rounds");
        let found: usize = (0..rounds).flat_map(|_| &pages).map(run).sum();
        return println!("{} pages, {found}", pages.len());
    }
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    println!("{} pages, {} KB each", pages.len(), bytes / pages.len() / 1000);
    let mut times = vec![Duration::MAX; engines.len()];
    for _ in 0..ROUNDS {
        for ((_, run), time) in engines.iter().zip(&mut times) {
            *time = used(|| {
                pages.iter().for_each(|page| {
                    black_box(run(page));
                })
            })
            .min(*time);
        }
    }
    for ((name, _), time) in engines.iter().zip(&times) {
        let each = time.as_secs_f64() * 1000.0 / pages.len() as f64;
        println!("{name:20} {each:8.3} ms a page   {:6.2} x", times[0].as_secs_f64() / time.as_secs_f64());
    }
}

fn engines(catalog: &Catalog) -> Vec<Engine<'_>> {
    let (plain, house) = (plain::Job::new(), house::Job::new());
    let now = Timestamp::from_second(1_800_000_000).expect("a year that exists");
    let reader = move |generic: bool| {
        move |page: &Page| {
            let options = ReadOptions { generic, ..ReadOptions::default() };
            let read = read::read(catalog, &page.bytes, None, page.url.as_ref(), options, now);
            read.map_or(0, |read| read.article.body.len())
        }
    };
    let text = |page: &Page| charset::decode(&page.bytes, None).0.into_owned();
    vec![
        ("scraper", Box::new(move |page| plain.run(&text(page)))),
        ("house", Box::new(move |page| house.run(&page.bytes))),
        (
            "scraper-parse",
            Box::new(move |page| scraper::Html::parse_document(&text(page)).tree.values().len()),
        ),
        ("house-parse", Box::new(move |page| drop_parsed(Parser::Fast, &page.bytes))),
        ("charset", Box::new(move |page| charset::decode(&page.bytes, None).0.len())),
        ("read-site", Box::new(reader(false))),
        ("read-generic", Box::new(reader(true))),
    ]
}

fn drop_parsed(parser: Parser, bytes: &[u8]) -> usize {
    let doc = Document::parse_by(parser, &charset::decode(bytes, None).0);
    doc.root().name().len()
}

fn used(work: impl FnOnce()) -> Duration {
    let from = clock::used();
    work();
    clock::used().zip(from).map_or(Duration::ZERO, |(to, from)| to - from)
}
