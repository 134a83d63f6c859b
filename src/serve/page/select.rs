//! Which changes a page shows, and where the next page begins.

use jiff::Timestamp;

use super::Visit;
use crate::serve::filter::{Filter, Order};
use crate::serve::problem::Problem;
use crate::store::{ChangeKey, ChangeQuery, ChangeRow, StoreError};

/// Behind which change a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The weight of that change, in thousandths.
    weight: u16,
    /// Its place.
    pub key: ChangeKey,
}

impl Cursor {
    /// The cursor behind a change.
    pub fn behind(row: &ChangeRow) -> Self {
        Self { weight: row.told.weight, key: row.key }
    }

    /// As it stands in the address bar.
    pub fn text(self) -> String {
        let ChangeKey { at, event, row } = self.key;
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
                Ok(Some(Self { weight, key: ChangeKey { at: *at, event: *event == 1, row: *row } }))
            }
            _ => Err(Problem::Wrong("before")),
        }
    }
}

/// Chooses at most `most + 1` changes: one more than is shown, when there are more.
///
/// # Errors
/// As every reading of the archive.
pub fn choose(
    visit: &Visit<'_>,
    filter: &Filter,
    cursor: Option<Cursor>,
    most: usize,
) -> Result<Vec<ChangeRow>, StoreError> {
    let query = filter.query(visit.reader.site_asked(filter.site.as_deref())?);
    match filter.order {
        Order::Telling => days(visit, &query, cursor, most + 1),
        Order::Latest => visit.reader.changes(&query, true, cursor.map(|cursor| cursor.key), most + 1),
    }
}

/// Day by day, the most telling of each first.
fn days(
    visit: &Visit<'_>,
    query: &ChangeQuery,
    cursor: Option<Cursor>,
    most: usize,
) -> Result<Vec<ChangeRow>, StoreError> {
    let (reader, dates) = (visit.reader, &visit.dates);
    let newest = |past: Option<ChangeKey>| -> Result<Option<Timestamp>, StoreError> {
        Ok(reader.changes(query, true, past, 1)?.first().map(|row| row.key.time()))
    };
    let mut behind = cursor.map(|cursor| (cursor.weight, cursor.key));
    let mut day = match cursor {
        Some(cursor) => Some(cursor.key.time()),
        None => newest(None)?,
    };
    let mut chosen = Vec::new();
    while let Some(at) = day {
        let (from, to) = dates.bounds(dates.day_of(at));
        let within =
            ChangeQuery { since: query.since.max(from), until: query.until.min(to), ..query.clone() };
        chosen.extend(reader.heaviest_changes(&within, behind.take(), most - chosen.len())?);
        day = if chosen.len() < most { newest(Some(ChangeKey::before(from)))? } else { None };
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_address_bar() {
        let cursor = Cursor { weight: 450, key: ChangeKey { at: -7, event: true, row: 12 } };
        assert_eq!(Cursor::read(Some(&cursor.text())).unwrap(), Some(cursor));
        assert!(Cursor::read(None).unwrap().is_none());
        for wrong in ["", "1", "1_2_3_4", "x_1_0_1", "70000_1_0_1", "1_1_0_1_1"] {
            assert!(Cursor::read(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
