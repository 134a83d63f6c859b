//! The element that holds the story: the one with the greatest sum of weights. A parent that holds
//! more of the story wins over its children, one that holds more furniture loses.

use super::hints::Hints;
use super::page::Page;
use crate::extract::blocks::Piece;

/// The element with the greatest sum of weights.
pub(super) fn choose(page: &Page<'_>, pieces: &[Piece<'_>], weights: &[f64]) -> Option<usize> {
    let mut sums = vec![0.0f64; page.elems.len()];
    for (piece, weight) in pieces.iter().zip(weights) {
        if let Some(sum) = sums.get_mut(piece.ordinal) {
            *sum += weight;
        }
    }
    for at in (1..page.elems.len()).rev() {
        sums[page.elems[at].parent] += sums[at];
    }
    let best = (0..sums.len()).filter(|&at| sums[at] > 0.0).max_by(|&a, &b| {
        // Of equal ones the innermost.
        sums[a].total_cmp(&sums[b]).then(page.elems[a].depth.cmp(&page.elems[b].depth))
    })?;
    let best = tighten(page, &sums, best);
    // A part of it that calls itself the text and holds most of it is the text.
    let named = (best..page.elems[best].end)
        .filter(|&at| is_named(page, at) && sums[at] >= 0.7 * sums[best])
        .max_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(page.elems[a].depth.cmp(&page.elems[b].depth)));
    Some(named.unwrap_or(best))
}

/// Walks down while one part holds nearly everything: what stands beside it is rather furniture. What
/// stands before it is rather an intro, so less of that may get lost.
fn tighten(page: &Page<'_>, sums: &[f64], mut best: usize) -> usize {
    const BEFORE: f64 = 0.02;
    const BEHIND: f64 = 0.15;
    loop {
        let whole = sums[best];
        let (mut child, mut before, mut next) = (best + 1, 0.0, None);
        while child < page.elems[best].end {
            let sum = sums[child];
            if sum >= 0.5 * whole {
                let behind = whole - before - sum;
                next = (before <= BEFORE * whole && behind <= BEHIND * whole).then_some(child);
                break;
            }
            before += sum.max(0.0);
            child = page.elems[child].end;
        }
        match next {
            Some(child) => best = child,
            None => return best,
        }
    }
}

fn is_named(page: &Page<'_>, at: usize) -> bool {
    let elem = &page.elems[at];
    elem.hints.has(Hints::CONTENT)
        || elem.node.attr("itemprop").is_some_and(|prop| prop.to_ascii_lowercase().contains("articlebody"))
}
