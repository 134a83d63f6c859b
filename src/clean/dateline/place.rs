//! Datelines that open with a place.

use super::places::{self, places};
use super::scan::Scan;
use super::{Hints, names};
use crate::model::{Dateline, DatelinePrior};

/// A shorter text behind a place and a dash is a label of it.
const SHORTEST: usize = 16;

/// A place at the head and what stands behind it.
pub(super) fn first(start: Scan<'_>, hints: &Hints<'_>) -> Option<Dateline> {
    let (mut names, mut at) = places(start, hints.outlets)?;
    if let Some((inside, end)) = at.blanks().bracketed('(', ')', 30)
        && let Some((agency, _)) = end.blanks().bracketed('(', ')', 40)
        && names::is_agency(agency, hints.outlets)
    {
        // `Halle (Saale) (dpa) - `
        names.push(inside.to_owned());
        at = end;
    }
    let written = places::in_capitals(&names) || names.iter().any(|name| names::is_place(name));
    // `JAKARTA, KOMPAS.com - `, `JAKARTA | kabar.example - `
    let outlet =
        places::outlet(at, hints.outlets).or_else(|| places::outlet_behind_bar(at).filter(|_| written));
    let comma = at.take_any(&[',', '،']);
    let head = Head { start, names, written, date: None, hints };
    if let Some(outlet) = outlet
        && let Some(end) = outlet.end.separator()
    {
        return Some(head.line(end, Some(outlet.name)));
    }
    // Without a comma only a month's name makes a date: `Perangkat 1.8 - …` is a version.
    let dated = comma.unwrap_or(at).blanks().date().filter(|(date, _)| comma.is_some() || named_month(date));
    match dated {
        Some((date, end)) => {
            let end = end.take(".").unwrap_or(end);
            Head { date: Some(date), ..head }.behind(end, end)
        }
        // A comma may stand before the bracket: `Sukamaju, (Kabar) - `.
        None => head.behind(at, comma.unwrap_or(at)),
    }
}

/// What a text opens with: its places, and its date when it has one.
struct Head<'a> {
    start: Scan<'a>,
    names: Vec<String>,
    /// Whether the places are written as one writes those of a dateline.
    written: bool,
    date: Option<String>,
    hints: &'a Hints<'a>,
}

impl<'a> Head<'a> {
    fn line(self, end: Scan<'_>, agency: Option<&str>) -> Dateline {
        let raw = end.since(self.start).to_owned();
        Dateline { raw, places: self.names, agency: agency.map(str::to_owned), date: self.date }
    }

    /// What stands behind places and date: an agency in brackets (from `bracket`), between strokes, or
    /// a mere dash.
    fn behind(self, at: Scan<'a>, bracket: Scan<'a>) -> Option<Dateline> {
        if let Some(end) = at.take("--(").and_then(|_| at.take("--")) {
            // `TEL AVIV, Israel--(BUSINESS WIRE)--Majestic …`
            let (agency, end) = end.bracketed('(', ')', 40)?;
            let end = end.separator().or_else(|| end.take("--"))?;
            return Some(self.line(end, Some(agency)));
        }
        if let Some((agency, end)) = bracket.blanks().bracketed('(', ')', 40) {
            return self.bracketed(agency, end);
        }
        if let Some((agency, end)) = at.blanks().bracketed('/', '/', 40) {
            let end = end.take(".").unwrap_or(end);
            let believed =
                self.date.is_some() || self.written || names::is_agency(agency, self.hints.outlets);
            let end = end.separator().unwrap_or(end.blanks());
            return believed.then(|| self.line(end, Some(agency)));
        }
        match at.separator() {
            Some(end) => self.dashed(at, end),
            None => only_by_prior(self.start, at, &self.names, self.hints),
        }
    }

    /// `JAKARTA (ANTARA) - `: an agency in round brackets, which end at `end`.
    fn bracketed(self, agency: &str, end: Scan<'a>) -> Option<Dateline> {
        let known = names::is_agency(agency, self.hints.outlets);
        let end = end.take(".").unwrap_or(end);
        let colon = end.take(":").map(Scan::blanks).filter(|end| end.opens_a_sentence() && self.written);
        let shaped =
            agency.chars().count() <= 30 && !agency.contains(|c: char| c.is_ascii_digit() || c == ',');
        let Some(end) = end.separator().or(colon) else {
            // `New Delhi, Jun 5 (PTI) Prime …`: no dash.
            let sentence = |end: &Scan<'_>| known && self.date.is_some() && end.opens_a_sentence();
            let end = end.take(" ").filter(sentence)?;
            return Some(self.line(end.blanks(), Some(agency)));
        };
        let believed = known || (shaped && (self.written || self.date.is_some()));
        believed.then(|| self.line(end, Some(agency)))
    }

    /// A dash from `at` to `end`, and no agency before it.
    fn dashed(self, at: Scan<'a>, end: Scan<'a>) -> Option<Dateline> {
        // `МОСКВА, 13 дек — РИА Новости. `
        if self.date.is_some()
            && let Some((name, _)) = end.rest().split_once(". ")
            && names::is_agency(name, self.hints.outlets)
        {
            let end = Scan { at: end.at + name.len() + 1, ..end }.blanks();
            return Some(self.line(end, Some(name)));
        }
        // `Köln–Bonn`: a dash between letters joins two places.
        if at.take("–").is_some_and(|behind| behind.at == end.at) && !places::in_capitals(&self.names) {
            return None;
        }
        let by_prior = match self.hints.prior {
            DatelinePrior::Always => !self.names.iter().any(|name| name.contains('-')),
            DatelinePrior::Unknown => self.written,
            DatelinePrior::Never => false,
        };
        let believed =
            self.date.is_some() || by_prior || (self.written && self.hints.prior == DatelinePrior::Always);
        (believed && weak_is_sound(&self.names, end)).then(|| self.line(end, None))
    }
}

/// Forms that mean many things, and a dateline on a site that always has one: `Berlin. Der …`,
/// `JAKARTA: Menteri …`, `JAKARTA-“Kami …`
fn only_by_prior(start: Scan<'_>, at: Scan<'_>, places: &[String], hints: &Hints<'_>) -> Option<Dateline> {
    if hints.prior != DatelinePrior::Always || !places.iter().any(|name| names::is_place(name)) {
        return None;
    }
    // The dot of `Berlin.` may have been read as that of an abbreviation.
    let dotted = (at.since(start).ends_with('.')).then_some(at).and_then(|at| at.take(" "));
    let end = [". ", ": ", "-"].iter().find_map(|mark| at.take(mark)).or(dotted)?.blanks();
    let places: Vec<String> = places.iter().map(|name| name.trim_end_matches('.').to_owned()).collect();
    weak_is_sound(&places, end).then(|| Dateline {
        raw: end.since(start).to_owned(),
        places,
        agency: None,
        date: None,
    })
}

fn named_month(date: &str) -> bool {
    date.chars().any(char::is_alphabetic)
}

/// What kills a weak form: a label before the dash, a lower-case word, a score or only a few words
/// behind it.
fn weak_is_sound(names: &[String], end: Scan<'_>) -> bool {
    let score = end.rest().chars().count() < 80 && end.rest().split_whitespace().any(is_score);
    end.opens_a_sentence()
        && end.rest().chars().count() >= SHORTEST
        && !score
        && !names.iter().any(|name| names::is_label(name))
}

/// `2-1`, `3:0`
fn is_score(word: &str) -> bool {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | '.' | ','));
    word.split_once(['-', '–', ':']).is_some_and(|(a, b)| number(a) && number(b))
}
