//! Sources of title, authors, times and section that say on every page what the generic reader found.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::super::marks::key;
use super::look::Look;
use super::names::{self, Name};
use crate::dom::{Node, Query};
use crate::model::FieldName;
use crate::site::{Site, Source};
use crate::{clean, extract};

/// Sources that are written for a field.
const MOST: usize = 3;

/// So many pages must agree with a source for one that does not.
const MOSTLY: usize = 2;

/// Sources for a field, best first; none when no page has it or no source agrees.
pub(super) fn sources(looks: &[&Look], generic: &Site, name: FieldName, now: Timestamp) -> Vec<Source> {
    let wanted: Vec<String> = looks.iter().map(|look| wanted(look, name)).collect();
    if wanted.iter().all(String::is_empty) {
        return Vec::new();
    }
    let ruled = generic.layouts.first().and_then(|layout| layout.field(name));
    let ruled = ruled.into_iter().flat_map(|rule| rule.select.iter().cloned());
    let named = named(looks, name, &wanted);
    // A headline is read where the reader sees it; what the head states is surer of all else.
    let all: Vec<Source> = if name == FieldName::Title {
        named.into_iter().chain(ruled).collect()
    } else {
        ruled.chain(named).collect()
    };
    let mut agreeing: Vec<(usize, Source)> = Vec::new();
    let mut mostly: Option<(usize, Source)> = None;
    for source in all {
        let found: Vec<String> = looks.iter().map(|look| value(look, &source, name, now)).collect();
        let right =
            found.iter().zip(&wanted).filter(|(found, wanted)| !wanted.is_empty() && found == wanted).count();
        let wrong =
            found.iter().zip(&wanted).filter(|(found, wanted)| !found.is_empty() && found != wanted).count();
        if right > 0 && wrong == 0 && !agreeing.iter().any(|(_, known)| *known == source) {
            agreeing.push((right, source));
        } else if right > MOSTLY * wrong && mostly.as_ref().is_none_or(|(most, _)| right > *most) {
            mostly = Some((right, source));
        }
    }
    // The generic reader errs on a page now and then.
    if agreeing.is_empty() {
        agreeing.extend(mostly);
    }
    // Stable: among those that agree on as many pages the order stands.
    agreeing.sort_by_key(|(right, _)| usize::MAX - right);
    agreeing.into_iter().map(|(_, source)| source).take(MOST).collect()
}

/// What the generic reader found, folded.
fn wanted(look: &Look, name: FieldName) -> String {
    let article = &look.article;
    match name {
        FieldName::Title => key(&article.title),
        FieldName::Author => article.authors.iter().map(|name| key(name)).collect::<Vec<_>>().join(";"),
        FieldName::Published => {
            article.published.as_ref().map(|when| when.at.to_string()).unwrap_or_default()
        }
        FieldName::Modified => article.modified.as_ref().map(|when| when.at.to_string()).unwrap_or_default(),
        FieldName::Section => article.section.as_deref().map(key).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What a source gives, folded the same way.
fn value(look: &Look, source: &Source, name: FieldName, now: Timestamp) -> String {
    let values = source.values(&look.doc);
    match name {
        FieldName::Author => clean::names(&values).iter().map(|name| key(name)).collect::<Vec<_>>().join(";"),
        FieldName::Published | FieldName::Modified => {
            let language = look.article.language.as_deref();
            let read = |value: &String| extract::date::parse(value, &[], None, language, now);
            values.iter().find_map(read).map(|when| when.at.to_string()).unwrap_or_default()
        }
        _ => values.first().map(|value| key(value)).unwrap_or_default(),
    }
}

/// Sources by the names of the elements that show the value.
fn named(looks: &[&Look], name: FieldName, wanted: &[String]) -> Vec<Source> {
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for (look, wanted) in looks.iter().zip(wanted) {
        for node in look.doc.root().elements().filter(|node| shows(look, *node, name, wanted)) {
            let around = node.parent().filter(|_| name == FieldName::Author);
            names.extend(std::iter::once(node).chain(around).flat_map(names::of));
        }
    }
    let suffix =
        if matches!(name, FieldName::Published | FieldName::Modified) { "::attr(datetime)" } else { "" };
    let queries = names.into_iter().filter_map(|name| Query::parse(&format!("{}{suffix}", name.css)).ok());
    queries.map(Source::Css).take(60).collect()
}

fn shows(look: &Look, node: Node<'_>, name: FieldName, wanted: &str) -> bool {
    let tag = node.name();
    match name {
        FieldName::Title => matches!(tag, "h1" | "h2") && key(&node.text()) == wanted,
        FieldName::Author => {
            let short = matches!(tag, "a" | "span" | "p" | "div" | "address" | "li" | "b" | "strong");
            let text = || node.text();
            short && look.article.authors.iter().any(|name| text() == *name)
        }
        FieldName::Published | FieldName::Modified => tag == "time" && node.attr("datetime").is_some(),
        _ => false,
    }
}
