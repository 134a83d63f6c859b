//! Dates as pages print them, in many languages, as instants with zone and precision.
//!
//! One small grammar reads ISO 8601, RFC 2822 and visible dates alike: the text is cut into numbers,
//! words and marks, the first complete calendar day is looked for, then the time of day nearest to
//! it, then the offset behind that. A guessed zone is marked as such ([`ZoneFrom`]).

mod calendar;
mod clock;
mod formats;
mod lex;
mod relative;
mod words;

use jiff::civil::{DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use crate::model::{Precision, When, ZoneFrom};

/// Reads the instant that a text states.
///
/// `formats` are strftime patterns that are tried first; `zone` is the IANA zone of the site, used
/// when the text names none; `language` decides between `6/7` as July 6th and June 7th and between
/// month names; `now` is what "3 jam lalu" counts from. Years after next year are no dates.
#[must_use]
pub fn parse(
    text: &str,
    formats: &[String],
    zone: Option<&str>,
    language: Option<&str>,
    now: Timestamp,
) -> Option<When> {
    let text = text.trim();
    let site_zone = zone.and_then(|name| TimeZone::get(name).ok());
    let found = by_format(text, formats, language, site_zone.as_ref())
        .or_else(|| by_grammar(text, language, site_zone.as_ref(), now))?;
    let limit = now.as_second().saturating_add(366 * 86_400);
    (found.at.as_second() <= limit).then(|| When { raw: clipped(text), ..found })
}

/// Whether a text tells its time from now ("3 jam lalu"), if it tells one at all.
#[must_use]
pub fn is_relative(text: &str, language: Option<&str>) -> bool {
    calendar::find(&lex::lex(text), language).is_none()
}

/// Whether a word is one of dates in any language: a month, a zone, a unit, "ago".
#[must_use]
pub fn is_word(word: &str) -> bool {
    words::is_known(&word.to_lowercase())
}

/// A text that says when, not longer than a date line.
fn clipped(text: &str) -> String {
    text.chars().take(120).collect()
}

fn by_format(
    text: &str,
    formats: &[String],
    language: Option<&str>,
    zone: Option<&TimeZone>,
) -> Option<When> {
    let broken = formats::read(text, formats, language)?;
    let date = broken.to_date().ok()?;
    let time = broken.to_time().ok();
    let precision = match (time, broken.second()) {
        (None, _) => Precision::Day,
        (Some(_), None) => Precision::Minute,
        (Some(_), Some(_)) => Precision::Second,
    };
    let tokens = lex::lex(text);
    let stated = broken.offset().map(Offset::seconds).or_else(|| {
        let day = calendar::find(&tokens, language)?;
        clock::find(&tokens, day.start, day.end)?.offset
    });
    place(date.to_datetime(time.unwrap_or(Time::midnight())), precision, stated, zone)
}

fn by_grammar(text: &str, language: Option<&str>, zone: Option<&TimeZone>, now: Timestamp) -> Option<When> {
    let tokens = lex::lex(text);
    if let [only] = tokens.as_slice()
        && let Some((value, digits @ (10 | 13))) = only.number()
    {
        let seconds = if digits == 13 { value / 1000 } else { value };
        let at = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
        let offset_seconds = zone.map_or(0, |zone| zone.to_offset(at).seconds());
        let raw = String::new();
        return Some(When {
            raw,
            at,
            offset_seconds,
            precision: Precision::Second,
            zone_from: ZoneFrom::Stated,
        });
    }
    if let Some(day) = calendar::find(&tokens, language) {
        let clock = clock::find(&tokens, day.start, day.end);
        let time = clock.map_or(Time::midnight(), |clock| clock.time);
        let precision = clock.map_or(Precision::Day, |clock| clock.precision);
        return place(day.date.to_datetime(time), precision, clock.and_then(|c| c.offset), zone);
    }
    let utc = TimeZone::UTC;
    let (at, precision) = relative::find(&tokens, language, zone.unwrap_or(&utc), now)?;
    let offset_seconds = zone.map_or(0, |zone| zone.to_offset(at).seconds());
    let zone_from = if zone.is_some() { ZoneFrom::Site } else { ZoneFrom::Assumed };
    Some(When { raw: String::new(), at, offset_seconds, precision, zone_from })
}

/// Puts a local time on the time line: by the stated offset, else by the site's zone, else in UTC.
fn place(
    local: DateTime,
    precision: Precision,
    stated: Option<i32>,
    zone: Option<&TimeZone>,
) -> Option<When> {
    let (zone, zone_from) = match (stated, zone) {
        (Some(seconds), _) => (Offset::from_seconds(seconds).ok()?.to_time_zone(), ZoneFrom::Stated),
        (None, Some(zone)) => (zone.clone(), ZoneFrom::Site),
        (None, None) => (TimeZone::UTC, ZoneFrom::Assumed),
    };
    let zoned: Zoned = local.to_zoned(zone).ok()?;
    let offset_seconds = zoned.offset().seconds();
    Some(When { raw: String::new(), at: zoned.timestamp(), offset_seconds, precision, zone_from })
}

#[cfg(test)]
mod tests;
