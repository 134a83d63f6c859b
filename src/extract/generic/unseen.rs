//! Elements that a reader does not see, or is asked to answer before reading.

use crate::dom::Node;

/// Whether the text of an element asks for consent.
pub(super) fn speaks_of_cookies(node: Node<'_>) -> bool {
    let text = node.text();
    let head: String = text.chars().take(1000).collect::<String>().to_lowercase();
    ["cookie", "consent", "datenschutz", "privacy", "einwilligung"]
        .iter()
        .filter(|word| head.contains(*word))
        .count()
        > 0
}

/// Whether an element with so much text (characters) is only read aloud: what a link does when it is followed.
pub(super) fn is_spoken(node: Node<'_>, chars: usize) -> bool {
    const SAID: [&str; 14] = [
        "opens in new tab",
        "opens in a new tab",
        "opens new tab",
        "opens in new window",
        "opens in a new window",
        "external link",
        "öffnet im neuen fenster",
        "öffnet in neuem fenster",
        "öffnet in neuem tab",
        "externer link",
        "link wird in einem neuen tab geöffnet",
        "nouvelle fenêtre",
        "se abre en una ventana nueva",
        "buka di tab baru",
    ];
    if !matches!(node.name(), "span" | "small" | "i" | "em") || !(8..=45).contains(&chars) {
        return false;
    }
    let text = node.text().to_lowercase();
    SAID.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a style hides its element.
pub(super) fn hides(style: &str) -> bool {
    let says = |word: &[u8]| style.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    if !says(b"none") && !says(b"hidden") {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}
