//! "3 jam lalu", "yesterday, 21:40": times told from now.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::clock;
use super::lex::Lexed;
use super::words::{self, Kind};
use crate::model::Precision;

/// An instant told from `now`, and how finely: hours ago are good to the hour, so a minute is stated;
/// days ago state a day.
pub(super) fn find(
    tokens: &[Lexed],
    language: Option<&str>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<(Timestamp, Precision)> {
    span(tokens, now).or_else(|| whole_day(tokens, language, zone, now))
}

fn span(tokens: &[Lexed], now: Timestamp) -> Option<(Timestamp, Precision)> {
    let ago = |at: usize| tokens.get(at).and_then(Lexed::word).and_then(|w| words::value(Kind::Ago, w));
    for at in 0..tokens.len() {
        // `sejam lalu`: one hour.
        let single = tokens[at].word().and_then(|word| words::value(Kind::Unit, word.strip_prefix("se")?));
        if let Some(unit) = single.filter(|_| ago(at + 1).is_some() || ago(at + 2).is_some()) {
            return back(now, 1, unit);
        }
        let count = match &tokens[at].token {
            super::lex::Token::Number(value, 1..=3) => *value,
            super::lex::Token::Word(word)
                if matches!(word.as_str(), "a" | "an" | "one" | "einer" | "satu") =>
            {
                1
            }
            _ => continue,
        };
        let Some(word) = tokens.get(at + 1).and_then(Lexed::word) else { continue };
        let (unit, glued) = match words::value(Kind::Unit, word) {
            Some(unit) => (unit, word.ends_with('前')),
            None => match word.strip_suffix('전').and_then(|w| words::value(Kind::Unit, w)) {
                Some(unit) => (unit, true),
                None => continue,
            },
        };
        let past = glued
            || ago(at + 2).is_some()
            || ago(at + 3).is_some()
            || (at > 0 && ago(at - 1).is_some())
            // `il y a 3 heures`
            || (at > 2 && ago(at - 3).is_some());
        if past {
            return back(now, count, unit);
        }
    }
    None
}

/// So many units of so many seconds before now.
fn back(now: Timestamp, count: u64, unit: i32) -> Option<(Timestamp, Precision)> {
    let seconds = i64::try_from(count).ok()?.checked_mul(i64::from(unit))?;
    let instant = now.checked_sub(SignedDuration::from_secs(seconds)).ok()?;
    Some((instant, if unit < 86_400 { Precision::Minute } else { Precision::Day }))
}

fn whole_day(
    tokens: &[Lexed],
    language: Option<&str>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<(Timestamp, Precision)> {
    // Words of this kind open a date line ("Kemarin, 21:40"); deep in a sentence they mean something else.
    let (at, days) = (0..tokens.len().min(4)).find_map(|at| {
        let word = tokens[at].word()?;
        let pair = || Some(format!("{word}_{}", tokens.get(at + 1)?.word()?));
        let days = words::day(word, language).or_else(|| words::day(&pair()?, language))?;
        Some((at, days))
    })?;
    let mut day = now.to_zoned(zone.clone()).date();
    for _ in 0..days {
        day = day.yesterday().ok()?;
    }
    let clock = clock::find(tokens, at, at + 1);
    if clock.is_none() && tokens.len() > 4 {
        return None;
    }
    let time = clock.map_or(jiff::civil::Time::midnight(), |c| c.time);
    let instant = day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp();
    Some((instant, clock.map_or(Precision::Day, |c| c.precision)))
}
