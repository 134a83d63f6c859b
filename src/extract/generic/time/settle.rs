//! Which of the dates of a page is its day of publication.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::shown::Shown;
use crate::model::{Found, Precision, When, ZoneFrom};

/// A visible date needs so many points where nothing else speaks.
const ENOUGH: f64 = 2.5;
/// And so many to be believed before metadata that may mean anything.
const CLEAR: f64 = 3.5;

/// So many hours behind the day in its address, a story is another edition.
const NEW_EDITION: i64 = 72;
/// A draft is not older than so many days.
const SAME_MONTH: i64 = 31;

/// What a page says of its day.
#[derive(Debug)]
pub(super) struct Signals {
    /// The first source that speaks of publication.
    pub(super) first: Option<Found<When>>,
    /// Further ones.
    pub(super) also: Vec<Found<When>>,
    /// The first source that may mean any date.
    pub(super) weak: Option<Found<When>>,
    pub(super) address: Option<Found<When>>,
    pub(super) shown: Option<Shown>,
}

impl Signals {
    /// The day of publication and what says so; none where only guesses are left.
    pub(super) fn settle(mut self) -> Option<Found<When>> {
        tracing::trace!(signals = ?self, "dates");
        let Some(first) = self.first.take() else { return self.without_sure() };
        let stated = day(&first.value);
        let shown = self.shown.filter(|shown| shown.stated && !shown.is_change);
        // The first source may speak of the draft; another one says what the reader sees.
        let seen = shown.as_ref().filter(|shown| day(&shown.when) != stated);
        let close = |other: &Found<When>| days_apart(&other.value, &first.value) <= SAME_MONTH;
        let confirmed = |other: &Found<When>| seen.is_some_and(|seen| day(&other.value) == day(&seen.when));
        if let Some(other) = self.also.into_iter().find(|other| confirmed(other) && close(other)) {
            return Some(other);
        }
        // An address is made when a story is; what is newer is a new edition of it.
        if let Some(address) = &self.address
            && first.value.at.duration_since(address.value.at).as_hours() > NEW_EDITION
        {
            return self.address;
        }
        let clear = shown.filter(Shown::is_clear);
        let seen =
            clear.as_ref().map(|shown| &shown.when).or(self.address.as_ref().map(|found| &found.value));
        let Some(seen) = seen.filter(|seen| day(seen) != stated) else { return Some(first) };
        if let Some(offset_seconds) = offset(&first.value, seen) {
            let value = When { offset_seconds, zone_from: ZoneFrom::Assumed, ..first.value };
            return Some(Found { value, source: format!("{}, day as shown", first.source) });
        }
        // Without a zone it was typed as the visible one was.
        match clear.filter(|_| first.value.zone_from != ZoneFrom::Stated) {
            Some(shown) => Some(visible(shown)),
            None => Some(first),
        }
    }

    fn without_sure(self) -> Option<Found<When>> {
        let clear = self.shown.clone().filter(Shown::is_clear);
        let enough = self.shown.filter(|shown| shown.points >= ENOUGH && !shown.is_change);
        clear.map(visible).or(self.address).or(self.weak).or_else(|| enough.map(visible))
    }
}

impl Shown {
    /// Whether it may be held against what the head of the page says.
    fn is_clear(&self) -> bool {
        self.stated && self.is_behind && !self.is_change && self.points >= CLEAR
    }
}

fn visible(shown: Shown) -> Found<When> {
    Found { value: shown.when, source: "visible date".to_owned() }
}

/// The day as the page writes it.
fn day(when: &When) -> Date {
    local(when).date()
}

fn local(when: &When) -> DateTime {
    Offset::from_seconds(when.offset_seconds).unwrap_or(Offset::UTC).to_datetime(when.at)
}

fn days_apart(a: &When, b: &When) -> i64 {
    (a.at.as_second() - b.at.as_second()).abs() / 86_400
}

/// The offset from UTC by which an instant that is given in UTC falls on the day that a reader sees:
/// the difference of the clocks where the page shows one, else as few hours as it takes.
fn offset(utc: &When, seen: &When) -> Option<i32> {
    const HOUR: i64 = 3600;
    if utc.offset_seconds != 0 || utc.precision == Precision::Day {
        return None;
    }
    // Pages show no seconds.
    let minute = |at: DateTime| at.with().second(0).subsec_nanosecond(0).build().unwrap_or(at);
    let (stated, shown) = (minute(local(utc)), minute(local(seen)));
    let between = |a: DateTime, b: DateTime| a.duration_since(b).as_secs();
    if seen.precision != Precision::Day {
        let minutes = between(shown, stated) / 60;
        let whole = minutes % 15 == 0 && (-12 * 60..=14 * 60).contains(&minutes);
        return whole.then(|| i32::try_from(minutes * 60).ok()).flatten();
    }
    let midnight = shown.date().to_datetime(Time::midnight());
    let seconds = if midnight > stated {
        between(midnight, stated)
    } else {
        -(between(stated, midnight) - 24 * HOUR + 1)
    };
    let hours = if seconds > 0 { (seconds + HOUR - 1) / HOUR } else { (seconds - HOUR + 1) / HOUR };
    (-12..=14).contains(&hours).then(|| i32::try_from(hours * HOUR).ok()).flatten()
}
