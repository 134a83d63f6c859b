//! When a story was published and last changed.
//!
//! What the page's head says of its publication comes first, and is held against the day in the
//! address and the date that a reader sees near the headline; without it these two count, and last
//! the names of metadata that content systems fill with any date. The first `<time>` of a page may be
//! another story's.

mod address;
mod settle;
mod shown;

use self::settle::Signals;
use super::near::Near;
use super::page::Page;
use crate::extract::{Asked, field};
use crate::model::{FieldName, Found, When};
use crate::site::{FieldRule, Source};

/// Time of publication; `opening` is the head of the story.
pub(super) fn published(
    asked: &Asked<'_>,
    page: &Page<'_>,
    near: &Near,
    opening: Option<&str>,
) -> Option<Found<When>> {
    let mut sure = stated(asked, FieldName::Published, is_sure);
    let first = (!sure.is_empty()).then(|| sure.remove(0));
    let weak = if first.is_none() {
        stated(asked, FieldName::Published, |source| !is_sure(source) && !is_any_time(source))
    } else {
        Vec::new()
    };
    let signals = Signals {
        also: sure,
        weak: weak.into_iter().next(),
        address: address::date(asked),
        shown: shown::best(asked, page, near, opening, first.is_some()),
        first,
    };
    signals.settle()
}

/// Time of the last change.
pub(super) fn modified(asked: &Asked<'_>) -> Option<Found<When>> {
    stated(asked, FieldName::Modified, |_| true).into_iter().next()
}

/// What the sources of the generic rules say, in their order; selectors are asked only until one
/// finds something.
fn stated(asked: &Asked<'_>, name: FieldName, wanted: impl Fn(&Source) -> bool) -> Vec<Found<When>> {
    let Some(rule) = asked.rule(name) else { return Vec::new() };
    let mut found: Vec<Found<When>> = Vec::new();
    for source in rule.select.iter().filter(|source| wanted(source)) {
        if !found.is_empty() && matches!(source, Source::Css(_)) {
            continue;
        }
        let rule =
            FieldRule { select: vec![source.clone()], formats: rule.formats.clone(), ..FieldRule::default() };
        found.extend(field::when(&rule, asked.doc, asked.zone, asked.language, asked.now));
    }
    found
}

/// Whether a source speaks of this page's publication and not of any date on it.
fn is_sure(source: &Source) -> bool {
    match source {
        Source::Css(query) => query.to_string().to_ascii_lowercase().contains("publish"),
        Source::Meta(name) => !matches!(
            name.to_ascii_lowercase().as_str(),
            "date" | "dc.date" | "dcterms.date" | "dcterms.created"
        ),
        _ => true,
    }
}

/// Whether a source finds a `<time>` by its place alone: those are judged one by one.
fn is_any_time(source: &Source) -> bool {
    matches!(source, Source::Css(query) if query.to_string().contains("time::attr"))
}

#[cfg(test)]
mod tests;
