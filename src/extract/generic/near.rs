//! What stands near the headline: where bylines and dates are.

use super::hints::Hints;
use super::page::{Elem, Page};
use super::story::Story;

/// How many elements before the headline, and behind the start of the text, still count.
const BEFORE: usize = 40;
const BEHIND: usize = 12;
/// How many characters of text before the headline still count.
const CHARS_BEFORE: usize = 250;

/// A box beside the headline with no more text holds what belongs to it.
const SHORT: usize = 300;

/// The stretch of the page around headline and start of the text.
pub(super) struct Near {
    start: usize,
    text: usize,
    title: Option<usize>,
    /// One past the last element of the story.
    story_end: usize,
}

impl Near {
    pub(super) fn new(title: Option<usize>, story: Option<&Story<'_>>, page: &Page<'_>) -> Self {
        let text = story.map_or(page.elems.len(), Story::start);
        let head = title.unwrap_or(text).min(text);
        let story_end = story.map_or(page.elems.len(), |story| page.elems[story.container].end);
        Self { start: far_before(page, head), text, title, story_end }
    }

    /// How well an element is placed for a byline or a date: 0 far away, 3 between headline and text.
    pub(super) fn place(&self, page: &Page<'_>, at: usize) -> f64 {
        let between = self.title.is_some_and(|title| title < at) && at < self.text;
        // A teaser has a byline and a date of its own.
        let apart = std::iter::once(at).chain(page.ancestors(at)).any(|at| {
            let elem = &page.elems[at];
            let is_box = elem.node.name() == "aside" && !(between && is_about(elem)) || page.listed(at);
            is_box
                || elem.hints.has(Hints::COMMENT) && !(between && is_about(elem))
                || elem.hints.has(Hints::OTHER) && page.stripped[at] && !between
        });
        if apart {
            return -1.0;
        }
        let behind_title = self.title.is_none_or(|title| at > title);
        let near = (self.start..self.text.saturating_add(BEHIND)).contains(&at);
        match at {
            _ if near && behind_title => 3.0,
            _ if near => 2.0,
            _ if at < self.story_end && behind_title => 1.0,
            _ if at < self.story_end + BEFORE && behind_title => 0.8,
            _ => 0.0,
        }
    }
}

/// The first element that still is near an element behind it: by the count of elements, or by the
/// text between.
fn far_before(page: &Page<'_>, at: usize) -> usize {
    let (mut chars, mut start) = (0, at);
    while start > 0 && chars <= CHARS_BEFORE {
        start -= 1;
        let elem = &page.elems[start];
        // Only what holds nothing else, so that no text counts twice.
        chars += if elem.end == start + 1 { elem.text } else { 0 };
    }
    start.min(at.saturating_sub(BEFORE))
}

/// Whether a box beside the headline is about the story: short, and not mostly links.
fn is_about(elem: &Elem<'_>) -> bool {
    elem.text < SHORT && elem.linked * 2 <= elem.text
}
