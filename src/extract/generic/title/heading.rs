//! Which visible heading is the headline.

use super::parts;
use super::said::Said;
use super::trail;
use crate::dom::Node;
use crate::extract::generic::hints;
use crate::extract::generic::lead::key;
use crate::extract::generic::page::Page;

/// A heading needs so many votes to win over what the page's head says.
const ENOUGH: f64 = 4.0;
/// A longer heading is a paragraph.
const LONGEST: usize = 300;

/// A heading of the page.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) at: usize,
    votes: f64,
    pub(super) text: String,
    /// Without what is set apart in it: kicker, subheading; none where nothing is.
    pub(super) bare: Option<String>,
}

/// The heading with the most votes, if it has enough.
pub(super) fn best(page: &Page<'_>, start: usize, said: &Said, site_names: &[String]) -> Option<Heading> {
    let mut best: Option<Heading> = None;
    let instead = trail::shown_instead(page, &said.social().key);
    for (at, elem) in page.elems.iter().enumerate() {
        let Some(level) = level(elem.node, instead) else { continue };
        if elem.text > LONGEST || elem.text < 2 {
            continue;
        }
        let text = page.line(at).into_owned();
        let bare = parts::bare(elem.node, &text);
        let of = |text: &str| votes(text, level, elem.node, said, site_names);
        let votes = bare.as_deref().map_or(f64::MIN, of).max(of(&text)) + place(at, start);
        if best.as_ref().is_none_or(|best| votes > best.votes) {
            best = Some(Heading { at, votes, text, bare });
        }
    }
    best.filter(|best| best.votes >= ENOUGH)
}

/// 1 to 3 for `<h1>` to `<h3>`; an `<h2>` may be shown `instead` of an `<h1>`.
fn level(node: Node<'_>, instead: bool) -> Option<u8> {
    match node.name() {
        "h1" if instead && trail::ends(node) => None,
        "h1" => Some(1),
        "h2" => Some(if instead { 1 } else { 2 }),
        "h3" => Some(3),
        _ => None,
    }
}

/// What speaks for a heading.
fn votes(text: &str, level: u8, node: Node<'_>, said: &Said, site_names: &[String]) -> f64 {
    let folded = key(text);
    if folded.chars().count() < 2 || site_names.iter().any(|name| key(name) == folded) || leads_home(node) {
        return -10.0;
    }
    let mut votes = match level {
        1 => 3.0,
        2 => 0.5,
        _ => -0.5,
    };
    let long = folded.chars().count() > 3;
    // A single word that stands in `<title>` may be the name of a section.
    let word = text.len() <= 20 && text.trim().chars().all(|c| c.is_alphabetic() && (c as u32) < 0x2e80);
    votes += if word && (folded == said.tag.key || said.segments.contains(&folded)) {
        1.0
    } else if folded == said.tag.key || said.segments.contains(&folded) {
        3.0
    } else if long && said.whole_tag.contains(&folded) {
        2.0
    } else {
        2.0 * alike(text, &said.whole_tag)
    };
    let social = &said.social().key;
    votes += if folded == *social {
        1.5
    } else if long && social.contains(&folded) {
        1.0
    } else {
        0.0
    };
    votes += if folded == said.headline.key { 1.5 } else { 0.0 };
    votes + if hints::is_title(node) { 1.0 } else { 0.0 }
}

/// How many of a heading's words stand in a folded text.
fn alike(text: &str, folded: &str) -> f64 {
    let words: Vec<String> =
        text.split_whitespace().map(key).filter(|word| word.chars().count() > 2).collect();
    if words.is_empty() {
        return 0.0;
    }
    let shared = words.iter().filter(|word| folded.contains(word.as_str())).count();
    #[expect(clippy::cast_precision_loss, reason = "headings have few words")]
    let share = shared as f64 / words.len() as f64;
    share
}

/// A headline stands shortly before the text.
fn place(at: usize, start: usize) -> f64 {
    if start == usize::MAX {
        0.0
    } else if at > start {
        -2.0
    } else if start - at < 60 {
        1.0
    } else {
        0.0
    }
}

/// Whether a heading is the site's own name: a link to the front page.
pub(super) fn leads_home(node: Node<'_>) -> bool {
    let link = node.elements().chain(node.parent()).find(|inner| inner.name() == "a");
    link.and_then(|link| link.attr("href")).is_some_and(|href| {
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        matches!(path.trim_matches('/'), "" | "index.php" | "index.html" | "home")
    })
}
