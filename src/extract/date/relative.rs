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
            let seconds = i64::try_from(count).ok()?.checked_mul(i64::from(unit))?;
            let instant = now.checked_sub(SignedDuration::from_secs(seconds)).ok()?;
            let precision = if unit < 86_400 { Precision::Minute } else { Precision::Day };
            return Some((instant, precision));
        }
    }
    None
}

fn whole_day(
    tokens: &[Lexed],
    language: Option<&str>,
    zone: &TimeZone,
    now: Timestamp,
) -> Option<(Timestamp, Precision)> {
    // Words of this kind open a date line ("Kemarin, 21:40"); deep in a sentence they mean something else.
    let (at, days) =
        tokens.iter().take(4).enumerate().find_map(|(at, t)| Some((at, words::day(t.word()?, language)?)))?;
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
