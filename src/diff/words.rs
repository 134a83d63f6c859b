//! Two lists of pieces → which pieces changed → runs of kept, deleted and inserted text.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::token::{Kind, Piece};
use super::{Op, Token, island};

/// A place where the two sides differ: pieces of either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Pieces of the older side.
    pub a: Range<usize>,
    /// Pieces of the newer side.
    pub b: Range<usize>,
}

/// Above this many pieces in one paragraph the words are not compared one by one: no newspaper prints
/// such a paragraph, and a hostile page must not cost minutes.
const MOST_PIECES: usize = 100_000;

/// The places where two lists of pieces differ, by their keys. Blanks do not count here.
pub(super) fn hunks(a: &[Piece], b: &[Piece]) -> Vec<Hunk> {
    if a.len() + b.len() > MOST_PIECES {
        return coarse(a, b);
    }
    let mut input: InternedInput<&str> = InternedInput::default();
    input.update_before(a.iter().map(Piece::key));
    input.update_after(b.iter().map(Piece::key));
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_with(&input.before, &input.after, |tokens: &[imara_diff::Token], hunk, earliest| {
        let side = if std::ptr::eq(tokens, input.after.as_slice()) { b } else { a };
        best_end(side, hunk, earliest)
    });
    let range = |r: Range<u32>| r.start as usize..r.end as usize;
    diff.hunks().map(|hunk| Hunk { a: range(hunk.before), b: range(hunk.after) }).collect()
}

/// One hunk between the equal head and the equal tail.
fn coarse(a: &[Piece], b: &[Piece]) -> Vec<Hunk> {
    let equal = |(x, y): &(&Piece, &Piece)| x.key() == y.key();
    let head = a.iter().zip(b).take_while(equal).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(equal).count();
    let hunk = Hunk { a: head..a.len() - tail, b: head..b.len() - tail };
    if hunk.a.is_empty() && hunk.b.is_empty() { Vec::new() } else { vec![hunk] }
}

/// Where a pure insertion or deletion ends that could as well stand some pieces earlier: best behind a
/// sentence, then behind a comma, then between words; the later of two equals.
fn best_end(side: &[Piece], hunk: Range<u32>, earliest: u32) -> u32 {
    let rank = |end: &u32| {
        let end = *end as usize;
        let free = side.get(end).is_none_or(|next| next.space);
        match side.get(end.wrapping_sub(1)).map_or("", Piece::key) {
            _ if !free => 0,
            "." | "!" | "?" | "…" | "\"" => 3,
            "," | ";" | ":" | ")" => 2,
            _ => 1,
        }
    };
    // Equal pieces may repeat for long; nobody looks further than a sentence or two.
    (earliest.max(hunk.end.saturating_sub(64))..=hunk.end).max_by_key(rank).unwrap_or(hunk.end)
}

/// The runs of text between which a reader sees the change: `hunks` with small islands of kept text
/// between two replacements swallowed, blanks given to the run they belong to.
pub(super) fn runs(a: &[Piece], b: &[Piece], hunks: &[Hunk]) -> Vec<Token> {
    let mut out = Runs::default();
    let (mut at_a, mut at_b) = (0, 0);
    for hunk in &island::swallow(a, hunks) {
        out.keep(&a[at_a..hunk.a.start], &b[at_b..hunk.b.start]);
        out.replace(&a[hunk.a.clone()], &b[hunk.b.clone()]);
        (at_a, at_b) = (hunk.a.end, hunk.b.end);
    }
    out.keep(&a[at_a..], &b[at_b..]);
    out.finish()
}

/// A whole text with one fate.
pub(super) fn whole(op: Op, text: &[Piece]) -> Vec<Token> {
    let mut out = String::new();
    append(&mut out, text);
    if out.is_empty() { Vec::new() } else { vec![Token { op, text: out }] }
}

fn append(out: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        if piece.space {
            out.push(' ');
        }
        out.push_str(&piece.text);
    }
}

#[derive(Default)]
struct Runs {
    tokens: Vec<Token>,
    deleted: String,
    inserted: String,
}

impl Runs {
    /// Pieces that stand on both sides; a blank that stands on one side only is a change.
    fn keep(&mut self, a: &[Piece], b: &[Piece]) {
        for (old, new) in a.iter().zip(b) {
            match (old.space, new.space) {
                (true, false) => self.deleted.push(' '),
                (false, true) => self.inserted.push(' '),
                _ => {}
            }
            self.flush();
            if old.space && new.space {
                self.push(Op::Keep, " ");
            }
            self.push(Op::Keep, &new.text);
        }
    }

    fn replace(&mut self, a: &[Piece], b: &[Piece]) {
        append(&mut self.deleted, a);
        append(&mut self.inserted, b);
    }

    fn flush(&mut self) {
        let mut deleted = std::mem::take(&mut self.deleted);
        let mut inserted = std::mem::take(&mut self.inserted);
        if deleted.starts_with(' ') && inserted.starts_with(' ') {
            self.push(Op::Keep, " ");
            deleted.remove(0);
            inserted.remove(0);
        }
        self.push(Op::Delete, &deleted);
        self.push(Op::Insert, &inserted);
    }

    fn push(&mut self, op: Op, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.tokens.last_mut() {
            Some(last) if last.op == op => last.text.push_str(text),
            _ => self.tokens.push(Token { op, text: text.to_owned() }),
        }
    }

    fn finish(mut self) -> Vec<Token> {
        self.flush();
        self.tokens
    }
}

/// How many words the hunks take away and bring.
pub(super) fn count(a: &[Piece], b: &[Piece], hunks: &[Hunk]) -> (usize, usize) {
    let words = |pieces: &[Piece]| pieces.iter().filter(|p| p.is_word()).count();
    hunks.iter().fold((0, 0), |(removed, added), hunk| {
        (removed + words(&a[hunk.a.clone()]), added + words(&b[hunk.b.clone()]))
    })
}

/// Joins paragraphs into one list of pieces, with a break between two.
pub(super) fn joined<'a>(paragraphs: impl IntoIterator<Item = &'a Vec<Piece>>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for paragraph in paragraphs {
        if !out.is_empty() {
            out.push(Piece::paragraph_break());
        }
        out.extend(paragraph.iter().cloned());
    }
    debug_assert!(out.first().is_none_or(|p| p.kind != Kind::Break));
    out
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
