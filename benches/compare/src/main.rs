//! One engine over a list of pages: `compare ENGINE LIST`, where the list names a file a line. Prints how
//! many seconds of processor time it took, and how much it found (bytes), to see that work was done.

use std::hint::black_box;
use std::path::Path;

use jiff::Timestamp;
use kliping::dom::charset;
use kliping::read::{self, ReadOptions};
use kliping::site::Catalog;

#[path = "../../../tests/never/clock.rs"]
mod clock;
#[path = "../../job/house.rs"]
mod house;
#[path = "../../job/plain.rs"]
mod plain;
#[path = "../../job/wanted.rs"]
mod wanted;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, engine, list] = &arguments[..] else { panic!("compare ENGINE LIST") };
    let list = std::fs::read_to_string(list).expect("the list can be read");
    let pages: Vec<Vec<u8>> =
        list.lines().map(|file| std::fs::read(file).expect("the page can be read")).collect();
    let run = engine_of(engine);
    let from = clock::used().expect("the system tells processor time");
    let found: usize = pages.iter().map(|page| black_box(run(page))).sum();
    let used = clock::used().expect("the system tells processor time") - from;
    println!("{} {found}", used.as_secs_f64());
}

fn engine_of(name: &str) -> Box<dyn Fn(&[u8]) -> usize> {
    let (plain, house) = (plain::Job::new(), house::Job::new());
    let text = |page: &[u8]| charset::decode(page, None).0.into_owned();
    match name {
        "scraper" => Box::new(move |page| plain.run(&text(page))),
        "kliping" => Box::new(move |page| house.run(page)),
        "kliping-generic" => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../selectors");
            let catalog = Catalog::load(&folder).expect("the shipped site files are sound");
            let now = Timestamp::from_second(1_800_000_000).expect("a year that exists");
            let options = ReadOptions { generic: true, ..ReadOptions::default() };
            Box::new(move |page| {
                let read = read::read(&catalog, page, None, None, options, now);
                read.map_or(0, |read| read.article.body.iter().map(|block| block.text.len()).sum())
            })
        }
        "dom_smoothie" => Box::new(move |page| {
            let article = dom_smoothie::Readability::new(text(page), None, None);
            let article = article.and_then(|mut article| article.parse());
            article.map_or(0, |article| article.text_content.len())
        }),
        "rs-trafilatura" => {
            Box::new(move |page| rs_trafilatura::extract(&text(page)).map_or(0, |found| found.content_text.len()))
        }
        other => panic!("no engine is called {other}"),
    }
}
