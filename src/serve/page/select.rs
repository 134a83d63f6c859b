//! Which lines of the ledger a page shows, and where the next page begins.

use super::Visit;
use crate::serve::filter::{Filter, Order};
use crate::serve::ledger::{END, Key, Line};
use crate::serve::problem::Problem;
use crate::store::StoreError;

/// Changes that are compared for one page because nobody has looked at them yet.
const BUDGET: usize = 24;

/// Behind which line a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The weight of that line, in thousandths.
    weight: u16,
    /// Its place.
    pub key: Key,
}

impl Cursor {
    /// The cursor behind a line.
    pub fn behind(line: &Line) -> Self {
        Self { weight: line.told.map_or(0, |told| told.weight), key: line.key() }
    }

    /// As it stands in the address bar.
    pub fn text(self) -> String {
        let (at, event, row) = self.key;
        format!("{}_{at}_{}_{row}", self.weight, u8::from(event))
    }

    /// Reads the address bar.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn read(text: Option<&str>) -> Result<Option<Self>, Problem> {
        let Some(text) = text else { return Ok(None) };
        let parts: Option<Vec<i64>> = text.split('_').map(|part| part.parse().ok()).collect();
        match parts.as_deref() {
            Some([weight, at, event @ (0 | 1), row]) => {
                let weight = u16::try_from(*weight).map_err(|_| Problem::Wrong("before"))?;
                Ok(Some(Self { weight, key: (*at, *event == 1, *row) }))
            }
            _ => Err(Problem::Wrong("before")),
        }
    }
}

/// What a page shows.
pub struct Chosen {
    /// The lines, in their order; one more than asked for when there are more.
    pub lines: Vec<Line>,
    /// Lines that could be meant and that nobody has looked at yet.
    pub unread: usize,
}

/// Chooses at most `most + 1` lines.
///
/// # Errors
/// As every reading of the archive.
pub fn choose(
    visit: &Visit<'_>,
    filter: &Filter,
    cursor: Option<Cursor>,
    most: usize,
) -> Result<Chosen, StoreError> {
    let site = match &filter.site {
        None => None,
        // A site that is not there has no change: -1 is nobody's number.
        Some(site) => Some(visit.reader.site_number(site)?.map_or(-1, |(number, _)| number)),
    };
    let mut work =
        Work { visit, filter, site, chosen: Chosen { lines: Vec::new(), unread: 0 }, budget: BUDGET };
    match filter.order {
        Order::Telling => work.days(cursor, most + 1)?,
        Order::Latest => work.latest(cursor.map_or(END, |cursor| cursor.key), most + 1)?,
    }
    Ok(work.chosen)
}

struct Work<'a> {
    visit: &'a Visit<'a>,
    filter: &'a Filter,
    site: Option<i64>,
    chosen: Chosen,
    budget: usize,
}

impl Work<'_> {
    /// Day by day, the most telling of each first.
    fn days(&mut self, cursor: Option<Cursor>, most: usize) -> Result<(), StoreError> {
        let dates = &self.visit.dates;
        let bounds = |at: i64| {
            let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::MAX);
            dates.bounds(dates.day_of(at))
        };
        let mut day = cursor.map(|cursor| cursor.key.0).or_else(|| self.earlier(i64::MAX)).map(bounds);
        while self.chosen.lines.len() < most {
            let (from, to) = match day.take() {
                Some(day) => day,
                None => return Ok(()),
            };
            let all: Vec<Line> = self.visit.room.ledger(|ledger| {
                let lines = ledger.between(from, to).iter().rev();
                lines.filter(|line| self.filter.may_mean(line, self.site)).copied().collect()
            });
            let mut kept = Vec::with_capacity(all.len());
            for line in all {
                kept.extend(self.meant(line)?);
            }
            let rank = |line: &Line| {
                let cursor = Cursor::behind(line);
                (std::cmp::Reverse(cursor.weight), std::cmp::Reverse(cursor.key))
            };
            kept.sort_by_key(rank);
            if let Some(cursor) = cursor.filter(|cursor| (from..to).contains(&cursor.key.0)) {
                let behind = (std::cmp::Reverse(cursor.weight), std::cmp::Reverse(cursor.key));
                kept.retain(|line| rank(line) > behind);
            }
            let room = most - self.chosen.lines.len();
            self.chosen.lines.extend(kept.into_iter().take(room));
            day = self.earlier(from).map(bounds);
        }
        Ok(())
    }

    /// The time of the newest line before an instant that can be meant.
    fn earlier(&self, before: i64) -> Option<i64> {
        self.visit.room.ledger(|ledger| {
            let mut lines = ledger.before((before, false, i64::MIN));
            lines.find(|line| self.filter.may_mean(line, self.site)).map(|line| line.happened.at)
        })
    }

    /// The latest first.
    fn latest(&mut self, mut before: Key, most: usize) -> Result<(), StoreError> {
        while self.chosen.lines.len() < most {
            let batch: Vec<Line> = self.visit.room.ledger(|ledger| {
                let lines = ledger.before(before).filter(|line| self.filter.may_mean(line, self.site));
                lines
                    .filter(|line| line.told.is_none_or(|told| self.filter.means(Some(told))))
                    .take(most)
                    .copied()
                    .collect()
            });
            let Some(last) = batch.last() else { return Ok(()) };
            before = last.key();
            for line in batch {
                if self.chosen.lines.len() < most {
                    let meant = self.meant(line)?;
                    self.chosen.lines.extend(meant);
                }
            }
        }
        Ok(())
    }

    /// The line, if it is meant; compared first where that must be known and is not.
    fn meant(&mut self, mut line: Line) -> Result<Option<Line>, StoreError> {
        if line.told.is_none() && self.budget > 0 {
            self.budget -= 1;
            line.told = Some(self.visit.room.warm(self.visit.reader, &line)?);
        }
        let meant = self.filter.means(line.told);
        if !meant && line.told.is_none() {
            self.chosen.unread += 1;
        }
        Ok(meant.then_some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_address_bar() {
        let cursor = Cursor { weight: 450, key: (-7, true, 12) };
        assert_eq!(Cursor::read(Some(&cursor.text())).unwrap(), Some(cursor));
        assert!(Cursor::read(None).unwrap().is_none());
        for wrong in ["", "1", "1_2_3_4", "x_1_0_1", "70000_1_0_1", "1_1_0_1_1"] {
            assert!(Cursor::read(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
