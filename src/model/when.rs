//! Instants as a page states them: with their zone, their precision and the words they came from.

use std::fmt;

use jiff::{Timestamp, tz::Offset};

/// How finely a page states an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Precision {
    /// A calendar day; the time of day is midnight in the stated or assumed zone.
    Day,
    /// Hours and minutes.
    Minute,
    /// Seconds or finer.
    Second,
}

/// Where the offset from UTC was taken from. A guessed zone is never passed off as a stated one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneFrom {
    /// The text itself states an offset or a zone (`+07:00`, `Z`, `WIB`).
    Stated,
    /// The site file names the zone.
    Site,
    /// Nobody names one: UTC is assumed.
    Assumed,
}

/// An instant that a page states, and the words in which it does.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct When {
    /// The text of the page, as found.
    pub raw: String,
    /// The instant.
    pub at: Timestamp,
    /// Offset from UTC, in seconds, in which the page speaks.
    pub offset_seconds: i32,
    /// How finely the page states it.
    pub precision: Precision,
    /// Where the offset comes from.
    pub zone_from: ZoneFrom,
}

/// RFC 3339 with offset, to the second.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = Offset::from_seconds(self.offset_seconds).unwrap_or(Offset::UTC);
        let local = offset.to_datetime(self.at);
        let (sign, seconds) =
            if self.offset_seconds < 0 { ('-', -self.offset_seconds) } else { ('+', self.offset_seconds) };
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second(),
            seconds / 3600,
            seconds % 3600 / 60,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_offset_the_page_speaks_in() {
        let when = When {
            raw: "20 Juni 2024, 09:15 WIB".to_owned(),
            at: "2024-06-20T02:15:00Z".parse().unwrap(),
            offset_seconds: 7 * 3600,
            precision: Precision::Minute,
            zone_from: ZoneFrom::Stated,
        };
        assert_eq!(when.to_string(), "2024-06-20T09:15:00+07:00");
        let west = When { offset_seconds: -(3 * 3600 + 1800), ..when };
        assert_eq!(west.to_string(), "2024-06-19T22:45:00-03:30");
    }
}
