//! Which blocks of the container are the story.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use super::ending;
use crate::dom::{FastState, Node};
use crate::extract::blocks::Piece;
use crate::model::BlockKind;

/// Which of the container's blocks are the story: from the first running text to the last, without
/// what is mostly link, what is said twice, and headings that head nothing.
pub(super) fn keep(pieces: &[Piece<'_>], weights: &[f64], inside: &[usize]) -> Vec<usize> {
    let strong = |i: usize| weights[i] > 0.0;
    let Some(first) = inside.iter().position(|&i| strong(i)) else { return Vec::new() };
    let Some(last) = inside.iter().rposition(|&i| strong(i)) else { return Vec::new() };
    let run = &inside[first..=last + tail(pieces, weights, &inside[last..])];
    let end = end(pieces, weights, run);
    let mut said = Said::default();
    let mut kept: Vec<usize> = run[..end]
        .iter()
        .copied()
        .filter(|&i| weights[i] > -9.0)
        .filter(|&i| said.is_new(&pieces[i].block.text))
        .collect();
    while kept.last().is_some_and(|&i| pieces[i].block.kind == BlockKind::Heading) {
        kept.pop();
    }
    kept
}

/// Fewer short lines behind the text are a signature.
const LIST: usize = 6;

/// How many of the blocks behind the last running text belong to it: a list of short lines that stand
/// where that text stands, such as names of winners.
fn tail(pieces: &[Piece<'_>], weights: &[f64], behind: &[usize]) -> usize {
    let Some((&last, rest)) = behind.split_first() else { return 0 };
    let home = pieces[last].owner.parent().map(Node::id);
    let belongs = |i: usize| {
        let (block, owner) = (&pieces[i].block, pieces[i].owner);
        let here = owner.parent().map(Node::id) == home;
        let heads = block.kind == BlockKind::Heading;
        weights[i] > -9.0
            && !ending::is_ending(&block.text)
            && (heads || (here && owner.name() == pieces[last].owner.name()))
    };
    let count = rest.iter().take_while(|&&i| belongs(i)).count();
    let lines = rest[..count].iter().filter(|&&i| pieces[i].block.kind != BlockKind::Heading).count();
    if lines < LIST { 0 } else { count }
}

/// A line that ends the story stands behind at least this share of the text.
const BEFORE_ENDING: f64 = 0.15;

/// Whether paragraphs follow that stand where those before stand: in the same element, or in one with
/// the same classes.
fn goes_on<'d>(pieces: &[Piece<'d>], weights: &[f64], before: &[usize], behind: &[usize]) -> bool {
    let parents = |places: &[usize]| -> Vec<Node<'d>> {
        let strong =
            places.iter().filter(|&&i| weights[i] > 0.0 && pieces[i].block.kind == BlockKind::Paragraph);
        strong.filter_map(|&i| pieces[i].owner.parent()).collect()
    };
    let known = parents(before);
    let ids: HashSet<_> = known.iter().map(|node| node.id()).collect();
    // The first class names the kind of box; the others often say how it looks.
    let classes: HashSet<&str> = known.iter().filter_map(|node| first_class(*node)).collect();
    parents(behind).iter().any(|node| {
        ids.contains(&node.id()) || first_class(*node).is_some_and(|class| classes.contains(class))
    })
}

fn first_class(node: Node<'_>) -> Option<&str> {
    // Every post in a list is an <article> with the same first class.
    node.attr("class").filter(|_| node.name() == "div")?.split_whitespace().next()
}

/// How many blocks of the run are the story: up to a line that says that it is over.
fn end(pieces: &[Piece<'_>], weights: &[f64], run: &[usize]) -> usize {
    let total: f64 = run.iter().map(|&i| weights[i].max(0.0)).sum();
    let mut before = 0.0;
    for (at, &i) in run.iter().enumerate() {
        let block = &pieces[i].block;
        let over = weights[i] <= 0.0 && before >= BEFORE_ENDING * total && ending::is_ending(&block.text);
        if over && !goes_on(pieces, weights, &run[..at], &run[at..]) {
            return at;
        }
        before += weights[i].max(0.0);
    }
    run.len()
}

/// What was said already, as runs of words: a text may stand on a page twice, cut differently.
#[derive(Default)]
struct Said(HashSet<u64, FastState>);

impl Said {
    /// Words in a run.
    const RUN: usize = 5;
    /// Shorter texts may well stand twice in a story.
    const FEWEST: usize = 8;

    /// Whether a text says something new; notes what it says.
    fn is_new(&mut self, text: &str) -> bool {
        let words: Vec<u64> = text.split_whitespace().map(hash_of_word).collect();
        let runs: Vec<u64> = words.windows(Self::RUN).map(hash).collect();
        if words.len() < Self::FEWEST {
            self.0.extend(runs);
            return true;
        }
        let known = runs.iter().filter(|run| self.0.contains(run)).count();
        let new = known * 10 < runs.len() * 7;
        if new {
            self.0.extend(runs);
        }
        new
    }
}

/// The hash of a word's letters and digits in lower case.
fn hash_of_word(word: &str) -> u64 {
    let mut hasher = FastState::default().build_hasher();
    // Eight letters at a time.
    let (mut eight, mut count) = (0u64, 0u32);
    for b in word.bytes().filter(u8::is_ascii_alphanumeric) {
        eight = eight << 8 | u64::from(b.to_ascii_lowercase());
        count += 1;
        if count % 8 == 0 {
            hasher.write_u64(std::mem::take(&mut eight));
        }
    }
    hasher.write_u64(eight);
    if !word.is_ascii() {
        let others = word.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric());
        others.flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c.into()));
        hasher.write_u32(count);
    }
    hasher.finish()
}

fn hash(words: &[u64]) -> u64 {
    let mut hasher = FastState::default().build_hasher();
    words.iter().for_each(|word| hasher.write_u64(*word));
    hasher.finish()
}
