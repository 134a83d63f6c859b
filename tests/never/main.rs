//! What must never happen, whatever the page: a panic, text that was not on the page, the headline in
//! the body, another answer at the second reading, another tree than html5ever's.
//!
//! The pages are the project's own fixtures, cut off anywhere and mutated at random from a seed. They
//! and the time are set by the environment:
//!
//! - `KLIPING_PAGES`: folders of pages, or lists as `kliping extract --batch` takes them, parted by `:`
//! - `KLIPING_NEVER_SECONDS`: mutate for so long, instead of a few hundred pages
//! - `KLIPING_NEVER_SEED`, `KLIPING_NEVER_CASE`: another seed; one case of it alone, whose page is kept
//!
//! A page that breaks something is made as small as it goes and left in the folder for temporary files.

mod case;
mod check;
mod clock;
mod mutate;
mod pages;
mod parsers;
mod shown;
mod shrink;

use case::{Case, World};
use mutate::Rng;

/// Mutated pages without a setting.
const CASES: u64 = 300;
/// Mutated pages of which both parsers make trees.
const TREES: usize = 400;
/// Where each page is cut off.
const CUTS: u64 = 24;

#[test]
fn every_page_as_it_is() {
    let world = World::load();
    let pages = world.pages.len() as u64;
    // Each page twice: as its site's file reads it, and as the generic reader does.
    world.run(pages * 2, |n| Case::whole(n % pages, n >= pages));
}

#[test]
fn every_page_cut_off_anywhere() {
    let world = World::load();
    world.run(world.pages.len() as u64 * CUTS, |n| Case::cut(&world, n));
}

#[test]
fn pages_mutated_at_random() {
    let world = World::load();
    if let Some(case) = setting("KLIPING_NEVER_CASE") {
        println!("{}", Case::mutated(&world, case).keep(&world));
        return world.run(1, |_| Case::mutated(&world, case));
    }
    match setting("KLIPING_NEVER_SECONDS") {
        Some(seconds) => world.run_for(seconds, |n| Case::mutated(&world, n)),
        None => world.run(CASES, |n| Case::mutated(&world, n)),
    }
}

#[test]
fn both_parsers_make_the_same_tree_of_every_page() {
    let (pages, mut faults, mut rng) = (pages::all(), Vec::new(), Rng::new(seed(), 0));
    for page in &pages {
        faults.extend(parsers::fault(&page.name, &page.bytes));
        for damage in parsers::DAMAGES {
            let name = format!("{damage:?} in {}", page.name);
            faults.extend(parsers::fault(&name, &parsers::damaged(&page.bytes, damage, &mut rng)));
        }
    }
    println!("{} pages, each as it is and damaged in 8 ways", pages.len());
    assert!(faults.is_empty(), "{} trees differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn both_parsers_make_the_same_tree_of_mutated_pages() {
    let faults = parsers::mutated(&pages::all(), seed(), TREES, setting("KLIPING_NEVER_SECONDS"));
    assert!(faults.is_empty(), "trees differ:\n{}", faults.join("\n"));
}

fn seed() -> u64 {
    setting("KLIPING_NEVER_SEED").unwrap_or(1)
}

/// A number out of the environment.
fn setting(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}
