//! Datelines: the place line at the head of a story, cut off and taken apart.
//!
//! A form is *strong* when it names an agency, an outlet or a date; a *weak* one is only a place and
//! a dash, and counts when the place is written in capitals, is in the gazetteer, or the site is
//! known to open its stories so. What is cut is kept letter by letter in [`Dateline::raw`].

mod cjk;
mod first;
mod names;
mod place;
mod places;
mod scan;

use crate::model::{Dateline, DatelinePrior};
use scan::Scan;

/// What is known of the page besides the paragraph.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// Names the page or its site goes by; they stand where an agency would.
    pub outlets: &'a [String],
    /// What the site's other stories tell: whether one that is borderline is believed.
    pub prior: DatelinePrior,
}

/// The shortest text behind a dateline: what is shorter is a heading or a label.
const SHORTEST_REST: usize = 5;

/// Takes the dateline off the head of a story's first paragraph; none when there is none.
/// `paragraph` must start with [`Dateline::raw`], so cutting `raw.len()` bytes leaves the text.
#[must_use]
pub fn split(paragraph: &str, hints: &Hints<'_>) -> Option<Dateline> {
    let start = Scan::new(paragraph);
    let line = cjk::split(paragraph, hints)
        .or_else(|| first::agency(start, hints))
        .or_else(|| first::site(start, hints))
        .or_else(|| first::date(start, hints))
        .or_else(|| place::first(start, hints))?;
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
    Some(Dateline { raw: end.since(start).to_owned(), ..taken_apart(text) })
}

/// A longer word with a dot behind it is not shortened.
const LONGEST_SHORT: usize = 5;
/// The longest place line in an element of its own, in characters.
const LONGEST_ALONE: usize = 60;

/// The dateline that a site file points at where it is an element of its own, no part of a paragraph;
/// what is read behind it is the text.
#[must_use]
pub fn alone(text: &str) -> Option<Dateline> {
    let text = text.trim();
    let sound = text.chars().any(char::is_alphabetic) && text.chars().count() <= LONGEST_ALONE;
    sound.then(|| Dateline { raw: format!("{text}\n"), ..taken_apart(text) })
}

/// The places and the agency of a line: its first words up to a comma are the place.
fn taken_apart(text: &str) -> Dateline {
    let words =
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '·' | ':' | ','));
    // `Hamburg.`, but `Washington, D.C.`
    let bare = words.strip_suffix('.').filter(|bare| {
        !bare.contains('.') && (bare.chars().count() > LONGEST_SHORT || names::is_place(bare))
    });
    let words = bare.unwrap_or(words);
    let (place, behind) = words.split_once(',').map_or((words, ""), |(place, rest)| (place, rest.trim()));
    let mut places = vec![place.trim().to_owned()];
    let mut agency = None;
    match behind {
        "" => {}
        region if names::is_place(region) => places.push(region.to_owned()),
        outlet => agency = Some(outlet.to_owned()),
    }
    Dateline { raw: String::new(), places, agency, date: None }
}

#[cfg(test)]
mod tests;
