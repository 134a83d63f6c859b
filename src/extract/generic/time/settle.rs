//! Which of the dates of a page is its day of publication.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::shown::Shown;
use crate::model::{Found, When, ZoneFrom};

/// A visible date needs so many points where nothing else speaks.
const ENOUGH: f64 = 2.5;
/// And so many to be believed before metadata that may mean anything.
const CLEAR: f64 = 3.5;

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
    pub(super) fn settle(self) -> Option<Found<When>> {
        tracing::trace!(signals = ?self, "dates");
        let visible = |shown: Shown| Found { value: shown.when, source: "visible date".to_owned() };
        let Some(first) = self.first else {
            let clear = self.shown.clone().filter(|shown| shown.points >= CLEAR && !shown.is_change);
            let enough = self.shown.filter(|shown| shown.points >= ENOUGH);
            return clear.map(visible).or(self.address).or(self.weak).or_else(|| enough.map(visible));
        };
        Some(first)
    }
}
