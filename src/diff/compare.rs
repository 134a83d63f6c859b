//! The comparison of two versions, from end to end.

use std::collections::BTreeSet;

use crate::model::{Article, Cause, ChangeKind, Version, canonical_text, readable_text};

use super::align::{Side, align};
use super::classes::classes;
use super::fields::{fields, stealth};
use super::note::is_note;
use super::pair::Pair;
use super::seen::Seen;
use super::token::{Piece, pieces};
use super::words::{self, hunks, runs, whole};
use super::{Change, Op, Paragraph, ParagraphOp, Token};

/// What lies between two readings of an article, `a` being the older one.
#[must_use]
pub fn compare(a: &Article, b: &Article) -> Change {
    let (text_a, text_b) = (text(a), text(b));
    let seen = Seen::of(text_a.iter().chain(&text_b).copied());
    let mut work = Work { a: text_a, b: text_b, seen, added: 0, removed: 0 };
    let (title, mut kinds) = work.title(&a.title, &b.title);
    let paragraphs = work.body();
    kinds.extend(paragraphs.iter().flat_map(|paragraph| paragraph.classes.iter().copied()));
    if kinds.iter().any(|kind| !matches!(kind, ChangeKind::Cosmetic | ChangeKind::Headline)) {
        kinds.remove(&ChangeKind::Cosmetic);
    }
    let (fields, other) = fields(a, b);
    kinds.extend(other);
    let kinds: Vec<ChangeKind> = kinds.into_iter().collect();
    let score = super::score::score(&kinds, work.added.max(work.removed), a.words().max(b.words()));
    let stealth = stealth(a, b, &kinds);
    let (words_added, words_removed) = (work.added, work.removed);
    Change { title, paragraphs, fields, kinds, score, words_added, words_removed, stealth }
}

/// What lies between two headlines.
#[must_use]
pub fn headline(a: &str, b: &str) -> Vec<Token> {
    if canonical_text(a) == canonical_text(b) {
        return vec![Token { op: Op::Keep, text: readable_text(b) }];
    }
    let (a, b) = (pieces(a), pieces(b));
    runs(&a, &b, &hunks(&a, &b))
}

/// Whether two versions have texts to compare: one that was taken out says nothing of what the newspaper
/// did.
#[must_use]
pub fn comparable(a: &Version, b: &Version) -> bool {
    a.redacted.is_none() && b.redacted.is_none()
}

/// What lies between two versions.
#[must_use]
pub fn between(a: &Version, b: &Version) -> Change {
    caused(&a.article, &b.article, b.cause)
}

/// As [`compare`], but what only our reading changed is never stealth of the newspaper's.
#[must_use]
pub fn caused(a: &Article, b: &Article, cause: Cause) -> Change {
    let mut change = compare(a, b);
    change.stealth &= cause == Cause::Publisher;
    change
}

fn text(article: &Article) -> Vec<&str> {
    article.body.iter().map(|block| block.text.as_str()).collect()
}

struct Work<'t> {
    a: Vec<&'t str>,
    b: Vec<&'t str>,
    seen: Seen<'t>,
    added: usize,
    removed: usize,
}

