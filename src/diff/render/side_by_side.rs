//! Old and new in two columns.

use std::fmt::Write;

use super::View;
use super::paint::Paint;
use super::rows::{Row, changed, number, unchanged};
use super::width::{split, width};
use super::words::{heading, labelled, sign};
use crate::diff::{Op, ParagraphOp, Token};

/// Below this a column holds no words.
const NARROWEST: usize = 10;

/// Two columns that together take `columns` (at least 23): the older version on the left.
#[must_use]
pub fn side_by_side(view: &View<'_>, columns: usize, color: bool) -> String {
    let paint = Paint { color };
    let cell = (columns.saturating_sub(3) / 2).max(NARROWEST);
    let mut out = heading(view, paint);
    if view.change.is_empty() {
        return out;
    }
    let _ = writeln!(out);
    row(
        &mut out,
        &view.change.title,
        &view.change.title,
        if view.change.title_changed() { '~' } else { ' ' },
        cell,
        paint,
    );
    for field in &view.change.fields {
        let _ = writeln!(out, "{}", labelled(field, paint));
    }
    for item in changed(&view.change.paragraphs) {
        let _ = writeln!(out);
        match item {
            Row::Same(n) => {
                let _ = writeln!(out, "{}", paint.dim(&unchanged(n)));
            }
            Row::Left(p) => row(&mut out, &noted(&p.tokens, "to", p.b), &[], '<', cell, paint),
            Row::Here(p) if p.op == ParagraphOp::Move => {
                row(&mut out, &[], &noted(&p.tokens, "from", p.a), '>', cell, paint);
            }
            Row::Here(p) => row(&mut out, &p.tokens, &p.tokens, sign(p), cell, paint),
        }
    }
    out
}

/// `(moved to 5)` before the text.
fn noted(tokens: &[Token], way: &str, place: Option<usize>) -> Vec<Token> {
    let note = Token { op: Op::Keep, text: format!("(moved {way} {}) ", number(place)) };
    std::iter::once(note).chain(tokens.iter().cloned()).collect()
}

fn row(out: &mut String, left: &[Token], right: &[Token], sign: char, cell: usize, paint: Paint) {
    let left = wrapped(left, Op::Insert, cell, paint);
    let right = wrapped(right, Op::Delete, cell, paint);
    for line in 0..left.len().max(right.len()) {
        let (text, used) = left.get(line).map_or(("", 0), |(text, used)| (text.as_str(), *used));
        let blank = " ".repeat(cell.saturating_sub(used));
        let sign = if line == 0 { sign } else { ' ' };
        let right = right.get(line).map_or("", |(text, _)| text.as_str());
        let _ = writeln!(out, "{}", format!("{text}{blank} {sign} {right}").trim_end());
    }
}

/// The lines of a cell with the columns that each takes.
fn wrapped(tokens: &[Token], gone: Op, cell: usize, paint: Paint) -> Vec<(String, usize)> {
    let mut lines = Lines { done: Vec::new(), line: Vec::new(), used: 0, cell, paint };
    for token in tokens.iter().filter(|token| token.op != gone) {
        for (n, part) in token.text.split("\n\n").enumerate() {
            if n > 0 {
                lines.end();
            }
            for word in part.split_inclusive(' ') {
                lines.word(token.op, word);
            }
        }
    }
    lines.end();
    lines.done
}

struct Lines {
    done: Vec<(String, usize)>,
    line: Vec<Token>,
    used: usize,
    cell: usize,
    paint: Paint,
}

impl Lines {
    fn word(&mut self, op: Op, mut word: &str) {
        if self.line.is_empty() && op == Op::Keep {
            word = word.trim_start_matches(' ');
            if word.is_empty() {
                return;
            }
        }
        // The brackets take columns, too.
        let marks = if self.paint.color || op == Op::Keep { 0 } else { 4 };
        loop {
            let opens = self.line.last().is_none_or(|last| last.op != op);
            let room = self.cell.saturating_sub(self.used + if opens { marks } else { 0 });
            let need = width(word.trim_end_matches(' '));
            if need <= room {
                let taken = width(word).min(room.max(need));
                self.push(op, &word[..word.len() - (width(word) - taken)], if opens { marks } else { 0 });
                return;
            }
            if !self.line.is_empty() {
                self.end();
                continue;
            }
            // Longer than a whole line.
            let (head, rest) = split(word, room.max(1));
            self.push(op, head, marks);
            self.end();
            word = rest;
            if word.is_empty() {
                return;
            }
        }
    }

    fn push(&mut self, op: Op, text: &str, marks: usize) {
        if text.is_empty() {
            return;
        }
        self.used += width(text) + marks;
        match self.line.last_mut() {
            Some(last) if last.op == op => last.text.push_str(text),
            _ => self.line.push(Token { op, text: text.to_owned() }),
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.done.push((self.paint.runs(&line), self.used));
        }
        self.used = 0;
    }
}
