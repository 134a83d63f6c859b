//! The `Retry-After` header (RFC 9110 §10.2.3) and HTTP dates (§5.6.7).

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The longest wait that a server can impose; a date in the year 9999 is a mistake of its own.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// When a server wants to be asked again: seconds, or a date. A date is read against the server's
/// own `Date` header where there is one, because its clock may be off. `None` when there is nothing
/// to wait for (`0`, a date in the past) or the value is not understood: then it is for the caller
/// to back off.
pub(super) fn retry_after(value: &str, server_date: Option<&str>, now: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        // More digits than a u64 holds is the longest wait too.
        Duration::from_secs(value.parse().unwrap_or(u64::MAX))
    } else {
        let date = parse_http_date(value)?;
        let from = server_date.and_then(parse_http_date).unwrap_or(now);
        Duration::try_from(date.duration_since(from)).ok()?
    };
    if wait.is_zero() {
        return None;
    }
    now.checked_add(wait.min(LONGEST)).ok()
}

/// Reads a date in one of the three forms that RFC 9110 §5.6.7 tells a recipient to understand.
fn parse_http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(zoned.timestamp());
    }
    // RFC 850 and asctime, both always in GMT.
    ["%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| DateTime::strptime(format, text).ok())
        .and_then(|civil| civil.to_zoned(TimeZone::UTC).ok())
        .map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn understands_all_three_forms_of_http_dates() {
        let date = at("1994-11-06T08:49:37Z");
        for text in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
        {
            assert_eq!(parse_http_date(text), Some(date), "{text}");
        }
        for text in ["", "soon", "0", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(parse_http_date(text), None, "{text}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_never_longer_than_a_day() {
        let now = at("2026-01-01T00:00:00Z");
        for (value, date, expected) in [
            ("120", None, Some("2026-01-01T00:02:00Z")),
            (" 1 ", None, Some("2026-01-01T00:00:01Z")),
            ("0", None, None),
            ("-5", None, None),
            ("", None, None),
            ("soon", None, None),
            ("1e3", None, None),
            ("99999999999999999999999", None, Some("2026-01-02T00:00:00Z")),
            ("Thu, 01 Jan 2026 00:05:00 GMT", None, Some("2026-01-01T00:05:00Z")),
            ("Wed, 31 Dec 2025 23:00:00 GMT", None, None),
            ("Tue, 31 Dec 9991 23:59:59 GMT", None, Some("2026-01-02T00:00:00Z")),
            // The server's clock is an hour fast.
            (
                "Thu, 01 Jan 2026 01:05:00 GMT",
                Some("Thu, 01 Jan 2026 01:00:00 GMT"),
                Some("2026-01-01T00:05:00Z"),
            ),
        ] {
            assert_eq!(retry_after(value, date, now), expected.map(at), "{value:?}");
        }
    }
}
