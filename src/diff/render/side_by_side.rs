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
    let mut lines = Lines { done: Vec::new(), line: Vec::new(), cell, paint };
    // A word may be made of several runs, `({+22/10+})`: it is broken at blanks only.
    let mut word: Vec<Token> = Vec::new();
    for token in tokens.iter().filter(|token| token.op != gone) {
        for (n, part) in token.text.split("\n\n").enumerate() {
            if n > 0 {
                lines.word(std::mem::take(&mut word));
                lines.end();
            }
            for text in part.split_inclusive(' ') {
                word.push(Token { op: token.op, text: text.to_owned() });
                if text.ends_with(' ') {
                    lines.word(std::mem::take(&mut word));
                }
            }
        }
    }
    lines.word(word);
    lines.end();
    lines.done
}

struct Lines {
    done: Vec<(String, usize)>,
    line: Vec<Token>,
    cell: usize,
    paint: Paint,
}

impl Lines {
    fn word(&mut self, word: Vec<Token>) {
        if self.used(&word) <= self.cell {
            word.into_iter().for_each(|run| push(&mut self.line, run));
            return;
        }
        self.end();
        for run in word {
            self.cut(run.op, &run.text);
        }
    }

    /// Longer than a whole line: cut where the line ends.
    fn cut(&mut self, op: Op, text: &str) {
        let mut rest = text;
        loop {
            let opens = self.line.last().is_none_or(|last| last.op != op);
            let marks = if opens { self.marks(op) } else { 0 };
            let room = self.cell.saturating_sub(self.used(&[]) + marks);
            let (head, tail) = split(rest, room.max(1));
            if tail.trim().is_empty() {
                return push(&mut self.line, Token { op, text: rest.to_owned() });
            }
            if room >= 2 || self.line.is_empty() {
                push(&mut self.line, Token { op, text: head.to_owned() });
                rest = tail;
            }
            self.end();
        }
    }

    fn marks(&self, op: Op) -> usize {
        if self.paint.color || op == Op::Keep { 0 } else { 4 }
    }

    /// The columns of the line with these runs behind it, without blanks at its end. The brackets of
    /// changed runs take columns, too.
    fn used(&self, more: &[Token]) -> usize {
        let mut line = self.line.clone();
        for run in more {
            push(&mut line, run.clone());
        }
        trim_end(&mut line);
        line.iter().map(|run| width(&run.text) + self.marks(run.op)).sum()
    }

    fn end(&mut self) {
        trim_end(&mut self.line);
        let used = self.used(&[]);
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.done.push((self.paint.runs(&line), used));
        }
    }
}

/// A run at the end of a line; a kept blank opens none.
fn push(line: &mut Vec<Token>, run: Token) {
    match line.last_mut() {
        Some(last) if last.op == run.op => last.text.push_str(&run.text),
        None if run.op == Op::Keep && run.text.trim().is_empty() => {}
        _ => line.push(run),
    }
}

/// Kept blanks at the end of a line go, and blanks at the end of a longer run.
fn trim_end(line: &mut Vec<Token>) {
    if let Some(last) = line.last_mut() {
        let bare = last.text.trim_end().len();
        if bare > 0 || last.op == Op::Keep {
            last.text.truncate(bare);
        }
        if last.text.is_empty() {
            line.pop();
        }
    }
}
