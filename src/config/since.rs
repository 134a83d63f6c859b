//! Points in time as users write them: `24h` ago, a day, an instant.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A point in time, as the user wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// So long ago.
    Ago(SignedDuration),
    /// On the clock of this computer.
    Local(DateTime),
    /// Exactly then.
    At(Timestamp),
}

impl Since {
    /// Reads `24h`, `7d`, `2026-03-01`, `2026-03-01T10:00` or RFC 3339.
    ///
    /// # Errors
    /// A sentence that says what can be written.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Ok(ago) = super::units::duration(text)
            && let Ok(ago) = SignedDuration::try_from(ago)
        {
            return Ok(Self::Ago(ago));
        }
        if let Ok(at) = text.parse::<Timestamp>() {
            return Ok(Self::At(at));
        }
        if let Ok(date) = text.parse::<Date>()
            && text.len() <= "2026-03-01".len()
        {
            return Ok(Self::Local(date.to_datetime(jiff::civil::Time::midnight())));
        }
        text.parse::<DateTime>().map(Self::Local).map_err(|_| {
            "write a time span (30m, 24h, 7d), a day (2026-03-01) or an instant (2026-03-01T10:00+07:00)"
                .to_owned()
        })
    }

    /// The instant that is meant.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Ago(ago) => now.checked_sub(ago).unwrap_or(Timestamp::MIN),
            Self::Local(local) => local.to_zoned(TimeZone::system()).map_or(now, |zoned| zoned.timestamp()),
            Self::At(at) => at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        let now: Timestamp = "2026-03-08T12:00:00Z".parse().unwrap();
        let at = |text: &str| Since::parse(text).map(|since| since.at(now).to_string());
        assert_eq!(at("24h").unwrap(), "2026-03-07T12:00:00Z");
        assert_eq!(at("7d").unwrap(), "2026-03-01T12:00:00Z");
        assert_eq!(at("2026-03-01T10:00+07:00").unwrap(), "2026-03-01T03:00:00Z");
        assert_eq!(at("2026-03-01T10:00:00Z").unwrap(), "2026-03-01T10:00:00Z");
        let local = |text| Since::Local(DateTime::parse_from(text));
        assert_eq!(Since::parse("2026-03-01"), Ok(local("2026-03-01T00:00")));
        assert_eq!(Since::parse("2026-03-01T10:00"), Ok(local("2026-03-01T10:00")));
        for wrong in ["kemarin", "", "7", "2026-13-01", "-3d"] {
            assert!(Since::parse(wrong).unwrap_err().contains("24h"), "{wrong}");
        }
        assert_eq!(Since::Ago(SignedDuration::MAX).at(now), Timestamp::MIN);
    }

    trait ParseFrom {
        fn parse_from(text: &str) -> Self;
    }

    impl ParseFrom for DateTime {
        fn parse_from(text: &str) -> Self {
            text.parse().unwrap()
        }
    }
}
