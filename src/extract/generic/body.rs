//! The body of a page that nobody wrote rules for.
//!
//! Every block gets a weight: running text counts for it, links and scraps against it. The element
//! with the greatest sum is the container: a parent that holds more of the story wins over its
//! children, one that holds more furniture loses. Inside, each block is then judged by itself.

use std::collections::HashSet;

use super::ending;
use super::hints::Hints;
use super::lead::{self, Told};
use super::page::Page;
use crate::extract::blocks::{self, Piece};
use crate::model::{BlockKind, DraftBlock};

/// A body and how sure it is.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) blocks: Vec<DraftBlock>,
    /// The element, as people would point at it: `div.entry-content`.
    pub(super) container: String,
}

/// Reads the body.
pub(super) fn read(page: &Page<'_>, told: &Told) -> Option<Body> {
    let root = page.elems.first()?.node;
    let pieces = blocks::pieces(root, |_, at| page.stripped.get(at).copied().unwrap_or(false));
    let weights: Vec<f64> = pieces.iter().map(|piece| weight(piece)).collect();
    let container = container(page, &pieces, &weights)?;
    let end = page.elems[container].end;
    let inside: Vec<usize> =
        (0..pieces.len()).filter(|&i| (container..end).contains(&pieces[i].ordinal)).collect();
    let mut kept = keep(&pieces, &weights, &inside);
    let lead = lead::find(page, &pieces, &kept, told);
    kept.splice(0..0, lead);
    trace(page, &pieces, &weights, container, &kept);
    let blocks: Vec<DraftBlock> = kept.into_iter().map(|i| pieces[i].block.clone()).collect();
    (!blocks.is_empty()).then(|| Body { blocks, container: point_at(page, container) })
}

/// What a block says for or against being part of a story.
fn weight(piece: &Piece<'_>) -> f64 {
    let block = &piece.block;
    let chars = measure(&block.text);
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let linked = block.link_chars as f64 / (block.text.chars().count().max(1)) as f64;
    if block.kind == BlockKind::Heading {
        return 0.0;
    }
    // Mark-up that was printed as text.
    if block.text.starts_with('<') && block.text.contains("=\"") {
        return -20.0;
    }
    if linked > 0.6 {
        return -15.0 - chars.min(60.0) * 0.3;
    }
    let sentence = ends_sentence(&block.text);
    let unlinked = chars * (1.0 - linked);
    match block.kind {
        _ if chars >= 80.0 => unlinked.min(800.0),
        _ if sentence && chars >= 25.0 => unlinked,
        BlockKind::ListItem => 0.0,
        _ => -8.0,
    }
}

/// Length of a text; a character of a script without spaces counts for more.
fn measure(text: &str) -> f64 {
    let (mut narrow, mut wide) = (0.0, 0.0);
    for c in text.chars() {
        if matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}')
        {
            wide += 2.2;
        } else {
            narrow += 1.0;
        }
    }
    narrow + wide
}

fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '“', '\'', '’', '»', ')', ']', '」', '』', ' ']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟', ';'])
}

/// The element with the greatest sum of weights.
fn container(page: &Page<'_>, pieces: &[Piece<'_>], weights: &[f64]) -> Option<usize> {
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
        .filter(|&at| is_named(page, at) && sums[at] >= 0.75 * sums[best])
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

/// Which of the container's blocks are the story: from the first running text to the last, without
/// what is mostly link, what is said twice, and headings that head nothing.
fn keep(pieces: &[Piece<'_>], weights: &[f64], inside: &[usize]) -> Vec<usize> {
    let strong = |i: usize| weights[i] > 0.0;
    let Some(first) = inside.iter().position(|&i| strong(i)) else { return Vec::new() };
    let Some(last) = inside.iter().rposition(|&i| strong(i)) else { return Vec::new() };
    let run = &inside[first..=last];
    let end = end(pieces, weights, run);
    let mut said: HashSet<String> = HashSet::new();
    let mut kept: Vec<usize> = run[..end]
        .iter()
        .copied()
        .filter(|&i| weights[i] > -9.0)
        .filter(|&i| {
            let key = lead::key(&pieces[i].block.text);
            key.chars().count() < LONG_ENOUGH_TO_REPEAT || said.insert(key)
        })
        .collect();
    while kept.last().is_some_and(|&i| pieces[i].block.kind == BlockKind::Heading) {
        kept.pop();
    }
    kept
}

/// Shorter texts may well stand twice in a story.
const LONG_ENOUGH_TO_REPEAT: usize = 30;
/// A line that ends the story stands behind at least this share of the text.
const BEFORE_ENDING: f64 = 0.6;

/// Whether paragraphs follow that stand where those before stand.
fn goes_on(pieces: &[Piece<'_>], weights: &[f64], before: &[usize], behind: &[usize]) -> bool {
    let place = |i: usize| {
        let piece = &pieces[i];
        (weights[i] > 0.0 && piece.block.kind == BlockKind::Paragraph)
            .then(|| piece.owner.parent().map(|parent| (parent.id(), piece.owner.name())))
            .flatten()
    };
    let known: HashSet<_> = before.iter().filter_map(|&i| place(i)).collect();
    behind.iter().filter_map(|&i| place(i)).any(|place| known.contains(&place))
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

/// Tells of each block what became of it (`-vvv`).
fn trace(page: &Page<'_>, pieces: &[Piece<'_>], weights: &[f64], container: usize, kept: &[usize]) {
    if !tracing::enabled!(tracing::Level::TRACE) {
        return;
    }
    tracing::trace!(container = point_at(page, container), "container");
    for (i, (piece, weight)) in pieces.iter().zip(weights).enumerate() {
        let mut path: Vec<String> =
            page.ancestors(piece.ordinal).take(5).map(|at| point_at(page, at)).collect();
        path.insert(0, point_at(page, piece.ordinal));
        let mark = if kept.contains(&i) { "keep" } else { "drop" };
        let text: String = piece.block.text.chars().take(70).collect();
        tracing::trace!("{mark} {weight:6.0} {} [{}] {text}", piece.block.kind.as_str(), path.join(" < "));
    }
}

fn point_at(page: &Page<'_>, at: usize) -> String {
    let node = page.elems[at].node;
    let mut out = node.name().to_owned();
    if let Some(id) = node.attr("id").filter(|id| !id.trim().is_empty()) {
        out.push('#');
        out.push_str(id.trim());
    } else if let Some(class) = node.classes().next() {
        out.push('.');
        out.push_str(class);
    }
    out
}
