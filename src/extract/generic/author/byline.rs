//! The byline that a reader sees.

use super::LONGEST;
use super::line::{self, Said};
use crate::dom::Node;
use crate::extract::blocks;
use crate::extract::generic::near::Near;
use crate::extract::generic::page::Page;
use crate::model::Found;

/// What elements with a byline call themselves.
const NAMES: [&str; 8] =
    ["byline", "author", "autor", "writer", "penulis", "reporter", "auteur", "redakteur"];
/// Points that a byline needs.
const ENOUGH: f64 = 2.8;

/// A line near the headline that calls itself a byline, or opens like one.
pub(super) fn near(page: &Page<'_>, near: &Near) -> Option<Found<Vec<String>>> {
    let mut best: Option<(f64, Vec<String>)> = None;
    for (at, elem) in page.elems.iter().enumerate() {
        if elem.text < 3 || elem.text > LONGEST {
            continue;
        }
        let place = near.place(at);
        if best.as_ref().is_some_and(|(most, _)| place + 2.8 <= *most) {
            continue;
        }
        let class = elem.class.to_ascii_lowercase();
        let named = NAMES.iter().any(|name| class.contains(name));
        // Whatever the line says, it stands too far away.
        if place + if named { 2.8 } else { 1.8 } < ENOUGH {
            continue;
        }
        let text = page.line(at);
        let Some((said, rest)) = judged(&text, named, is_heading(elem.node)) else { continue };
        let points = place + f64::from(u8::from(named)) + said;
        if points >= ENOUGH && best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, names(elem.node, rest)));
        }
    }
    best.map(|(_, value)| Found { value, source: "byline".to_owned() })
}

/// How much the words of a line speak for a byline, and what stands behind its label; none when it is none.
/// `named` tells whether its element calls itself one.
fn judged(text: &str, named: bool, is_heading: bool) -> Option<(f64, &str)> {
    let said = line::named(text);
    let rest = said.map_or(text, |(_, rest)| rest);
    let opens = match said {
        // `Von Bibit und Pohon` over a text is its headline.
        Some((Said::Opener, _)) if !named && is_heading => false,
        Some(_) => line::opens_like_a_name(rest),
        None => named && line::is_names(head(rest)),
    };
    let points = match said {
        Some((Said::Label, _)) => 1.8,
        Some((Said::Opener, _)) => 1.0,
        None => 0.0,
    };
    (opens && !text.contains(['?', '!'])).then_some((points, rest))
}

/// A line at the head or the end of the story that is a byline and nothing else.
pub(super) fn at_edge(edges: &[&str]) -> Option<Found<Vec<String>>> {
    edges.iter().find_map(|line| {
        let (_, rest) = line::named(line)?;
        let found = || Found { value: vec![rest.to_owned()], source: "byline of the text".to_owned() };
        line::is_names(rest).then(found)
    })
}

/// A line up to its date or its next part.
fn head(line: &str) -> &str {
    let end = line.find(|c: char| c.is_numeric() || matches!(c, '|' | ',' | '·' | '•' | '/' | '(' | '@'));
    end.map_or(line, |end| &line[..end]).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.')
}

fn is_heading(node: Node<'_>) -> bool {
    matches!(node.name(), "h1" | "h2" | "h3" | "title")
}

/// The names in a byline: those of its parts, where each author has an element, else the line.
fn names(node: Node<'_>, line: &str) -> Vec<String> {
    let leaves = node.elements().filter(|inner| inner.child_elements().next().is_none());
    let parts: Vec<String> = leaves
        .filter(|inner| matches!(inner.name(), "a" | "span" | "li" | "b" | "strong"))
        .filter(|inner| {
            inner.name() != "span" || inner.attr("class").is_none_or(|class| !class.contains("screen-reader"))
        })
        .map(blocks::line)
        .filter(|text| text.contains(' ') && line::is_names(text) && text.chars().count() <= 40)
        .collect();
    // One part is the name when nothing but a label is left: `Autor<a>Sari Dewi</a>`.
    let only = parts.len() == 1 && line.split_whitespace().count() <= parts[0].split_whitespace().count();
    if parts.len() > 1 || only { parts } else { vec![line.to_owned()] }
}
