//! What an element is to the text around it.

use crate::dom::{BLOCKS, NameGroups, Node, Step, is_above};

const INVISIBLE: u8 = 1;
const BLOCK: u8 = 2;
const READING: u8 = 4;

static NAMES: NameGroups = NameGroups::new(&[
    (
        INVISIBLE,
        &["script", "style", "template", "noscript", "head", "title", "textarea", "select", "option"],
    ),
    (READING, &["rt"]),
    (BLOCK, BLOCKS),
    (BLOCK, &["html", "td", "th"]),
]);

/// Whether an element's contents are never shown as text.
pub(super) fn is_invisible(node: Node<'_>) -> bool {
    match NAMES.of(node.name()) {
        READING => is_above(node),
        groups => groups & INVISIBLE != 0,
    }
}

/// Whether an element starts and ends a line. Unknown ones with a hyphen are custom elements, which
/// pages use as boxes.
pub(super) fn is_block(name: &str) -> bool {
    match NAMES.of(name) {
        0 => name.bytes().any(|b| b == b'-'),
        groups => groups & BLOCK != 0,
    }
}

/// An empty element that a style sheet shows as a line break.
pub(super) fn is_break(node: Node<'_>) -> bool {
    let named = |class: &str| class.split_ascii_whitespace().any(|name| matches!(name, "br" | "line-break"));
    node.attr("class").is_some_and(named) && node.child_elements().next().is_none() && node.text().is_empty()
}

/// Whether an element's class calls it the large first letter of a text.
pub(super) fn is_drop_cap(node: Node<'_>) -> bool {
    const NAMES: [&str; 6] =
        ["dropcap", "drop-cap", "drop_cap", "initial-letter", "first-letter", "firstletter"];
    let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
    NAMES.iter().any(|name| class.contains(name))
}

/// The large first letter of a paragraph that stands before it, in an inline element of its own.
pub(super) fn letter_before(paragraph: Node<'_>) -> Option<char> {
    let before = paragraph.previous_element()?;
    if is_block(before.name()) || is_invisible(before) || before.name() == "a" {
        return None;
    }
    let goes_on = paragraph
        .walk()
        .find_map(|step| match step {
            Step::Text(text) => text.trim_start().chars().next(),
            _ => None,
        })
        .is_some_and(char::is_lowercase);
    let text = if goes_on { before.text() } else { return None };
    let mut chars = text.trim().chars();
    let letter = chars.next().filter(|c| c.is_uppercase() && chars.next().is_none())?;
    before.previous_element().is_none_or(|node| is_block(node.name())).then_some(letter)
}
