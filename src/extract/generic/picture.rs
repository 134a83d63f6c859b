//! The pictures of a story and their captions. A caption is no text of the story, but it belongs to the
//! picture, and is kept with it.

use std::ops::Range;

use super::hints::Hints;
use super::page::Page;
use crate::dom::Node;

/// A picture as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Picture {
    /// Its address, as it stands in the page.
    pub(in crate::extract) src: String,
    pub(in crate::extract) caption: Option<String>,
}

/// A longer text beside a picture is a paragraph.
const LONGEST: usize = 600;

/// The pictures between headline and end of the story, in their order.
pub(super) fn read(page: &Page<'_>, range: Range<usize>) -> Vec<Picture> {
    let mut out: Vec<Picture> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let elem = &page.elems[at];
        let apart = page.listed(at)
            || matches!(elem.node.name(), "nav" | "footer" | "aside")
            || (page.stripped[at] && (elem.hints.has(Hints::OTHER) || elem.hints.has(Hints::COMMENT)));
        let whole = elem.node.name() == "figure" || elem.hints.has(Hints::CAPTION);
        if whole && !apart {
            let picture = picture(page, at);
            if let Some(picture) = picture.filter(|picture| !out.iter().any(|known| known.src == picture.src))
            {
                out.push(picture);
            }
        }
        at = if whole || apart { elem.end } else { at + 1 };
    }
    out
}

/// The picture of a figure or of a caption.
fn picture(page: &Page<'_>, at: usize) -> Option<Picture> {
    let caption = caption(page, at);
    let inside = |at: usize| page.elems[at..page.elems[at].end].iter().find_map(|elem| source(elem.node));
    // A caption often stands beside its picture.
    let src = inside(at).or_else(|| page.ancestors(at).take(2).find_map(inside))?;
    Some(Picture { src, caption })
}

fn caption(page: &Page<'_>, at: usize) -> Option<String> {
    let all = at..page.elems[at].end;
    let named = |inner: &usize| {
        let elem = &page.elems[*inner];
        elem.node.name() == "figcaption" || elem.hints.has(Hints::CAPTION)
    };
    let text = page.line(all.into_iter().find(named)?);
    let chars = text.chars().count();
    (chars > 2 && chars <= LONGEST).then(|| text.into_owned())
}

/// The address of a picture; those that come later stand in other attributes.
fn source(node: Node<'_>) -> Option<String> {
    const LATER: [&str; 5] = ["data-src", "data-lazy-src", "data-original", "src", "srcset"];
    if !matches!(node.name(), "img" | "amp-img") {
        return None;
    }
    let small = ["width", "height"].iter().any(|side| matches!(node.attr(side), Some("0" | "1")));
    let found = LATER.iter().filter_map(|name| node.attr(name)).find_map(|value| {
        let first = value.split_whitespace().next()?.trim_end_matches(',');
        (!first.starts_with("data:") && !first.is_empty()).then(|| first.to_owned())
    });
    found.filter(|_| !small)
}
