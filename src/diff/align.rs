//! Which paragraph of the older body is which of the newer one.
//!
//! First the equal ones, then those that were split or joined, then the similar ones near where they
//! are expected. Of all pairs the heaviest rising chain stays in place; what crosses it was moved.

use std::collections::HashMap;
use std::ops::Range;

use super::chain::heaviest_chain;
use super::pair::Pair;
use super::similar::{Bags, alike, regrouped};
use super::token::{Piece, pieces};

/// One body, ready to be aligned.
pub(super) struct Side {
    /// Canonical text of each paragraph.
    pub keys: Vec<String>,
    /// The pieces of those paragraphs that stand in only one of the bodies; empty for the others.
    pub pieces: Vec<Vec<Piece>>,
}

/// Lists of at most this many words are paired by their place when their words have nothing in
/// common: a row of a table, a score, a one-line paragraph.
const SHORT: usize = 6;

/// What moving any paragraph costs beside its letters: rather one long one than two short ones.
const ANY: u64 = 200;

/// Aligns two bodies; cuts the paragraphs that have no equal into pieces.
pub(super) fn align(a: &mut Side, b: &mut Side, text_a: &[&str], text_b: &[&str]) -> Vec<Pair> {
    let mut pairs = equal(a, b);
    let (free_a, free_b) = (free(&pairs, |p| &p.a, a.keys.len()), free(&pairs, |p| &p.b, b.keys.len()));
    for (side, text, free) in [(&mut *a, text_a, &free_a), (&mut *b, text_b, &free_b)] {
        for &i in free {
            side.pieces[i] = pieces(text[i]);
        }
    }
    if !free_a.is_empty() && !free_b.is_empty() {
        let bags = Bags::new(&a.pieces, &b.pieces);
        let expected = expected(&pairs, a.keys.len());
        pairs.extend(regrouped(&bags, &free_a, &free_b, &expected));
        let (free_a, free_b) = (free(&pairs, |p| &p.a, a.keys.len()), free(&pairs, |p| &p.b, b.keys.len()));
        pairs.extend(alike(&bags, &free_a, &free_b, &expected));
    }
    order(&mut pairs, a);
    by_place(&mut pairs, a, b);
    pairs
}

/// Equal paragraphs: the n-th of several equal ones with the n-th.
fn equal(a: &Side, b: &Side) -> Vec<Pair> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (j, key) in b.keys.iter().enumerate().rev() {
        places.entry(key).or_default().push(j);
    }
    let mut pairs = Vec::new();
    // Equal heads and tails pair in place, so that a repeated paragraph is not moved needlessly.
    let head = a.keys.iter().zip(&b.keys).take_while(|(x, y)| x == y).count();
    let rest = a.keys.len().min(b.keys.len()) - head;
    let tail = a.keys.iter().rev().zip(b.keys.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let (end_a, end_b) = (a.keys.len() - tail, b.keys.len() - tail);
    pairs.extend((0..head).map(|i| Pair::of(i, i, true)));
    pairs.extend((0..tail).map(|i| Pair::of(end_a + i, end_b + i, true)));
    for list in places.values_mut() {
        list.retain(|j| (head..end_b).contains(j));
    }
    for (i, key) in a.keys.iter().enumerate().take(end_a).skip(head) {
        if let Some(j) = places.get_mut(key.as_str()).and_then(Vec::pop) {
            pairs.push(Pair::of(i, j, true));
        }
    }
    pairs
}

fn free(pairs: &[Pair], side: fn(&Pair) -> &Range<usize>, len: usize) -> Vec<usize> {
    let mut taken = vec![false; len];
    for i in pairs.iter().flat_map(|pair| side(pair).clone()) {
        taken[i] = true;
    }
    (0..len).filter(|&i| !taken[i]).collect()
}

/// For each paragraph of `a` the place in `b` where it would stand if it had not been moved: as far
/// behind the nearest equal paragraph as before.
fn expected(pairs: &[Pair], len: usize) -> Vec<usize> {
    let mut known: Vec<(usize, usize)> = pairs.iter().map(|p| (p.a.start, p.b.start)).collect();
    known.sort_unstable();
    let mut next = known.iter().peekable();
    let mut last: Option<(usize, usize)> = None;
    (0..len)
        .map(|i| {
            while let Some(&&(a, b)) = next.peek().filter(|(a, _)| *a <= i) {
                last = Some((a, b));
                next.next();
            }
            last.map_or(i, |(a, b)| b + (i - a))
        })
        .collect()
}

/// The heaviest rising chain stays; the others were moved.
fn order(pairs: &mut Vec<Pair>, a: &Side) {
    pairs.sort_by_key(|p| p.a.start);
    let weighted: Vec<(usize, u64)> = pairs
        .iter()
        .map(|p| (p.b.start, p.a.clone().map(|i| a.keys[i].len() as u64 + ANY).sum::<u64>()))
        .collect();
    for (pair, stays) in pairs.iter_mut().zip(heaviest_chain(&weighted)) {
        pair.in_order = stays;
    }
    // Moved and rewritten at once: rather gone here and new there.
    pairs.retain(|pair| pair.in_order || pair.strong);
}

/// Between two paragraphs that stay, as many short ones on either side: paired by their place.
fn by_place(pairs: &mut Vec<Pair>, a: &Side, b: &Side) {
    let (free_a, free_b) = (free(pairs, |p| &p.a, a.keys.len()), free(pairs, |p| &p.b, b.keys.len()));
    let short = |side: &Side, list: &[usize]| {
        list.iter().all(|&i| side.pieces[i].iter().filter(|p| p.is_word()).count() <= SHORT)
    };
    let mut found = Vec::new();
    let (mut rest_a, mut rest_b) = (free_a.as_slice(), free_b.as_slice());
    let ends = pairs.iter().filter(|p| p.in_order).map(|p| (p.a.start, p.b.start));
    for (end_a, end_b) in ends.chain([(usize::MAX, usize::MAX)]) {
        let (gap_a, after_a) = rest_a.split_at(rest_a.partition_point(|i| *i < end_a));
        let (gap_b, after_b) = rest_b.split_at(rest_b.partition_point(|j| *j < end_b));
        if gap_a.len() == gap_b.len() && short(a, gap_a) && short(b, gap_b) {
            found.extend(
                gap_a.iter().zip(gap_b).map(|(&i, &j)| Pair { in_order: true, ..Pair::of(i, j, false) }),
            );
        }
        (rest_a, rest_b) = (after_a, after_b);
    }
    pairs.extend(found);
    pairs.sort_by_key(|p| p.a.start);
}

#[cfg(test)]
#[path = "align_tests.rs"]
mod tests;
