//! Both parsers make the same tree of every page: as it is, damaged in eight ways, and mutated.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use kliping::dom::{Document, Parser, charset};

use crate::mutate::{Rng, mutate};
use crate::pages::Page;
use crate::shrink;

/// What happens to a page, each once a page.
#[derive(Debug, Clone, Copy)]
pub enum Damage {
    EndTagGone,
    StartTagGone,
    TenTagsGone,
    EndTagTwice,
    CutOffInATag,
    QuoteGone,
    UnclosedTable,
    Misnested,
}

pub const DAMAGES: [Damage; 8] = [
    Damage::EndTagGone,
    Damage::StartTagGone,
    Damage::TenTagsGone,
    Damage::EndTagTwice,
    Damage::CutOffInATag,
    Damage::QuoteGone,
    Damage::UnclosedTable,
    Damage::Misnested,
];

/// Where the trees of a page differ: the page, made as small as it goes.
pub fn fault(name: &str, bytes: &[u8]) -> Option<String> {
    if same(bytes) {
        return None;
    }
    let small = shrink::shrink(bytes, |bytes| !same(bytes));
    Some(format!("{name}: {:?}", String::from_utf8_lossy(&small)))
}

/// A parser that panics makes no tree.
fn same(bytes: &[u8]) -> bool {
    let text = charset::decode(bytes, None).0;
    let trees = || {
        let reference = Document::parse_by(Parser::Reference, &text);
        Document::parse_by(Parser::Fast, &text).is_same_tree(&reference)
    };
    catch_unwind(AssertUnwindSafe(trees)).unwrap_or(false)
}

/// A damaged page.
pub fn damaged(page: &[u8], damage: Damage, rng: &mut Rng) -> Vec<u8> {
    let mut page = page.to_vec();
    let tag = |page: &[u8], rng: &mut Rng, closing: bool| {
        let starts: Vec<usize> = (0..page.len().saturating_sub(2))
            .filter(|&at| page[at] == b'<' && page[at + 1 + usize::from(closing)].is_ascii_alphabetic())
            .filter(|&at| !closing || page[at + 1] == b'/')
            .collect();
        let start = starts.get(rng.below(starts.len())).copied().unwrap_or(page.len());
        let length =
            page[start..].iter().position(|&byte| byte == b'>').map_or(page.len() - start, |n| n + 1);
        start..start + length
    };
    let insert = |page: &mut Vec<u8>, rng: &mut Rng, what: &[u8]| {
        let at = tag(page, rng, true).end;
        page.splice(at..at, what.iter().copied());
    };
    match damage {
        Damage::EndTagGone => drop(page.drain(tag(&page, rng, true))),
        Damage::StartTagGone => drop(page.drain(tag(&page, rng, false))),
        Damage::TenTagsGone => {
            for n in 0..10 {
                page.drain(tag(&page, rng, n % 2 == 0));
            }
        }
        Damage::EndTagTwice => {
            let range = tag(&page, rng, true);
            page.splice(range.end..range.end, page[range].to_vec());
        }
        Damage::CutOffInATag => {
            let range = tag(&page, rng, false);
            page.truncate(range.start + rng.below(range.len()));
        }
        Damage::QuoteGone => {
            let quotes: Vec<usize> = (0..page.len()).filter(|&at| page[at] == b'"').collect();
            if !quotes.is_empty() {
                page.remove(*rng.pick(&quotes));
            }
        }
        Damage::UnclosedTable => insert(&mut page, rng, b"<table><tr><div><p>Kata <td>"),
        Damage::Misnested => insert(&mut page, rng, b"<a href=/x><b>Kata <p>dua</a> tiga</b>"),
    }
    page
}

/// Mutated pages, so many or for so long; the first faults.
pub fn mutated(pages: &[Page], seed: u64, count: usize, seconds: Option<u64>) -> Vec<String> {
    let end = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut faults = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if faults.len() > 5 || end.map_or(number >= count, |end| Instant::now() > end) {
                return faults;
            }
            let mut rng = Rng::new(seed.wrapping_add(2), number as u64);
            let (one, other) = (rng.pick(pages), rng.pick(pages));
            faults.extend(fault(&one.name, &mutate(&mut rng, &one.bytes, &other.bytes)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let faults = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no parser panics")).collect()
    });
    println!("{} mutated pages parsed twice", next.into_inner());
    faults
}
