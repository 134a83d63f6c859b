//! Several stories on one page: pages that go on with the next story when a reader comes to the end.

use super::page::Page;

/// So much running text is a story of its own.
const STORY: usize = 400;
/// So much may stand before its headline: a kicker, a caption.
const HEAD: usize = 150;

/// The elements that hold the stories behind the first, by their places. `titles` are what the page
/// calls itself.
pub(super) fn others(page: &Page<'_>, titles: &[String]) -> Vec<usize> {
    let elems = &page.elems;
    let heads: Vec<usize> =
        (0..elems.len()).filter(|&at| elems[at].node.name() == "h1" && elems[at].text > 0).collect();
    let is_first = |at: usize| {
        let text = super::lead::key(&page.line(at));
        !text.is_empty() && titles.iter().any(|title| title.contains(&text) || text.contains(title.as_str()))
    };
    let Some(first) = heads.iter().copied().find(|&at| is_first(at)) else { return Vec::new() };
    let mut out = Vec::new();
    for &head in heads.iter().filter(|&&head| head > first && !is_first(head)) {
        // The outermost element around this headline that does not hold the first one.
        let path =
            std::iter::successors(Some(head), |&at| Some(elems[at].parent).filter(|&parent| parent != at));
        let around = path.take_while(|&at| !(at <= first && first < elems[at].end)).last();
        // The first story stands before it, and its headline at its beginning; else it is a chapter.
        let is_story = |at: usize| {
            at != head
                && elems[at].prose >= STORY
                && elems[at].before >= elems[first].before + STORY
                && elems[head].before <= elems[at].before + HEAD
        };
        if let Some(at) = around.filter(|&at| is_story(at) && !out.contains(&at)) {
            out.push(at);
        }
    }
    out
}
