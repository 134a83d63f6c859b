//! When a story was published and last changed.
//!
//! What the page's head says comes first, then a day in the address, then the dates near the
//! headline, each judged by where it stands; the first `<time>` of a page may be another story's.

use super::near::Near;
use super::page::Page;
use crate::extract::{Asked, blocks, field};
use crate::model::{FieldName, Found, When};
use crate::site::{FieldRule, Source};

/// A longer line is no date line.
const LONGEST: usize = 160;
/// A visible date needs so many points.
const ENOUGH: f64 = 2.5;

/// Time of publication.
pub(super) fn published(asked: &Asked<'_>, page: &Page<'_>, near: &Near) -> Option<Found<When>> {
    stated(asked, FieldName::Published, is_sure)
        .or_else(|| in_address(asked))
        .or_else(|| visible(asked, page, near))
        .or_else(|| stated(asked, FieldName::Published, |source| !is_sure(source)))
}

/// Time of the last change.
pub(super) fn modified(asked: &Asked<'_>) -> Option<Found<When>> {
    stated(asked, FieldName::Modified, |_| true)
}

/// By the sources of the generic rules.
fn stated(asked: &Asked<'_>, name: FieldName, wanted: impl Fn(&Source) -> bool) -> Option<Found<When>> {
    let rule = asked.rule(name)?;
    let select = rule.select.iter().filter(|source| wanted(source)).cloned().collect();
    let rule = FieldRule { select, formats: rule.formats.clone(), ..FieldRule::default() };
    field::when(&rule, asked.doc, asked.zone, asked.language, asked.now)
}

/// Whether a source speaks of this page's publication and not of any date on it.
fn is_sure(source: &Source) -> bool {
    match source {
        Source::Css(query) => query.to_string().to_ascii_lowercase().contains("publish"),
        _ => true,
    }
}

/// A whole day in the address.
fn in_address(asked: &Asked<'_>) -> Option<Found<When>> {
    let path = asked.url?.path_and_query();
    let path = path.split('?').next().unwrap_or(path);
    asked.date(path).map(|value| Found { value, source: "address".to_owned() })
}

/// The best of the dates that a reader sees.
fn visible(asked: &Asked<'_>, page: &Page<'_>, near: &Near) -> Option<Found<When>> {
    let mut best: Option<(f64, When)> = None;
    let mut skip = 0;
    for (at, elem) in page.elems.iter().enumerate() {
        if at < skip || elem.text > LONGEST || elem.text < 5 && elem.node.name() != "time" {
            continue;
        }
        let node = elem.node;
        let machine = if node.name() == "time" { node.attr("datetime") } else { None };
        let text = blocks::line(node);
        let Some(when) = machine.and_then(|text| asked.date(text)).or_else(|| asked.date(&text)) else {
            continue;
        };
        let points = near.place(page, at) + points(&text, node.attr("class"), node.name() == "time");
        tracing::trace!(points, text, "date");
        if best.as_ref().is_none_or(|(most, _)| points > *most) {
            best = Some((points, when));
        }
        // A date is judged by the innermost element only when the outer one says no more.
        skip = if elem.end == at + 1 { at + 1 } else { skip };
    }
    let (points, value) = best?;
    (points >= ENOUGH).then(|| Found { value, source: "visible date".to_owned() })
}

fn points(text: &str, class: Option<&str>, time: bool) -> f64 {
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let class = class.unwrap_or_default().to_ascii_lowercase();
    let named =
        ["date", "time", "publish", "datum", "posted", "tanggal", "fecha"].iter().any(|n| class.contains(n));
    let mut points = if named || time { 1.0 } else { 0.0 };
    if says(&[
        "publish",
        "posted",
        "veröffentlicht",
        "erstellt",
        "datum",
        "publié",
        "publicado",
        "diterbitkan",
        "opublikowano",
        "pubblicato",
        "vom ",
        "date:",
    ]) {
        points += 0.8;
    }
    if says(&[
        "updated",
        "aktualisiert",
        "geändert",
        "modified",
        "mis à jour",
        "actualizado",
        "diperbarui",
        "zuletzt",
        "last ",
    ]) {
        points -= 0.8;
    }
    if says(&["©", "copyright", "comment", "kommentar", "termin", "event", "expires", "bis zum", "geboren"])
    {
        points -= 2.0;
    }
    match text.chars().count() {
        0..=30 => points + 0.8,
        31..=60 => points + 0.4,
        _ => points - 0.5,
    }
}