impl Work<'_> {
    fn title(&mut self, a: &str, b: &str) -> (Vec<Token>, BTreeSet<ChangeKind>) {
        if canonical_text(a) == canonical_text(b) {
            return (vec![Token { op: Op::Keep, text: readable_text(b) }], BTreeSet::new());
        }
        let (tokens, mut kinds) = self.edit(&pieces(a), &pieces(b), true);
        kinds.insert(ChangeKind::Headline);
        (tokens, kinds)
    }

    fn body(&mut self) -> Vec<Paragraph> {
        let side = |text: &[&str]| Side {
            keys: text.iter().map(|text| canonical_text(text)).collect(),
            pieces: vec![Vec::new(); text.len()],
        };
        let (mut a, mut b) = (side(&self.a), side(&self.b));
        let pairs = align(&mut a, &mut b, &self.a, &self.b);
        let mut by_b: Vec<&Pair> = pairs.iter().collect();
        by_b.sort_by_key(|pair| pair.b.start);
        let mut taken = vec![false; a.keys.len()];
        pairs.iter().flat_map(|pair| pair.a.clone()).for_each(|i| taken[i] = true);

        let mut out = Vec::with_capacity(b.keys.len());
        let mut at_a = 0;
        let mut at_b = 0;
        // In the order of `b`; before a paragraph that kept its place stands what was deleted before it.
        for pair in by_b {
            if pair.in_order {
                self.delete(&mut out, &a, &taken, at_a..pair.a.start);
                at_a = pair.a.end;
            }
            self.add(&mut out, &b, at_b..pair.b.start);
            at_b = pair.b.end;
            out.push(self.pair(pair, &a, &b));
        }
        self.delete(&mut out, &a, &taken, at_a..a.keys.len());
        self.add(&mut out, &b, at_b..b.keys.len());
        out
    }

    fn pair(&mut self, pair: &Pair, a: &Side, b: &Side) -> Paragraph {
        let mut kinds = BTreeSet::new();
        let tokens = if pair.exact {
            vec![Token { op: Op::Keep, text: readable_text(self.b[pair.b.start]) }]
        } else {
            let old = words::joined(&a.pieces[pair.a.clone()]);
            let new = words::joined(&b.pieces[pair.b.clone()]);
            let (tokens, classes) = self.edit(&old, &new, false);
            kinds = classes;
            tokens
        };
        let op = match (pair.exact, pair.in_order) {
            (true, true) => ParagraphOp::Keep,
            (false, true) => ParagraphOp::Edit,
            (_, false) => ParagraphOp::Move,
        };
        if op == ParagraphOp::Move {
            kinds.insert(ChangeKind::Moved);
            kinds.remove(&ChangeKind::Cosmetic);
        }
        Paragraph {
            op,
            a: Some(pair.a.start),
            b: Some(pair.b.start),
            tokens,
            classes: kinds.into_iter().collect(),
        }
    }

    fn edit(&mut self, a: &[Piece], b: &[Piece], title: bool) -> (Vec<Token>, BTreeSet<ChangeKind>) {
        let hunks = hunks(a, b);
        let (removed, added) = words::count(a, b, &hunks);
        self.removed += removed;
        self.added += added;
        let mut kinds = classes(a, b, &hunks, &self.seen, title);
        let tokens = runs(a, b, &hunks);
        if kinds.is_empty() && tokens.iter().any(|token| token.op != Op::Keep) {
            // Nothing but blanks.
            kinds.insert(ChangeKind::Cosmetic);
        }
        let words = kinds.iter().any(|kind| *kind != ChangeKind::Cosmetic);
        if words && tokens.iter().any(|t| t.op == Op::Insert) && is_note(&joined(&tokens, Op::Delete)) {
            kinds.insert(ChangeKind::Correction);
        }
        (tokens, kinds)
    }

    fn delete(&mut self, out: &mut Vec<Paragraph>, a: &Side, taken: &[bool], range: std::ops::Range<usize>) {
        for i in range.filter(|&i| !taken[i]) {
            self.removed += a.pieces[i].iter().filter(|p| p.is_word()).count();
            out.push(Paragraph {
                op: ParagraphOp::Delete,
                a: Some(i),
                b: None,
                tokens: whole(Op::Delete, &a.pieces[i]),
                classes: vec![ChangeKind::Removed],
            });
        }
    }

    fn add(&mut self, out: &mut Vec<Paragraph>, b: &Side, range: std::ops::Range<usize>) {
        for j in range {
            self.added += b.pieces[j].iter().filter(|p| p.is_word()).count();
            let tokens = whole(Op::Insert, &b.pieces[j]);
            let note = is_note(&joined(&tokens, Op::Delete));
            let classes = [Some(ChangeKind::Correction).filter(|_| note), Some(ChangeKind::Added)];
            let classes = classes.into_iter().flatten().collect();
            out.push(Paragraph { op: ParagraphOp::Add, a: None, b: Some(j), tokens, classes });
        }
    }
}

/// The text of one side: all runs but those of fate `without`.
fn joined(tokens: &[Token], without: Op) -> String {
    tokens.iter().filter(|token| token.op != without).map(|token| token.text.as_str()).collect()
}
