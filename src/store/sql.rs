//! Small conversions between SQLite's values and ours.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::Type;

use crate::model::{PageUrl, Sha256};

/// An instant from milliseconds. Out of range, the nearest instant there is: a damaged time must
/// not hide an article.
pub(super) fn time(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

pub(super) fn time_opt(ms: Option<i64>) -> Option<Timestamp> {
    ms.map(time)
}

/// A text column that holds a value of ours.
pub(super) fn parsed<T>(
    row: &Row<'_>,
    column: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| unreadable(column, &text))
}

/// A text column that holds an address.
pub(super) fn url(row: &Row<'_>, column: &str) -> rusqlite::Result<PageUrl> {
    parsed(row, column, |text| PageUrl::parse(text).ok())
}

/// A blob column that holds a hash.
pub(super) fn hash(row: &Row<'_>, column: &str) -> rusqlite::Result<Sha256> {
    let bytes: Vec<u8> = row.get(column)?;
    Sha256::from_slice(&bytes).ok_or_else(|| unreadable(column, "no SHA-256"))
}

pub(super) fn hash_opt(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Sha256>> {
    let bytes: Option<Vec<u8>> = row.get(column)?;
    Ok(bytes.and_then(|bytes| Sha256::from_slice(&bytes)))
}

/// The error for a stored value that makes no sense; becomes `corrupt`.
pub(super) fn unreadable(column: &str, value: &str) -> rusqlite::Error {
    let what = format!("column {column} holds {value:?}");
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}
