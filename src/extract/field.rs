//! One field off a page: its sources in order, the first value that passes wins.

use jiff::Timestamp;

use super::date;
use crate::dom::{Document, Node, Take};
use crate::model::{Found, When};
use crate::site::{FieldRule, Source};

/// The first source whose values pass, with what the rule's pattern leaves of them.
pub(super) fn texts(rule: &FieldRule, doc: &Document) -> Option<Found<Vec<String>>> {
    rule.select.iter().find_map(|source| {
        let values = given(rule, source, doc);
        (!values.is_empty()).then(|| Found { value: values, source: source.to_string() })
    })
}

/// What one source of a rule gives.
pub(super) fn given(rule: &FieldRule, source: &Source, doc: &Document) -> Vec<String> {
    source.values(doc).iter().filter_map(|value| passes(rule, value)).collect()
}

/// The first value that passes.
pub(super) fn text(rule: &FieldRule, doc: &Document) -> Option<Found<String>> {
    let found = texts(rule, doc)?;
    let value = found.value.into_iter().next()?.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Found { value, source: found.source })
}

/// The first value that is a date.
pub(super) fn when(
    rule: &FieldRule,
    doc: &Document,
    zone: Option<&str>,
    language: Option<&str>,
    now: Timestamp,
) -> Option<Found<When>> {
    rule.select.iter().find_map(|source| {
        let read = |value: String| date::parse(&passes(rule, &value)?, &rule.formats, zone, language, now);
        source.values(doc).into_iter().find_map(read).map(|value| Found { value, source: source.to_string() })
    })
}

/// The elements of the first source that finds any; an element inside another one of them is part
/// of that.
pub(super) fn nodes<'d>(rule: &FieldRule, doc: &'d Document) -> Option<Found<Vec<Node<'d>>>> {
    rule.select.iter().find_map(|source| {
        let Source::Css(query) = source else { return None };
        if query.take != Take::Text {
            return None;
        }
        let mut nodes: Vec<Node<'d>> = Vec::new();
        for node in doc.select(&query.selector) {
            // Document order: an outer element comes before those inside it.
            if !nodes.iter().rev().take(8).any(|outer| node.is_within(*outer)) {
                nodes.push(node);
            }
        }
        let long = |node: &Node<'d>| rule.min_chars.is_none_or(|min| node.text().chars().count() >= min);
        let enough = nodes.iter().any(long) || (nodes.len() > 1 && rule.min_chars.is_none());
        (enough && !nodes.is_empty()).then(|| Found { value: nodes, source: source.to_string() })
    })
}

/// What is left of a value by the rule's pattern and shortest length.
fn passes(rule: &FieldRule, value: &str) -> Option<String> {
    let value = match &rule.pattern {
        Some(pattern) => {
            let captures = pattern.captures(value)?;
            let named = ["value", "place"].iter().find_map(|name| captures.name(name));
            // A dateline is cut whole: its named groups only take it apart.
            let whole = captures.name("place").is_some();
            let part = if whole {
                captures.get(0)
            } else {
                named.or_else(|| captures.get(1)).or_else(|| captures.get(0))
            };
            part?.as_str().trim()
        }
        None => value.trim(),
    };
    let long = rule.min_chars.is_none_or(|min| value.chars().count() >= min);
    (long && !value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Query;

    fn rule(sources: &[&str]) -> FieldRule {
        let select = sources.iter().map(|css| Source::Css(Query::parse(css).unwrap())).collect();
        FieldRule { select, ..FieldRule::default() }
    }

    #[test]
    fn the_first_source_that_passes_wins() {
        let doc = Document::parse("<h1> </h1><h2>Pendek</h2><h3>Judul yang panjang</h3>");
        let mut rule = rule(&["h1", "h2", "h3"]);
        assert_eq!(text(&rule, &doc).unwrap(), Found { value: "Pendek".to_owned(), source: "h2".to_owned() });
        rule.min_chars = Some(10);
        assert_eq!(text(&rule, &doc).unwrap().source, "h3");
        rule.pattern = Some(crate::site::Pattern::parse("Judul (?<value>.*)").unwrap());
        assert_eq!(text(&rule, &doc).unwrap().value, "yang panjang");
    }

    #[test]
    fn a_container_inside_another_counts_once() {
        let doc = Document::parse("<div class=a>x<div class=a>y</div></div><div class=a>z</div>");
        assert_eq!(nodes(&rule(&[".a"]), &doc).unwrap().value.len(), 2);
        assert!(nodes(&rule(&[".b"]), &doc).is_none());
    }
}
