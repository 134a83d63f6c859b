//! What stands near the headline: where bylines and dates are.

use super::hints::Hints;
use super::page::Page;
use super::story::Story;

/// How many elements before the headline, and behind the start of the text, still count.
const BEFORE: usize = 40;
const BEHIND: usize = 12;

/// The stretch of the page around headline and start of the text.
pub(super) struct Near {
    start: usize,
    end: usize,
    title: Option<usize>,
    /// The last element of the story.
    story_end: usize,
}

impl Near {
    pub(super) fn new(title: Option<usize>, story: Option<&Story<'_>>, page: &Page<'_>) -> Self {
        let text = story.map_or(page.elems.len(), Story::start);
        let head = title.unwrap_or(text).min(text);
        let story_end = story.map_or(page.elems.len(), |story| page.elems[story.container].end);
        Self { start: head.saturating_sub(BEFORE), end: text.saturating_add(BEHIND), title, story_end }
    }

    /// How well an element is placed for a byline or a date: 0 far away, 3 between headline and text.
    pub(super) fn place(&self, page: &Page<'_>, at: usize) -> f64 {
        // A teaser has a byline and a date of its own.
        let apart = std::iter::once(at).chain(page.ancestors(at)).any(|at| {
            let elem = &page.elems[at];
            page.listed(at)
                || elem.hints.has(Hints::COMMENT)
                || elem.hints.has(Hints::OTHER) && page.stripped[at]
                || elem.node.name() == "aside"
        });
        if apart {
            return -1.0;
        }
        let behind_title = self.title.is_none_or(|title| at > title);
        match at {
            _ if (self.start..self.end).contains(&at) && behind_title => 3.0,
            _ if (self.start..self.end).contains(&at) => 2.0,
            _ if at < self.story_end && behind_title => 1.0,
            _ if at < self.story_end + BEFORE && behind_title => 0.8,
            _ => 0.0,
        }
    }
}
