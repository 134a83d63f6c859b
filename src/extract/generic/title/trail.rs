//! The trail of breadcrumbs: some pages set its last item, which names the page for search engines, as their
//! `<h1>`, and show the headline as an `<h2>`.

use super::parts;
use crate::dom::Node;
use crate::extract::generic::lead::key;
use crate::extract::generic::page::Page;

/// What a trail calls itself in classes, identifiers and names of attributes.
const NAME: &str = "crumb";
/// Elements above a heading that may be its trail.
const REACH: usize = 2;
/// Fewer links before a heading are its section.
const LINKS: usize = 2;

/// Whether the page's `<h1>` ends the trail, and an `<h2>` says what the page says of itself elsewhere.
pub(super) fn shown_instead(page: &Page<'_>, social: &str) -> bool {
    let says = |at: usize| {
        let line = page.line(at);
        let bare = parts::bare(page.elems[at].node, &line);
        [Some(&*line), bare.as_deref()].into_iter().flatten().any(|text| key(text) == social)
    };
    let places = |is: fn(Node<'_>) -> bool| (0..page.elems.len()).filter(move |&at| is(page.elems[at].node));
    let mut spent = places(ends).peekable();
    let mut shown = places(|node| node.name() == "h2");
    !social.is_empty() && spent.peek().is_some() && !spent.any(says) && shown.any(says)
}

/// Whether a heading is the end of the trail.
pub(super) fn ends(heading: Node<'_>) -> bool {
    heading.name() == "h1"
        && (is_named(heading) || is_last_in_named(heading) || is_item(heading) || follows_links(heading))
}

fn is_named(node: Node<'_>) -> bool {
    node.attrs().any(|(name, value)| {
        name.contains(NAME) || matches!(name, "class" | "id") && value.to_ascii_lowercase().contains(NAME)
    })
}

/// Whether it stands at the end of what calls itself so.
fn is_last_in_named(heading: Node<'_>) -> bool {
    let mut below = heading;
    for above in heading.ancestors().take(REACH) {
        if below.next_element().is_some() {
            return false;
        }
        if is_named(above) {
            return true;
        }
        below = above;
    }
    false
}

/// Whether it is the last item of a list whose other items are links.
fn is_item(heading: Node<'_>) -> bool {
    let Some(item) = heading.parent().filter(|item| item.name() == "li") else { return false };
    let mut before =
        std::iter::successors(item.previous_element(), |item| item.previous_element()).peekable();
    item.next_element().is_none()
        && before.peek().is_some()
        && before.all(|item| item.named(&["a"]).next().is_some())
}

/// Whether it stands at the end of a line of links.
fn follows_links(heading: Node<'_>) -> bool {
    let before = std::iter::successors(heading.previous_element(), |node| node.previous_element());
    let mut links = 0;
    for node in before {
        match node.name() {
            "a" => links += 1,
            "span" | "svg" | "i" => {}
            _ => return false,
        }
    }
    links >= LINKS && heading.next_element().is_none()
}
