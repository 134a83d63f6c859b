//! What a heading sets apart: a kicker before the headline, a subheading behind it.

use crate::dom::{Node, Step};

/// What kickers and subheadings inside a heading call themselves.
const APART: [&str; 24] = [
    "kicker",
    "overline",
    "topline",
    "roofline",
    "dachzeile",
    "spitzmarke",
    "toptitle",
    "toptitel",
    "title-top",
    "pretitle",
    "pre-title",
    "supertitle",
    "surtitre",
    "volanta",
    "subline",
    "subtitle",
    "sub-title",
    "subheadline",
    "subheading",
    "sub-headline",
    "untertitel",
    "soustitre",
    "element-invisible",
    "label",
];
/// Marks that join a kicker to its headline.
const JOINTS: [char; 10] = [':', '-', '–', '—', '|', '·', '•', '/', ',', '»'];

/// The text of a heading without its parts that are set apart; none where there are none, or where
/// nothing else would be left.
pub(super) fn bare(heading: Node<'_>, whole: &str) -> Option<String> {
    heading.child_elements().next()?;
    if let Some(headline) = own_line(heading) {
        return Some(headline);
    }
    let (mut text, mut apart, mut found) = (String::new(), 0usize, false);
    for step in heading.walk() {
        match step {
            Step::Enter(node) => {
                let is_apart = node != heading && is_apart(node);
                found |= is_apart;
                apart += usize::from(apart > 0 || is_apart);
            }
            Step::Leave(_) => apart = apart.saturating_sub(1),
            Step::Text(part) if apart == 0 => text.push_str(part),
            Step::Text(_) => text.push(' '),
        }
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(|c: char| c.is_whitespace() || JOINTS.contains(&c));
    let lone = line.split_whitespace().count() < 2 && line.is_ascii();
    (found && !lone && line != whole).then(|| line.to_owned())
}

/// The headline that stands on a line of its own, below a kicker that does not.
fn own_line(heading: Node<'_>) -> Option<String> {
    let mut parts = heading.child_elements();
    let (kicker, line) = (parts.next()?, parts.next()?);
    let set = kicker.name() == "span" && line.name() == "div" && parts.next().is_none();
    let headline = line.text();
    (set && headline.split_whitespace().count() > 2 && !headline.contains('\n')).then_some(headline)
}

fn is_apart(node: Node<'_>) -> bool {
    node.name() == "small"
        || node.attr("class").is_some_and(|class| {
            let class = class.to_ascii_lowercase();
            APART.iter().any(|word| class.contains(word))
        })
}

/// Whether a mark joins the parts that are set apart to the rest: then they are read as one line.
pub(super) fn joined(whole: &str, bare: &str) -> bool {
    let Some(at) = whole.find(bare) else { return false };
    let before = whole[..at].trim_end();
    before.ends_with(JOINTS) || before.ends_with(['?', '!', '.', '…'])
}
