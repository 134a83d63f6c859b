//! Cards that appear where the pointer rests: a name in a sentence, and inside of it, unseen, a picture
//! and links to other stories.

use super::flat::Elem;

/// Fewer links are a name.
const FEWEST: usize = 3;

/// The cards, by their places.
pub(super) fn find(elems: &[Elem<'_>]) -> Vec<usize> {
    (0..elems.len()).filter(|&at| is_card(elems, at)).collect()
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
        // The name itself stands before the card and stays.
        && !elems[at + 1..elem.end].iter().any(|inner| inner.node.name() == "span" && inner.text == elem.text)
        && elems[elem.parent].text > elem.text
}
