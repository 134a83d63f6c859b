//! Requests for consent, told from articles about them.

use super::seen::folded;
use super::signs::SIGNS;
use crate::dom::Document;

/// Whether a text speaks of what consent is asked for.
pub(super) fn speaks(text: &str) -> bool {
    SIGNS.consent.iter().any(|word| text.contains(word))
}

/// Whether most of the lines ask for consent, and a button gives it. Where an archived article stood,
/// the lines alone say it.
pub(super) fn asks(doc: &Document, lines: &[&str], apart: bool) -> bool {
    let (mut asking, mut all) = (0, 0);
    for sentence in lines.iter().flat_map(|line| line.split_inclusive(['.', '。', '!', '?'])) {
        let sentence = sentence.to_lowercase();
        all += sentence.len();
        asking += if speaks(&sentence) { sentence.len() } else { 0 };
    }
    all > 0 && asking * 5 > all * 3 && (apart || has_button(doc))
}

fn has_button(doc: &Document) -> bool {
    doc.root().elements().any(|node| {
        let said = match node.name() {
            "button" | "a" => node.text(),
            "input" if matches!(node.attr("type"), Some("submit" | "button")) => {
                node.attr("value").unwrap_or_default().to_owned()
            }
            _ => return false,
        };
        said.len() < 60 && SIGNS.accepts.contains(folded(&said).as_str())
    })
}
