//! What an element is to the text around it.

use crate::dom::{NameSet, Node};

/// Elements whose contents are never shown as text.
pub(super) fn is_invisible(name: &str) -> bool {
    static NAMES: NameSet = NameSet::new(&[
        "script", "style", "template", "noscript", "head", "title", "textarea", "select", "option",
    ]);
    NAMES.contains(name)
}

/// Elements that start and end a line. Unknown ones with a hyphen are custom elements, which pages
/// use as boxes.
pub(super) fn is_block(name: &str) -> bool {
    static NAMES: NameSet = NameSet::new(&[
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]);
    NAMES.contains(name) || name.bytes().any(|b| b == b'-')
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
