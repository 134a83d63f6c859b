//! Small conversions between SQLite's values and ours.

use std::fmt::Display;

use crate::store::engine::{Row, RowIndex};
use jiff::Timestamp;
use rusqlite::types::Type;

use crate::model::{PageUrl, Sha256};

/// A day in milliseconds.
pub(super) const DAY: i64 = 24 * 3600 * 1000;

/// An instant from milliseconds. Out of range, the nearest instant there is: a damaged time must
/// not hide an article.
pub(super) fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

/// At most so many, as a statement takes it.
pub(super) fn most_of(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

pub(super) fn time_opt(ms: Option<i64>) -> Option<Timestamp> {
    ms.map(time)
}

/// A text column, by its name or its place, that holds a value of ours.
pub(super) fn parsed<T>(
    row: &Row<'_>,
    column: impl RowIndex + Display + Copy,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    parse(text).ok_or_else(|| unreadable(column, text))
}

/// A text column that holds an address.
pub(super) fn url(row: &Row<'_>, column: impl RowIndex + Display + Copy) -> rusqlite::Result<PageUrl> {
    parsed(row, column, |text| PageUrl::parse(text).ok())
}

/// A blob column that holds a hash.
pub(super) fn hash(row: &Row<'_>, column: impl RowIndex + Display + Copy) -> rusqlite::Result<Sha256> {
    Sha256::from_slice(row.get_ref(column)?.as_blob()?).ok_or_else(|| unreadable(column, "no SHA-256"))
}

pub(super) fn hash_opt(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<Option<Sha256>> {
    Ok(row.get_ref(column)?.as_blob_or_null()?.and_then(Sha256::from_slice))
}

/// The error for a stored value that makes no sense; becomes `corrupt`.
pub(super) fn unreadable(column: impl Display, value: &str) -> rusqlite::Error {
    let what = format!("column {column} holds {value:?}");
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}
