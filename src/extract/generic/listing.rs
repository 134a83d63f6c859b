//! Lists of other stories: three or more boxes side by side, each with a linked headline.

use super::flat::Elem;
use crate::dom::FastMap;

/// Fewer boxes side by side are no list.
const FEWEST: usize = 3;
/// A box with more running text is a part of a story.
const LONGEST: usize = 700;
/// A headline of fewer characters is a button.
const HEADLINE: usize = 12;

/// The boxes, by their places.
pub(super) fn items(elems: &[Elem<'_>], total: usize) -> Vec<usize> {
    let mut boxes: FastMap<(usize, &str, &str), Vec<usize>> = FastMap::default();
    let headlines: Vec<usize> = (0..elems.len()).filter(|&at| is_headline(&elems[at])).collect();
    for (at, elem) in elems.iter().enumerate().skip(1) {
        if elem.text < HEADLINE || elem.prose > LONGEST || elem.headed {
            continue;
        }
        let name = elem.node.name();
        if !matches!(name, "li" | "div" | "article" | "section" | "a" | "td") {
            continue;
        }
        // It has a heading that is a link, or is a link with a heading in it.
        let first = headlines.partition_point(|&headline| headline < at);
        if headlines.get(first).is_some_and(|&headline| headline < elem.end) {
            boxes
                .entry((elem.parent, name, elem.class.split_whitespace().next().unwrap_or_default()))
                .or_default()
                .push(at);
        }
    }
    let mut out = Vec::new();
    for places in boxes.into_values().filter(|places| places.len() >= FEWEST) {
        let prose: usize = places.iter().map(|&at| elems[at].prose).sum();
        // A story made of linked headings holds most of the page's text.
        if prose * 10 < total * 6 || elems[places[0]].before * 2 >= prose {
            out.extend(places);
        }
    }
    out
}

/// Whether an element is a linked heading.
fn is_headline(elem: &Elem<'_>) -> bool {
    elem.text >= HEADLINE
        && elem.linked * 10 >= elem.text * 8
        && matches!(elem.node.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
