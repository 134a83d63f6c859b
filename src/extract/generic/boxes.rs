//! Boxes inside the text: newsletters, "more on this", promotions. Where nearly all paragraphs are
//! children of one element, what stands deeper in a box of its own interrupts the story.

use std::collections::{HashMap, HashSet};

use super::page::Page;
use crate::extract::blocks::Piece;
use crate::model::BlockKind;

/// So much of the text must stand directly in one element.
const MAIN_SHARE: f64 = 0.65;
/// A box with a greater share is a part of the story.
const BOX_SHARE: f64 = 0.15;

/// A box with so long a paragraph, or with more than so many, tells a part of the story.
const LONG: f64 = 320.0;
const MANY: usize = 4;

/// The blocks that stand in boxes.
pub(super) fn find(
    page: &Page<'_>,
    pieces: &[Piece<'_>],
    weights: &[f64],
    inside: &[usize],
) -> HashSet<usize> {
    let mass = |i: usize| weights[i].max(0.0);
    let total: f64 = inside.iter().map(|&i| mass(i)).sum();
    let mut by_parent: HashMap<usize, f64> = HashMap::new();
    for &i in inside {
        if pieces[i].owner.name() == "p" {
            *by_parent.entry(page.elems[pieces[i].ordinal].parent).or_default() += mass(i);
        }
    }
    // The place breaks ties, so that the answer does not depend on the map's order.
    let main = by_parent.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let Some((main, _)) = main.filter(|(_, sum)| *sum >= MAIN_SHARE * total) else { return HashSet::new() };
    let mut boxes: HashMap<usize, Vec<usize>> = HashMap::new();
    for &i in inside {
        if let Some(at) = box_of(page, pieces[i].ordinal, main) {
            boxes.entry(at).or_default().push(i);
        }
    }
    let mut out = HashSet::new();
    for places in boxes.into_values() {
        let sum: f64 = places.iter().map(|&i| mass(i)).sum();
        let quoted = places.iter().any(|&i| {
            matches!(pieces[i].block.kind, BlockKind::Quote | BlockKind::TableRow | BlockKind::Preformatted)
        });
        let told = places.iter().any(|&i| mass(i) > LONG)
            || places.iter().filter(|&&i| mass(i) > 0.0).count() > MANY;
        if sum <= BOX_SHARE * total && !quoted && !told {
            out.extend(places);
        }
    }
    out
}

/// The box directly inside the main element that holds an element: a `<div>`, `<section>` or `<aside>`.
fn box_of(page: &Page<'_>, at: usize, main: usize) -> Option<usize> {
    let mut below = None;
    for place in page.upward(at) {
        if place == main {
            return below.filter(|&place: &usize| {
                place != at
                    && matches!(page.elems[place].node.name(), "div" | "section" | "aside" | "article")
            });
        }
        below = Some(place);
    }
    None
}
