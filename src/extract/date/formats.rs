//! Dates by the `formats` of a site file (strftime directives).

use jiff::fmt::strtime::BrokenDownTime;

use super::lex::lex;
use super::words;
use crate::model::MONTHS_EN;

/// Reads a text by one of the formats. The date may stand anywhere in the text ("Tayang:
/// 20/01/2026 18:30 WIB"); month names of other languages are read as English ones.
pub(super) fn read(text: &str, formats: &[String], language: Option<&str>) -> Option<BrokenDownTime> {
    if formats.is_empty() {
        return None;
    }
    let english = in_english(text, language);
    formats.iter().find_map(|format| {
        [text, english.as_str()].into_iter().find_map(|text| {
            starts(text).find_map(|start| {
                let (time, _) = BrokenDownTime::parse_prefix(format, &text[start..]).ok()?;
                time.to_date().ok().map(|_| time)
            })
        })
    })
}

/// Where a date can start: at the head of every word.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut inside = false;
    text.char_indices().take(200).filter_map(move |(at, c)| {
        let head = !inside && c.is_alphanumeric();
        inside = c.is_alphanumeric();
        head.then_some(at)
    })
}

/// The text with every month name in English.
fn in_english(text: &str, language: Option<&str>) -> String {
    text.split_inclusive(|c: char| !c.is_alphabetic())
        .map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            let month = lex(word).first().and_then(|t| words::month(t.word()?, language));
            match month.and_then(|m| MONTHS_EN.get(usize::from(m) - 1)) {
                Some(name) => format!("{name}{}", &piece[word.len()..]),
                None => piece.to_owned(),
            }
        })
        .collect()
}
