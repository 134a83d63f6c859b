//! The paragraphs in the order in which they are shown, with a trace where a moved one used to stand.

use crate::diff::{Paragraph, ParagraphOp};
use crate::model::ChangeKind;

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row<'a> {
    /// A paragraph at its place.
    Here(&'a Paragraph),
    /// A paragraph stood here and was moved.
    Left(&'a Paragraph),
    /// So many paragraphs that did not change.
    Same(usize),
}

/// All rows, with nothing left out.
#[must_use]
pub fn all(paragraphs: &[Paragraph]) -> Vec<Row<'_>> {
    let mut moved: Vec<&Paragraph> = paragraphs.iter().filter(|p| p.op == ParagraphOp::Move).collect();
    moved.sort_by_key(|p| p.a);
    let mut moved = moved.into_iter().peekable();
    let mut rows = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        // A trace stands before the next paragraph that kept its place in the older version.
        if paragraph.op != ParagraphOp::Move && paragraph.a.is_some() {
            while let Some(left) = moved.next_if(|left| left.a < paragraph.a) {
                rows.push(Row::Left(left));
            }
        }
        rows.push(Row::Here(paragraph));
    }
    rows.extend(moved.map(Row::Left));
    rows
}

/// All rows, unchanged ones counted only.
pub(super) fn changed(paragraphs: &[Paragraph]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for row in all(paragraphs) {
        let same = matches!(row, Row::Here(p) if p.op == ParagraphOp::Keep);
        match rows.last_mut() {
            Some(Row::Same(n)) if same => *n += 1,
            _ if same => rows.push(Row::Same(1)),
            _ => rows.push(row),
        }
    }
    rows
}

/// `… 3 paragraphs unchanged`.
pub(super) fn unchanged(n: usize) -> String {
    format!("… {n} paragraph{} unchanged", if n == 1 { "" } else { "s" })
}

/// The kinds of a paragraph's change that its colours do not say by themselves.
#[must_use]
pub fn told(paragraph: &Paragraph) -> Vec<ChangeKind> {
    let shown =
        |kind: &ChangeKind| matches!(kind, ChangeKind::Added | ChangeKind::Removed | ChangeKind::Moved);
    paragraph.classes.iter().copied().filter(|kind| !shown(kind)).collect()
}

/// The name by which links find a paragraph at its place: `b` and its number in the newer version; of one
/// that is gone, `a` and that in the older.
#[must_use]
pub fn anchor(paragraph: &Paragraph) -> String {
    match paragraph.b {
        Some(_) => format!("b{}", number(paragraph.b)),
        None => format!("a{}", number(paragraph.a)),
    }
}

/// The number of a paragraph as people count, from 1; 0: it is not there.
#[must_use]
pub fn number(place: Option<usize>) -> usize {
    place.map_or(0, |place| place + 1)
}
