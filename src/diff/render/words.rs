//! Running text with the changed words marked.

use std::fmt::Write;

use super::paint::Paint;
use super::rows::{Row, changed, number, unchanged};
use super::{View, name, time};
use crate::diff::{FieldChange, Op, Paragraph, ParagraphOp};

/// The changed paragraphs as running text: old words struck, new words underlined on a terminal;
/// `[-old-]{+new+}` without colour.
#[must_use]
pub fn words(view: &View<'_>, color: bool) -> String {
    let paint = Paint { color };
    let mut out = heading(view, paint);
    if view.change.is_empty() {
        return out;
    }
    let _ = writeln!(out);
    let _ = writeln!(out, "       {}", paint.bold(&paint.runs(&view.change.title)));
    for field in &view.change.fields {
        let _ = writeln!(out, "       {}", labelled(field, paint));
    }
    for row in changed(&view.change.paragraphs) {
        let _ = writeln!(out);
        let _ = match row {
            Row::Same(n) => writeln!(out, "       {}", paint.dim(&unchanged(n))),
            Row::Left(p) => {
                let text = format!("paragraph {} moved to {}", number(p.a), number(p.b));
                writeln!(out, "< {:>3}  {}", number(p.a), paint.dim(&text))
            }
            Row::Here(p) => writeln!(out, "{} {:>3}  {}", sign(p), number(p.b.or(p.a)), text(p, paint)),
        };
    }
    out
}

/// Which versions, and what the change is in short.
pub(super) fn heading(view: &View<'_>, paint: Paint) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", paint.dim(view.to.url.as_str()));
    for (sign, version) in [("---", view.from), ("+++", view.to)] {
        let _ = writeln!(out, "{sign} {}  {}  {}", name(version), time(version), version.cause.as_str());
    }
    let _ = writeln!(out, "{}", paint.place(&view.summary()));
    out
}

/// `section: [-Berita-]{+Ekonomi+}`.
pub(super) fn labelled(field: &FieldChange, paint: Paint) -> String {
    let mut line = format!("{}: ", field.field);
    if let Some(from) = &field.from {
        line.push_str(&paint.run(Op::Delete, from));
    }
    if let Some(to) = &field.to {
        line.push_str(&paint.run(Op::Insert, to));
    }
    line
}

pub(super) fn sign(paragraph: &Paragraph) -> char {
    match paragraph.op {
        ParagraphOp::Keep => ' ',
        ParagraphOp::Edit => '~',
        ParagraphOp::Move => '>',
        ParagraphOp::Add => '+',
        ParagraphOp::Delete => '-',
    }
}

fn text(paragraph: &Paragraph, paint: Paint) -> String {
    let text = paint.runs(&paragraph.tokens);
    if paragraph.op != ParagraphOp::Move {
        return text;
    }
    format!("{} {text}", paint.dim(&format!("(moved from {})", number(paragraph.a))))
}
