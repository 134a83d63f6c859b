//! What stands near the headline: where bylines and dates are.

use std::ops::Range;

use super::flat::Elem;
use super::hints::Hints;
use super::page::Page;
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
    /// What stands in a box apart from the story: a teaser has a byline and a date of its own.
    apart: Vec<bool>,
}

impl Near {
    pub(super) fn new(title: Option<usize>, story: Option<&Story<'_>>, page: &Page<'_>) -> Self {
        let text = story.map_or(page.elems.len(), Story::start);
        let head = title.unwrap_or(text).min(text);
        let story_end = story.map_or(page.elems.len(), |story| page.elems[story.container].end);
        let between = title.map_or(0..0, |title| title + 1..text);
        Self { start: far_before(page, head), text, title, story_end, apart: apart(page, &between) }
    }

    /// How well an element is placed for a byline or a date: 0 far away, 3 between headline and text.
    pub(super) fn place(&self, at: usize) -> f64 {
        if self.apart[at] {
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

/// Which elements stand in a box apart, or are one. Between headline and text a short box may well be
/// about the story.
fn apart(page: &Page<'_>, between: &Range<usize>) -> Vec<bool> {
    // Of each element, whether it is apart when it is asked for from between them, and when it is not.
    let mut apart: Vec<(bool, bool)> = Vec::with_capacity(page.elems.len());
    for (at, elem) in page.elems.iter().enumerate() {
        let around = if at == 0 { (false, false) } else { apart[elem.parent] };
        let is_box = elem.node.name() == "aside" || elem.hints.has(Hints::COMMENT);
        let (listed, other) = (page.listed(at), elem.hints.has(Hints::OTHER) && page.stripped[at]);
        let inside = around.0 || listed || is_box && !is_about(elem);
        apart.push((inside, around.1 || listed || is_box || other));
    }
    apart
        .into_iter()
        .enumerate()
        .map(|(at, (inside, apart))| if between.contains(&at) { inside } else { apart })
        .collect()
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
