//! What the generic reader left out of the story, for `--explain` and for the archive.

use super::hints::Hints;
use super::page::Page;
use super::story::{Story, point_at};
use crate::model::{Found, Removal};

/// Longer texts are shortened.
const LONGEST: usize = 400;

/// What was left out inside the story's container.
pub(super) fn removals(page: &Page<'_>, story: &Story<'_>) -> Vec<Removal> {
    let range = story.container..page.elems[story.container].end;
    let mut out: Vec<Removal> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let elem = &page.elems[at];
        // What rules removed is told by them.
        if page.stripped[at] && !page.by_rule(at) && elem.text > 0 {
            let text = elem.node.text();
            let chars = text.chars().count();
            if chars > 0 {
                out.push(Removal {
                    rule: format!("furniture {}", point_at(page, at)),
                    chars,
                    text: clipped(&text),
                });
            }
        }
        at = if page.stripped[at] { elem.end } else { at + 1 };
    }
    for (i, piece) in story.pieces.iter().enumerate() {
        if range.contains(&piece.ordinal) && !story.kept.contains(&i) {
            let text = &piece.block.text;
            let rule = format!("no text of the story {}", point_at(page, piece.ordinal));
            out.push(Removal { rule, chars: text.chars().count(), text: clipped(text) });
        }
    }
    out
}

/// A comment form that no rule knows: a comment section with something to type into.
pub(super) fn comment_form(page: &Page<'_>) -> Option<Found<String>> {
    let at = (0..page.elems.len()).find(|&at| {
        let elem = &page.elems[at];
        page.stripped[at]
            && elem.hints.has(Hints::COMMENT)
            && page.elems[at..elem.end].iter().any(|inner| inner.node.name() == "textarea")
    })?;
    Some(Found { value: clipped(&page.elems[at].node.text()), source: point_at(page, at) })
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}
