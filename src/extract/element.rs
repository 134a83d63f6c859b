//! What an element is to the text around it.

use crate::dom::{Node, Step};

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
    if before.is_block() || before.is_unseen() || before.name() == "a" {
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
    before.previous_element().is_none_or(|node| node.is_block()).then_some(letter)
}
