//! The unified format of `diff -u`, a line a field and a line a paragraph.

use std::fmt::Write;

use super::paint::Paint;
use super::rows::{Row, all};
use super::{View, name, side, time};
use crate::diff::{Op, Paragraph, ParagraphOp, Token};
use crate::model::{Article, Version, readable_text};

/// Unified diff with `context` unchanged lines around each change. The lines are `title: …`, the other
/// fields that are known, an empty line, and the paragraphs; a moved paragraph is taken out and put in.
#[must_use]
pub fn unified(view: &View<'_>, context: usize, color: bool) -> String {
    let paint = Paint { color };
    let lines = lines(view);
    let mut out = String::new();
    for hunk in hunks(&lines, context) {
        if out.is_empty() {
            let label = |version: &Version| format!("{}\t{}", name(version), time(version));
            let _ = writeln!(out, "{}", paint.bold(&format!("--- {}", label(view.from))));
            let _ = writeln!(out, "{}", paint.bold(&format!("+++ {}", label(view.to))));
        }
        let count = |gone: Op| {
            (
                lines[..hunk.start].iter().filter(|l| l.op != gone).count(),
                lines[hunk.clone()].iter().filter(|l| l.op != gone).count(),
            )
        };
        let place = |(before, len): (usize, usize)| match len {
            // An empty range is named by the line before it.
            0 => format!("{before},0"),
            1 => (before + 1).to_string(),
            _ => format!("{},{len}", before + 1),
        };
        let head = format!("@@ -{} +{} @@", place(count(Op::Insert)), place(count(Op::Delete)));
        let _ = writeln!(out, "{}", paint.place(&head));
        for line in &lines[hunk] {
            let _ = match line.op {
                Op::Keep => writeln!(out, " {}", line.text),
                Op::Delete => writeln!(out, "{}", paint.old_line(&format!("-{}", line.text))),
                Op::Insert => writeln!(out, "{}", paint.new_line(&format!("+{}", line.text))),
            };
        }
    }
    out
}

/// All lines of both versions with their fates.
fn lines(view: &View<'_>) -> Vec<Token> {
    let mut out = Vec::new();
    for (old, new) in fields(&view.from.article).into_iter().zip(fields(&view.to.article)) {
        if old == new {
            out.extend(new.map(|text| Token { op: Op::Keep, text }));
        } else {
            out.extend(old.map(|text| Token { op: Op::Delete, text }));
            out.extend(new.map(|text| Token { op: Op::Insert, text }));
        }
    }
    out.push(Token { op: Op::Keep, text: String::new() });
    let mut put = |op: Op, texts: Vec<String>| out.extend(texts.into_iter().map(|text| Token { op, text }));
    for row in all(&view.change.paragraphs) {
        match row {
            Row::Left(p) => put(Op::Delete, printed(&view.from.article, p.a, p, Op::Insert)),
            Row::Here(p) if p.op == ParagraphOp::Keep => put(Op::Keep, side(&p.tokens, Op::Delete)),
            Row::Here(p) => {
                if matches!(p.op, ParagraphOp::Edit | ParagraphOp::Delete) {
                    put(Op::Delete, printed(&view.from.article, p.a, p, Op::Insert));
                }
                if p.b.is_some() {
                    put(Op::Insert, printed(&view.to.article, p.b, p, Op::Delete));
                }
            }
            Row::Same(_) => {}
        }
    }
    out
}

/// The paragraphs as the article has them (the tokens show quotation marks as the newer version has them).
fn printed(article: &Article, first: Option<usize>, paragraph: &Paragraph, gone: Op) -> Vec<String> {
    let count = side(&paragraph.tokens, gone).len();
    let first = first.unwrap_or_default();
    article.body.iter().skip(first).take(count).map(|block| readable_text(&block.text)).collect()
}

/// What is known beside the body, one line each, always the same fields in the same order.
fn fields(article: &Article) -> [Option<String>; 5] {
    let line =
        |name: &str, text: Option<String>| text.map(|text| format!("{name}: {}", readable_text(&text)));
    [
        line("title", Some(article.title.clone())),
        line("dateline", article.dateline.as_ref().map(|d| d.raw.clone())),
        line("authors", Some(article.authors.join("; ")).filter(|text| !text.is_empty())),
        line("section", article.section.clone()),
        line("published", article.published.as_ref().map(ToString::to_string)),
    ]
}

/// Ranges of lines around the changes.
fn hunks(lines: &[Token], context: usize) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..lines.len()).filter(|&at| lines[at].op != Op::Keep) {
        let (start, end) = (at.saturating_sub(context), (at + context + 1).min(lines.len()));
        match out.last_mut() {
            Some(last) if last.end >= start => last.end = end,
            _ => out.push(start..end),
        }
    }
    out
}
