//! Which blocks of the container are the story.

use std::collections::HashSet;

use super::ending;
use super::said::Said;
use super::weight::{ends_sentence, is_linked};
use crate::dom::{Node, NodeId};
use crate::extract::blocks::Piece;
use crate::model::BlockKind;

/// What weighs no more is a link, a button, mark-up.
const DOUBTFUL: f64 = -9.0;
/// Fewer words are a name or a place, whatever stands behind them.
const FEWEST_WORDS: usize = 3;
/// Fewer linked words lead elsewhere ("Read the whole story here.").
const FEWEST_LINKED_WORDS: usize = 6;

/// Which of the container's blocks are the story: from the first running text to the last, without
/// what is mostly link, what is said twice, and headings that head nothing.
pub(super) fn keep(pieces: &[Piece<'_>], weights: &[f64], inside: &[usize]) -> Vec<usize> {
    let strong = |i: usize| weights[i] > 0.0;
    let Some(first) = inside.iter().position(|&i| strong(i)) else { return Vec::new() };
    let Some(last) = inside.iter().rposition(|&i| strong(i)) else { return Vec::new() };
    let first = first - head(pieces, weights, &inside[..=first]);
    let run = &inside[first..=last + tail(pieces, weights, &inside[last..])];
    let end = end(pieces, weights, run);
    let linked_sentences = linked_sentences(pieces, weights, &run[..end]);
    let mut said = Said::new(run[..end].iter().map(|&i| pieces[i].block.text.len()).sum());
    let mut kept: Vec<usize> = run[..end]
        .iter()
        .copied()
        .filter(|&i| weights[i] > DOUBTFUL || linked_sentences.contains(&i))
        .filter(|&i| said.is_new(&pieces[i].block.text))
        .collect();
    while kept.last().is_some_and(|&i| pieces[i].block.kind == BlockKind::Heading) {
        kept.pop();
    }
    kept
}

/// How many of the blocks before the first running text belong to it: short sentences that stand where it
/// stands ("25 people died.").
fn head(pieces: &[Piece<'_>], weights: &[f64], before: &[usize]) -> usize {
    let Some((&first, rest)) = before.split_last() else { return 0 };
    let home = look(&pieces[first]);
    let belongs = |i: usize| {
        let block = &pieces[i].block;
        weights[i] > DOUBTFUL
            && block.kind == BlockKind::Paragraph
            && block.link_chars == 0
            && look(&pieces[i]) == home
            && ends_sentence(&block.text)
            && block.text.split_whitespace().count() >= FEWEST_WORDS
            && !ending::is_ending(&block.text)
    };
    rest.iter().rev().take_while(|&&i| belongs(i)).count()
}

/// The paragraphs that are a link, or nearly so, and yet sentences of the story: they end with a full
/// stop, as headlines of other stories do not, beside a paragraph like them.
fn linked_sentences(pieces: &[Piece<'_>], weights: &[f64], run: &[usize]) -> HashSet<usize> {
    run.windows(3)
        .filter(|three| {
            let block = &pieces[three[1]].block;
            let like = |i: usize| weights[i] > 0.0 && look(&pieces[i]) == look(&pieces[three[1]]);
            is_linked(block)
                && block.kind == BlockKind::Paragraph
                && block.text.ends_with(['.', '。'])
                && !block.text.ends_with("..")
                && block.text.split_whitespace().count() >= FEWEST_LINKED_WORDS
                && (like(three[0]) || like(three[2]))
        })
        .map(|three| three[1])
        .collect()
}

/// Where a block stands, and in what kind of element.
fn place<'d>(piece: &Piece<'d>) -> (Option<NodeId>, &'d str) {
    (piece.owner.parent().map(Node::id), piece.owner.name())
}

/// That, and how it looks.
fn look<'d>(piece: &Piece<'d>) -> impl PartialEq + use<'d> {
    (place(piece), piece.owner.attr("class"))
}

/// Fewer short lines behind the text are a signature.
const LIST: usize = 6;
/// Fewer items of a list behind the text are buttons.
const ITEMS: usize = 3;

/// How many of the blocks behind the last running text belong to it: a list of short lines that stand
/// where that text stands, such as names of winners, or the items of a list there.
fn tail(pieces: &[Piece<'_>], weights: &[f64], behind: &[usize]) -> usize {
    let Some((&last, rest)) = behind.split_first() else { return 0 };
    let home = place(&pieces[last]);
    let is_item = |i: usize| {
        let list = pieces[i].owner.parent();
        pieces[i].block.kind == BlockKind::ListItem
            && pieces[i].block.link_chars == 0
            && list.and_then(Node::parent).map(Node::id) == home.0
    };
    let belongs = |i: usize| {
        let block = &pieces[i].block;
        let heads = block.kind == BlockKind::Heading;
        weights[i] > DOUBTFUL
            && !ending::is_ending(&block.text)
            && (heads || place(&pieces[i]) == home || is_item(i))
    };
    let run: Vec<usize> = rest.iter().copied().take_while(|&i| belongs(i)).collect();
    let lines = run.iter().filter(|&&i| pieces[i].block.kind != BlockKind::Heading).count();
    let items = run.iter().filter(|&&i| is_item(i)).count();
    if lines >= LIST || (items >= ITEMS && items == lines) { run.len() } else { 0 }
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
