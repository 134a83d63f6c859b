//! A change in figures, as `git diff --stat` gives them.

use std::fmt::Write;

use super::View;
use super::paint::Paint;
use super::rows::number;
use crate::diff::{Op, ParagraphOp, Token};

/// The longest bar of signs.
const BAR: usize = 40;

/// One line for the title and each changed paragraph with the words that went and came, and a summary.
#[must_use]
pub fn stat(view: &View<'_>, color: bool) -> String {
    let paint = Paint { color };
    let change = view.change;
    let mut lines: Vec<(String, usize, usize)> = Vec::new();
    if change.title_changed() {
        lines.push(counted("title".to_owned(), &change.title));
    }
    lines.extend(change.fields.iter().map(|field| (field.field.to_owned(), 0, 0)));
    for p in change.paragraphs.iter().filter(|p| p.op != ParagraphOp::Keep) {
        let label = match p.op {
            ParagraphOp::Move => format!("paragraph {} => {}", number(p.a), number(p.b)),
            _ => format!("paragraph {}", number(p.b.or(p.a))),
        };
        lines.push(counted(label, &p.tokens));
    }
    let wide = lines.iter().map(|(label, ..)| label.len()).max().unwrap_or_default();
    let most = lines.iter().map(|(_, gone, new)| gone + new).max().unwrap_or_default();
    let mut out = String::new();
    for (label, gone, new) in lines {
        let scaled = |n: usize| if most <= BAR { n } else { (n * BAR).div_ceil(most) };
        let bar = format!(
            "{}{}",
            paint.new_line(&"+".repeat(scaled(new))),
            paint.old_line(&"-".repeat(scaled(gone)))
        );
        let _ = writeln!(out, "{}", format!(" {label:wide$} | {:>4} {bar}", gone + new).trim_end());
    }
    let _ = writeln!(out, " {}: {}", view.range(), view.summary());
    out
}

fn counted(label: String, tokens: &[Token]) -> (String, usize, usize) {
    let words =
        |op: Op| tokens.iter().filter(|t| t.op == op).map(|t| t.text.split_whitespace().count()).sum();
    (label, words(Op::Delete), words(Op::Insert))
}
