//! Datelines that open with an agency, an outlet or a date.

use super::places::{self, Outlet, places};
use super::scan::Scan;
use super::{Hints, names};
use crate::model::Dateline;

/// `(Reuters) — `, `(ANSA) - MILANO, 16 MAG - `, `EFE.- `
pub(super) fn agency(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let Some((agency, end)) = start.bracketed('(', ')', 40) else { return named(start, hints) };
    if !names::is_agency(agency, hints.outlets) {
        return None;
    }
    let end = end.take(".").unwrap_or(end).separator()?;
    let more = || {
        let (places, at) = places(end, hints.outlets)?;
        let (date, at) = at.take(",")?.blanks().date()?;
        Some((places, date, at.separator()?))
    };
    let (places, date, end) = match more() {
        Some((places, date, end)) => (places, Some(date), end),
        None => (Vec::new(), None, end),
    };
    Some(Dateline { raw: end.since(start).to_owned(), places, agency: Some(agency.to_owned()), date })
}

/// `EFE.- `, `KABAR KITA – `: an agency or an outlet of the page, and a dash.
fn named(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let end = start
        .rest()
        .char_indices()
        .take(40)
        .find(|&(_, c)| matches!(c, '-' | '–' | '—'))
        .map(|(at, _)| at)?;
    let name = start.rest()[..end].trim_end().trim_end_matches('.');
    let shouted =
        name.chars().all(|c| !c.is_lowercase()) || hints.outlets.iter().any(|outlet| outlet == name);
    // A web address may have a place behind it.
    if !shouted || name.is_empty() || names::is_site(name) || !names::is_agency(name, hints.outlets) {
        return None;
    }
    let at = Scan { at: start.at + name.len(), ..start };
    // A hyphen between letters joins a word, one behind a dot does not: `EFE.-`.
    let end = at.separator().or_else(|| at.take(".").and_then(|at| at.separator().or_else(|| at.take("-"))));
    let end = end?.blanks();
    end.opens_a_sentence().then(|| Dateline {
        raw: end.since(start).to_owned(),
        places: Vec::new(),
        agency: Some(name.to_owned()),
        date: None,
    })
}

/// `REPUBLIKA.CO.ID, JAKARTA -- `, `Liputan6.com, Jakarta Menteri …`, `PanARMENIAN.Net - `,
/// `KONTAN.CO.ID - JAKARTA. `
pub(super) fn site(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let Outlet { name, end } = places::site(start)?;
    let line = |places: Vec<String>, end: Scan<'_>| {
        Some(Dateline { raw: end.since(start).to_owned(), places, agency: Some(name.to_owned()), date: None })
    };
    if let Some(end) = end.separator() {
        let stop = places(end, hints.outlets).and_then(|(places, at)| {
            let written = places::in_capitals(&places) || places.iter().any(|name| names::is_place(name));
            let at = at.take(". ").filter(|at| written && at.opens_a_sentence())?;
            Some((places, at.blanks()))
        });
        return match stop {
            Some((places, end)) => line(places, end),
            None => line(Vec::new(), end),
        };
    }
    let place_start = end.blanks().take_any(&[',', '،'])?.blanks();
    if let Some((places, at)) = places(place_start, hints.outlets)
        && let Some(end) = at.separator()
    {
        return line(places, end);
    }
    // No dash at all: as many words as the gazetteer knows.
    let at = places::known_prefix(place_start)?;
    line(vec![at.since(place_start).to_owned()], at.blanks())
}

/// `March 4 (Reuters) - `
pub(super) fn date(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (date, end) = start.date()?;
    let (agency, end) = end.blanks().bracketed('(', ')', 40)?;
    let end = end.separator().filter(|_| names::is_agency(agency, hints.outlets))?;
    let raw = end.since(start).to_owned();
    Some(Dateline { raw, places: Vec::new(), agency: Some(agency.to_owned()), date: Some(date) })
}
