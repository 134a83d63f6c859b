//! Who wrote it: what the head of the page says, else the byline near the headline.

use super::lead::key;
use super::near::Near;
use super::page::Page;
use crate::dom::Node;
use crate::extract::{Asked, blocks, field};
use crate::model::{FieldName, Found};
use crate::site::{FieldRule, Source};

/// A longer line is no byline.
const LONGEST: usize = 120;

/// Byline texts; cleaning takes the names out of them.
pub(super) fn read(
    asked: &Asked<'_>,
    page: &Page<'_>,
    near: &Near,
    site_names: &[String],
) -> Option<Found<Vec<String>>> {
    let stated = stated(asked);
    let person =
        stated.as_ref().is_some_and(|found| !found.value.iter().all(|name| is_house(name, site_names)));
    if person { stated } else { byline(page, near).or(stated) }
}

/// Whether a name is the paper's own or that of a role in it: a person's, printed on the page, is better.
fn is_house(name: &str, site_names: &[String]) -> bool {
    const ROLES: [&str; 12] = [
        "admin",
        "administrator",
        "redaktion",
        "redaksi",
        "editor",
        "staff",
        "agencies",
        "newsroom",
        "webmaster",
        "editorial team",
        "news desk",
        "wordpressadmin",
    ];
    let folded = key(name);
    let is_role = ROLES.iter().any(|role| key(role) == folded);
    // `dpa`, `LTO`, `AFP`: an agency or the paper, in short.
    let short = !name.contains(' ') && name.len() <= 5 && name.chars().skip(1).all(|c| !c.is_lowercase());
    let address = name.contains('.') && !name.contains(' ') && name.chars().any(char::is_alphabetic);
    is_role || short || address || site_names.iter().any(|site| key(site) == folded)
}

/// By the sources of the generic rules; an address is no author.
fn stated(asked: &Asked<'_>) -> Option<Found<Vec<String>>> {
    let rule = asked.rule(FieldName::Author)?;
    let by_rule = rule.select.iter().find_map(|source| {
        let one = FieldRule { select: vec![source.clone()], ..FieldRule::default() };
        let mut found = field::texts(&one, asked.doc)?;
        found.value.retain(|text| !text.starts_with("http") && text.chars().count() <= LONGEST);
        // A page may show the cards of many writers; the first is its own.
        if matches!(source, Source::Css(_)) {
            found.value.truncate(3);
        }
        (!found.value.is_empty()).then_some(found)
    });
    by_rule.or_else(|| labelled(asked))
}

/// `twitter:label1` says what `twitter:data1` is: "Written by".
fn labelled(asked: &Asked<'_>) -> Option<Found<Vec<String>>> {
    const LABELS: [&str; 9] = [
        "written by",
        "verfasst von",
        "geschrieben von",
        "ditulis oleh",
        "escrito por",
        "écrit par",
        "scritto da",
        "by",
        "author",
    ];
    let label = asked.doc.meta("twitter:label1")?.to_lowercase();
    let name = asked.doc.meta("twitter:data1").filter(|_| LABELS.contains(&label.as_str()))?;
    Some(Found { value: vec![name.to_owned()], source: "meta twitter:data1".to_owned() })
}

/// A line near the headline that calls itself a byline, or opens like one.
fn byline(page: &Page<'_>, near: &Near) -> Option<Found<Vec<String>>> {
    let mut best: Option<(f64, Vec<String>)> = None;
    for (at, elem) in page.elems.iter().enumerate() {
        if elem.text < 3 || elem.text > LONGEST {
            continue;
        }
        let class = elem.node.attr("class").unwrap_or_default().to_ascii_lowercase();
        let named = NAMES.iter().any(|name| class.contains(name));
        let text = blocks::line(elem.node);
        let lower = text.to_lowercase();
        let opener = OPENERS.iter().find(|word| lower.starts_with(**word));
        if !(named || opener.is_some())
            || !is_person(opener.map_or(text.as_str(), |word| text.get(word.len()..).unwrap_or_default()))
        {
            continue;
        }
        let points =
            near.place(page, at) + f64::from(u8::from(named)) + f64::from(u8::from(opener.is_some()));
        if points >= 2.8 && best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, names(elem.node, text)));
        }
    }
    best.map(|(_, value)| Found { value, source: "byline".to_owned() })
}

/// The names in a byline: those of its parts, where each author has an element, else the whole line.
fn names(node: Node<'_>, line: String) -> Vec<String> {
    let leaves = node.elements().filter(|inner| inner.child_elements().next().is_none());
    let parts: Vec<String> = leaves
        .filter(|inner| matches!(inner.name(), "a" | "span" | "li" | "b" | "strong"))
        .map(blocks::line)
        .filter(|text| text.contains(' ') && is_person(text) && text.chars().count() <= 40)
        .collect();
    if parts.len() > 1 { parts } else { vec![line] }
}

/// What elements with a byline call themselves.
const NAMES: [&str; 8] =
    ["byline", "author", "autor", "writer", "penulis", "reporter", "auteur", "redakteur"];
/// How bylines open, in lower case.
const OPENERS: [&str; 22] = [
    "by ",
    "by: ",
    "von ",
    "von: ",
    "par ",
    "por ",
    "oleh ",
    "oleh: ",
    "text: ",
    "text von ",
    "autor: ",
    "autorin: ",
    "author: ",
    "written by ",
    "posted by ",
    "penulis: ",
    "reporter: ",
    "verfasst von ",
    "geschrieben von ",
    "erstellt von ",
    "redaktion: ",
    "auteur: ",
];

/// Whether a text starts as a person's name does: one to four words with capitals.
fn is_person(text: &str) -> bool {
    let mut capitals = 0;
    for word in text.split_whitespace().take(4) {
        match word.chars().next() {
            Some(c)
                if c.is_uppercase() || !(c.is_lowercase() || c.is_numeric() || c.is_ascii_punctuation()) =>
            {
                capitals += 1
            }
            _ => break,
        }
    }
    capitals >= 1
}
