//! Dates as each language writes them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::words::Lang;
use crate::model::{DAYS_ID, MONTHS_EN, MONTHS_ID};

const MONTHS: [[&str; 12]; 2] = [MONTHS_EN, MONTHS_ID];

const DAYS: [[&str; 7]; 2] =
    [["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], DAYS_ID];

/// How a reader's dates are written.
#[derive(Debug, Clone)]
pub struct Dates {
    /// The language.
    pub lang: Lang,
    /// The zone.
    pub zone: TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Dates {
    /// `23 November 2026, 21:40`; `23 November 2026 pukul 21.40`.
    pub fn full(&self, at: Timestamp) -> String {
        self.civil(at.to_zoned(self.zone.clone()).datetime())
    }

    /// The same of a time that stands for itself: a page's own clock.
    pub fn civil(&self, at: DateTime) -> String {
        let date = self.date(at.date());
        match self.lang {
            Lang::En => format!("{date}, {}", self.clock(at)),
            Lang::Id => format!("{date} pukul {}", self.clock(at)),
        }
    }

    /// `21:40`; `21.40`.
    pub fn time(&self, at: Timestamp) -> String {
        self.clock(at.to_zoned(self.zone.clone()).datetime())
    }

    fn clock(&self, at: DateTime) -> String {
        match self.lang {
            Lang::En => format!("{:02}:{:02}", at.hour(), at.minute()),
            Lang::Id => format!("{:02}.{:02}", at.hour(), at.minute()),
        }
    }

    /// `23 November 2026`.
    pub fn date(&self, date: Date) -> String {
        let month = usize::try_from(date.month() - 1).unwrap_or_default().min(11);
        format!("{} {} {}", date.day(), MONTHS[self.lang as usize][month], date.year())
    }

    /// The day of an instant.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// A day as a heading: `Today, Monday 23 November 2026`.
    pub fn heading(&self, date: Date) -> String {
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default().min(6);
        let day = DAYS[self.lang as usize][day];
        let date_text = self.date(date);
        let comma = if self.lang == Lang::Id { "," } else { "" };
        let today = self.day_of(self.now);
        let near = if date == today {
            Some(self.lang.say("day.today"))
        } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
            Some(self.lang.say("day.yesterday"))
        } else {
            None
        };
        match near {
            Some(near) => format!("{near}, {day}{comma} {date_text}"),
            None => format!("{day}{comma} {date_text}"),
        }
    }

    /// The first instant of a day and the first of the next, in milliseconds since 1970 UTC.
    pub fn bounds(&self, date: Date) -> (i64, i64) {
        let start = |date: Date| {
            date.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp().as_millisecond())
        };
        // The first and the last day that there are have no instant before or behind them.
        let from = start(date).unwrap_or(i64::MIN);
        (from, date.tomorrow().ok().and_then(start).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(lang: Lang) -> Dates {
        let zone = TimeZone::get("Asia/Jakarta").unwrap();
        Dates { lang, zone, now: "2026-11-23T14:43:00Z".parse().unwrap() }
    }

    #[test]
    fn a_time_reads_as_people_write_it() {
        let at: Timestamp = "2026-11-23T14:40:59Z".parse().unwrap();
        assert_eq!(dates(Lang::En).full(at), "23 November 2026, 21:40");
        assert_eq!(dates(Lang::Id).full(at), "23 November 2026 pukul 21.40");
        assert_eq!(dates(Lang::Id).time(at), "21.40");
    }

    #[test]
    fn days_have_names() {
        let at: Timestamp = "2026-11-22T18:00:00Z".parse().unwrap();
        let (en, id) = (dates(Lang::En), dates(Lang::Id));
        assert_eq!(en.heading(en.day_of(at)), "Today, Monday 23 November 2026");
        assert_eq!(id.heading(id.day_of(at).yesterday().unwrap()), "Kemarin, Minggu, 22 November 2026");
        assert_eq!(id.heading("2026-08-17".parse().unwrap()), "Senin, 17 Agustus 2026");
        let (from, to) = id.bounds(id.day_of(at));
        assert_eq!(
            (to - from, from <= at.as_millisecond(), at.as_millisecond() < to),
            (86_400_000, true, true)
        );
    }
}
