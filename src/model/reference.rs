//! How users name an article: `12`, an address, `12@3`, `12@latest`, `12@first`, `12@1..3`,
//! `12@2026-11-20T08:00`.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{ArticleId, PageUrl, VersionSeq};

/// Why a text names no article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefError {
    /// Neither a number nor an address.
    #[error(
        "`{0}` names no article: give its number (12), its address, or a version of it (12@3, 12@latest, 12@1..3, 12@2026-11-20)"
    )]
    Article(String),
    /// The part behind `@` is not understood.
    #[error(
        "`{0}` names no version: give a number, `latest`, `first`, a range such as 1..3, or a time such as 2026-11-20 or 2026-11-20T08:00+07:00"
    )]
    Version(String),
}

impl RefError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Article(_) => "ref_article",
            Self::Version(_) => "ref_version",
        }
    }
}

/// Which article is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// By its number.
    Id(ArticleId),
    /// By any address it was ever known by.
    Url(PageUrl),
}

/// Which version is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum VersionSelector {
    /// The newest.
    #[default]
    Latest,
    /// The oldest.
    First,
    /// By number.
    Seq(VersionSeq),
    /// From one to another.
    Range(VersionSeq, VersionSeq),
    /// What was to be read at a time.
    At(AsOf),
}

/// A time, as a user names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// An instant (RFC 3339 with an offset).
    Instant(Timestamp),
    /// On the clock of the reader.
    Local(DateTime),
    /// At the end of a minute on that clock, which is how times are listed.
    Minute(DateTime),
    /// At the end of a day of the reader's calendar.
    Day(Date),
}

impl AsOf {
    /// The instant that is meant; none when the clock of that zone never shows it.
    #[must_use]
    pub fn instant(self, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Instant(at) => Some(at),
            Self::Local(local) => zone.to_timestamp(local).ok(),
            Self::Minute(local) => {
                zone.to_timestamp(local).ok()?.checked_add(SignedDuration::from_millis(59_999)).ok()
            }
            Self::Day(day) => {
                let next = zone.to_timestamp(day.tomorrow().ok()?.to_datetime(Time::midnight())).ok()?;
                next.checked_sub(SignedDuration::from_millis(1)).ok()
            }
        }
    }

    fn parse(text: &str) -> Option<Self> {
        // A date alone also reads as a time: told apart by their length.
        if text.len() == "2026-11-20".len() {
            return text.parse().ok().map(Self::Day);
        }
        let dated = text.len() > "2026-11-20".len() && text.starts_with(|c: char| c.is_ascii_digit());
        if !dated {
            return None;
        }
        let local = if text.len() == "2026-11-20T14:30".len() { Self::Minute } else { Self::Local };
        text.parse().map(Self::Instant).or_else(|_| text.parse().map(local)).ok()
    }
}

/// A REF: an article and which version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The article.
    pub subject: Subject,
    /// The version; `None` when the user named none.
    pub version: Option<VersionSelector>,
}

impl std::str::FromStr for Reference {
    type Err = RefError;

    fn from_str(text: &str) -> Result<Self, RefError> {
        let text = text.trim();
        // An address may hold an `@` of its own: what follows counts as a version only if it is one.
        let (name, version) = match text.rsplit_once('@') {
            Some((name, tail)) => match parse_version(tail) {
                Some(version) => (name, Some(version)),
                None if PageUrl::parse(text).is_ok() => (text, None),
                None => return Err(RefError::Version(tail.to_owned())),
            },
            None => (text, None),
        };
        let subject = if let Ok(id) = name.parse::<i64>() {
            Subject::Id(ArticleId(id))
        } else {
            PageUrl::parse(name).map(Subject::Url).map_err(|_| RefError::Article(text.to_owned()))?
        };
        Ok(Self { subject, version })
    }
}

fn parse_version(text: &str) -> Option<VersionSelector> {
    let seq = |text: &str| text.parse::<i64>().ok().filter(|n| *n > 0).map(VersionSeq);
    match text {
        "latest" => Some(VersionSelector::Latest),
        "first" => Some(VersionSelector::First),
        _ => match text.split_once("..") {
            Some((a, b)) => Some(VersionSelector::Range(seq(a)?, seq(b)?)),
            None => {
                seq(text).map(VersionSelector::Seq).or_else(|| AsOf::parse(text).map(VersionSelector::At))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_contract_names() {
        let read = |text: &str| text.parse::<Reference>().map(|r| (r.subject, r.version));
        let twelve = || Subject::Id(ArticleId(12));
        let url = |text: &str| Subject::Url(PageUrl::parse(text).unwrap());
        assert_eq!(read("12"), Ok((twelve(), None)));
        assert_eq!(read("12@3"), Ok((twelve(), Some(VersionSelector::Seq(VersionSeq(3))))));
        assert_eq!(read("12@latest"), Ok((twelve(), Some(VersionSelector::Latest))));
        assert_eq!(read("12@first"), Ok((twelve(), Some(VersionSelector::First))));
        assert_eq!(
            read("12@1..3"),
            Ok((twelve(), Some(VersionSelector::Range(VersionSeq(1), VersionSeq(3)))))
        );
        assert_eq!(
            read("https://kabar.example/@siti/1@2"),
            Ok((url("https://kabar.example/@siti/1"), Some(VersionSelector::Seq(VersionSeq(2)))))
        );
        assert_eq!(read("https://kabar.example/@siti"), Ok((url("https://kabar.example/@siti"), None)));
        let at = |text: &str, zone: &TimeZone| match read(text) {
            Ok((_, Some(VersionSelector::At(at)))) => at.instant(zone).map(|at| at.to_string()),
            other => panic!("{text}: {other:?}"),
        };
        let wib = TimeZone::fixed(jiff::tz::offset(7));
        for (text, instant) in [
            ("12@2026-11-20T08:00Z", "2026-11-20T08:00:00Z"),
            ("https://kabar.example/a@2026-11-20T08:00+07:00", "2026-11-20T01:00:00Z"),
            ("12@2026-11-20T08:00", "2026-11-20T01:00:59.999Z"),
            ("12@2026-11-20", "2026-11-20T16:59:59.999Z"),
        ] {
            assert_eq!(at(text, &wib).as_deref(), Some(instant), "{text}");
        }
        assert_eq!(read("12@2026-13-20").unwrap_err().code(), "ref_version");
        assert_eq!(read("12@x").unwrap_err().code(), "ref_version");
        assert_eq!(read("12@0").unwrap_err().code(), "ref_version");
        assert_eq!(read("putin").unwrap_err().code(), "ref_article");
    }
}
