//! The dates of feeds and sitemaps.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimeParser;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

/// Names of zones that stand in dates although no standard has them.
#[rustfmt::skip]
const ZONES: &[(&str, &str)] = &[
    ("WIB", "+0700"), ("WITA", "+0800"), ("WIT", "+0900"), ("UTC", "+0000"), ("Z", "+0000"),
    ("SGT", "+0800"), ("MYT", "+0800"), ("PHT", "+0800"), ("ICT", "+0700"), ("JST", "+0900"),
    ("KST", "+0900"), ("AWST", "+0800"), ("AEST", "+1000"), ("AEDT", "+1100"), ("WET", "+0000"),
    ("BST", "+0100"), ("CET", "+0100"), ("CEST", "+0200"), ("EET", "+0200"), ("EEST", "+0300"),
    ("MSK", "+0300"),
];

/// With a zone.
const ZONED: &[&str] =
    &["%Y-%m-%dT%H:%M%:z", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%:z"];
/// Without.
const CIVIL: &[&str] = &["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];

/// Reads a date of RFC 2822 (RSS) or RFC 3339 and its W3C shortenings (Atom, sitemaps), as people
/// write them: with a wrong weekday, a zone by name, a blank for the `T`, without seconds. What has
/// no zone counts as UTC, what has no time as midnight; `None` when it is no date.
#[must_use]
pub fn parse_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 80 {
        return None;
    }
    let text = with_offset(text);
    let starts_with_year = text.bytes().take_while(u8::is_ascii_digit).count() == 4;
    if starts_with_year { w3c(&text) } else { rfc2822(&text) }
}

/// `10:00:00 WIB` → `10:00:00 +0700`.
fn with_offset(text: &str) -> Cow<'_, str> {
    let named = text.rsplit_once(' ').and_then(|(head, zone)| {
        let (_, offset) = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(zone))?;
        Some(format!("{head} {offset}"))
    });
    named.map_or(Cow::Borrowed(text), Cow::Owned)
}

fn rfc2822(text: &str) -> Option<Timestamp> {
    // The weekday may be wrong or in any language; it says nothing that the date does not.
    let date = text.split_once(", ").map_or(text, |(_, date)| date);
    let parser = DateTimeParser::new();
    let parse = |text: &str| parser.parse_timestamp(text).ok();
    parse(date).or_else(|| parse(&format!("{date} +0000")))
}

fn w3c(text: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse() {
        return Some(timestamp);
    }
    let zoned = |format: &&str| strtime::parse(format, text).and_then(|broken| broken.to_timestamp()).ok();
    if let Some(timestamp) = ZONED.iter().find_map(zoned) {
        return Some(timestamp);
    }
    let civil = CIVIL.iter().find_map(|format| DateTime::strptime(format, text).ok()).or_else(|| {
        let day = match text.len() {
            4 => Cow::Owned(format!("{text}-01-01")),
            7 => Cow::Owned(format!("{text}-01")),
            _ => Cow::Borrowed(text),
        };
        Date::strptime("%Y-%m-%d", day.as_bytes()).ok().map(DateTime::from)
    });
    civil?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("Sat, 07 Sep 2002 00:00:01 GMT", "2002-09-07T00:00:01Z"),
            ("Fri, 24 Jan 2025 15:32:41 -0500", "2025-01-24T20:32:41Z"),
            ("Mon, 24 Jan 2025 15:32:41 -0500", "2025-01-24T20:32:41Z"),
            ("24 Jan 2025 15:32 +0700", "2025-01-24T08:32:00Z"),
            ("Thu, 20 Jun 2024 10:00:00 WIB", "2024-06-20T03:00:00Z"),
            ("Kamis, 20 Jun 2024 10:00:00 +0700", "2024-06-20T03:00:00Z"),
            ("Kamis, 20 Jun 2024 10:00:00 WITA", "2024-06-20T02:00:00Z"),
            ("Thu, 20 Jun 2024 10:00:00 EST", "2024-06-20T15:00:00Z"),
            ("Thu, 20 Jun 2024 10:00:00", "2024-06-20T10:00:00Z"),
            ("2024-06-20T10:00:00+07:00", "2024-06-20T03:00:00Z"),
            ("2024-06-20T10:00:00.123Z", "2024-06-20T10:00:00.123Z"),
            ("2024-06-20T10:00+07:00", "2024-06-20T03:00:00Z"),
            ("2024-06-20T10:00:00+0700", "2024-06-20T03:00:00Z"),
            ("2024-06-20 10:00:00 +0700", "2024-06-20T03:00:00Z"),
            ("2024-06-20 10:00:00 WIB", "2024-06-20T03:00:00Z"),
            ("2024-06-20 10:00:00", "2024-06-20T10:00:00Z"),
            ("2024-06-20T10:00", "2024-06-20T10:00:00Z"),
            ("2024-06-20", "2024-06-20T00:00:00Z"),
            ("  2024-06 ", "2024-06-01T00:00:00Z"),
            ("2024", "2024-01-01T00:00:00Z"),
        ] {
            assert_eq!(parse_date(text), Some(expected.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "soon",
            "-",
            "2024-13-01",
            "99",
            "0000-00-00 00:00:00",
            "Thu, 99 Foo 2024 10:00:00 GMT",
            "2024é",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[0-9TZ:+., -]{0,30}|.{0,30}") {
            let _ = parse_date(&text);
        }
    }
}
