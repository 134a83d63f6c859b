//! Cards that appear where the pointer rests: a name in a sentence, and inside of it, unseen, a picture
//! and links to other stories.

use super::flat::Elem;

/// Fewer links are a name.
const FEWEST: usize = 3;

/// The cards, by their places: the innermost ones, for what holds a card may hold the name, too.
pub(super) fn find(elems: &[Elem<'_>]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for at in (0..elems.len()).rev().filter(|&at| is_card(elems, at)) {
        if found.last().is_none_or(|&inner| inner >= elems[at].end) {
            found.push(at);
        }
    }
    found
}

/// An inline element that is mostly links and holds a picture.
fn is_card(elems: &[Elem<'_>], at: usize) -> bool {
    let elem = &elems[at];
    if elem.node.name() != "span" || elem.linked * 10 < elem.text * 8 || elem.text == 0 {
        return false;
    }
    let inside = || elems[at..elem.end].iter().map(|inner| inner.node.name());
    inside().any(|name| name == "img")
        && inside().filter(|name| *name == "a").count() >= FEWEST
        && elems[elem.parent].text > elem.text
}
