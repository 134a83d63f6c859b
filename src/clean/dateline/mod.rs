//! Datelines: the place line at the head of a story, cut off and taken apart.
//!
//! A form is *strong* when it names an agency, an outlet or a date; a *weak* one is only a place and
//! a dash, and counts when the place is written in capitals, is in the gazetteer, or the site is
//! known to open its stories so. What is cut is kept letter by letter in [`Dateline::raw`].

mod cjk;
mod names;
mod places;
mod scan;

use crate::model::Dateline;
use places::{Outlet, places};
use scan::Scan;

/// What is known of the page besides the paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Names the page or its site goes by; they stand where an agency would.
    pub outlets: &'a [String],
    /// The site is known to open its stories with a place: one that no gazetteer knows is believed.
    pub prior: bool,
}

/// The shortest text behind a dateline: what is shorter is a heading or a label.
const SHORTEST_REST: usize = 5;

/// Takes the dateline off the head of a story's first paragraph; none when there is none.
/// `paragraph` must start with [`Dateline::raw`], so cutting `raw.len()` bytes leaves the text.
#[must_use]
pub fn split(paragraph: &str, hints: &Hints<'_>) -> Option<Dateline> {
    let start = Scan::new(paragraph);
    let line = cjk::split(paragraph)
        .or_else(|| agency_first(start, hints))
        .or_else(|| site_first(start, hints))
        .or_else(|| date_first(start, hints))
        .or_else(|| place_first(start, hints))?;
    let rest = paragraph.get(line.raw.len()..)?;
    (rest.chars().count() >= SHORTEST_REST).then_some(line)
}

/// The dateline that a site file points at: `text` as it stands at the head of the paragraph, with
/// the separator behind it. Its first words up to a comma are the place.
#[must_use]
pub fn pointed(paragraph: &str, text: &str) -> Option<Dateline> {
    let start = Scan::new(paragraph);
    let end = start.take(text).filter(|_| !text.trim().is_empty())?;
    let end = end.separator().unwrap_or(end.blanks());
    if end.rest().is_empty() {
        return None;
    }
    let words =
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ','));
    let (place, behind) = words.split_once(',').map_or((words, ""), |(place, rest)| (place, rest.trim()));
    let mut places = vec![place.trim().to_owned()];
    let mut agency = None;
    match behind {
        "" => {}
        region if names::is_place(region) => places.push(region.to_owned()),
        outlet => agency = Some(outlet.to_owned()),
    }
    Some(Dateline { raw: end.since(start).to_owned(), places, agency, date: None })
}

/// `(Reuters) — `, `(ANSA) - MILANO, 16 MAG - `, `EFE.- `
fn agency_first(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (agency, end) = start.bracketed('(', ')', 40)?;
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

/// `REPUBLIKA.CO.ID, JAKARTA -- `, `Liputan6.com, Jakarta Menteri …`, `PanARMENIAN.Net - `
fn site_first(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let Outlet { name, end } = places::site(start)?;
    let line = |places: Vec<String>, end: Scan<'_>| {
        Some(Dateline { raw: end.since(start).to_owned(), places, agency: Some(name.to_owned()), date: None })
    };
    if let Some(end) = end.separator() {
        return line(Vec::new(), end);
    }
    let place_start = end.take_any(&[',', '،'])?.blanks();
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
fn date_first(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (date, end) = start.date()?;
    let (agency, end) = end.blanks().bracketed('(', ')', 40)?;
    let end = end.separator().filter(|_| names::is_agency(agency, hints.outlets))?;
    let raw = end.since(start).to_owned();
    Some(Dateline { raw, places: Vec::new(), agency: Some(agency.to_owned()), date: Some(date) })
}

fn place_first(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (names, mut at) = places(start, hints.outlets)?;
    let line = |end: Scan<'_>, agency: Option<&str>, date: Option<String>| {
        let raw = end.since(start).to_owned();
        Some(Dateline { raw, places: names.clone(), agency: agency.map(str::to_owned), date })
    };
    // `JAKARTA, KOMPAS.com - `
    if let Some(outlet) = places::outlet(at, hints.outlets)
        && let Some(end) = outlet.end.separator()
    {
        return line(end, Some(outlet.name), None);
    }
    let comma = at.take_any(&[',', '،']);
    // Without a comma only a month's name makes a date: `Perangkat 1.8 - …` is a version.
    let date =
        comma.unwrap_or(at).blanks().date().filter(|(date, _)| comma.is_some() || named_month(date)).map(
            |(date, end)| {
                at = end;
                date
            },
        );
    at = at.take(".").filter(|_| date.is_some()).unwrap_or(at);
    if let Some(end) = at.take("--(").and_then(|_| at.take("--")) {
        // `TEL AVIV, Israel--(BUSINESS WIRE)--Majestic …`
        let (agency, end) = end.bracketed('(', ')', 40)?;
        return line(end.separator().or_else(|| end.take("--"))?, Some(agency), date);
    }
    let written = places::in_capitals(&names) || names.iter().any(|name| names::is_place(name));
    if let Some((agency, end)) = at.blanks().bracketed('(', ')', 40) {
        let end = end.take(".").unwrap_or(end).separator()?;
        let shaped =
            agency.chars().count() <= 30 && !agency.contains(|c: char| c.is_ascii_digit() || c == ',');
        let believed = names::is_agency(agency, hints.outlets) || (shaped && (written || date.is_some()));
        return if believed { line(end, Some(agency), date) } else { None };
    }
    if let Some((agency, end)) = at.blanks().bracketed('/', '/', 40) {
        let end = end.take(".").unwrap_or(end);
        return line(end.separator().unwrap_or(end.blanks()), Some(agency), date);
    }
    let end = at.separator()?;
    // `МОСКВА, 13 дек — РИА Новости. `
    if date.is_some()
        && let Some((name, _)) = end.rest().split_once(". ")
        && names::is_agency(name, hints.outlets)
    {
        let end = Scan { at: end.at + name.len() + 1, ..end }.blanks();
        return line(end, Some(name), date);
    }
    let believed = date.is_some() || written || (hints.prior && !names.iter().any(|name| name.contains('-')));
    (believed && weak_is_sound(&names, end)).then(|| line(end, None, date)).flatten()
}

fn named_month(date: &str) -> bool {
    date.chars().any(char::is_alphabetic)
}

/// What kills a weak form: a label before the dash, a lower-case word or a score behind it.
fn weak_is_sound(names: &[String], end: Scan<'_>) -> bool {
    let opens = end.peek().is_some_and(|c| {
        c.is_uppercase()
            || matches!(c, '"' | '“' | '„' | '«' | '\'' | '‘')
            || (c.is_alphabetic() && !c.is_lowercase())
    });
    let score = end.rest().chars().count() < 80 && end.rest().split_whitespace().any(is_score);
    opens && !score && !names.iter().any(|name| names::is_label(name))
}

/// `2-1`, `3:0`
fn is_score(word: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | ','));
    word.split_once(['-', '–', ':']).is_some_and(|(a, b)| number(a) && number(b))
}

#[cfg(test)]
mod tests;
