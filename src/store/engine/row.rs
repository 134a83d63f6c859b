//! The rows of an answer, one at a time.

use rusqlite::Result;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::{FromSql, ValueRef};

/// A column, by its place or its name.
pub(in crate::store) trait RowIndex: rusqlite::RowIndex {}

impl RowIndex for usize {}
impl RowIndex for &str {}

/// A row of an answer.
pub(in crate::store) enum Row<'r> {
    /// Of SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
}

impl Row<'_> {
    /// The value of a column.
    pub(in crate::store) fn get<I: RowIndex, T: FromSql>(&self, column: I) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.get(column),
        }
    }

    /// The value of a column as it stands there.
    pub(in crate::store) fn get_ref<I: RowIndex>(&self, column: I) -> Result<ValueRef<'_>> {
        match self {
            Self::Sqlite(row) => row.get_ref(column),
        }
    }
}

/// The rows of an answer, as they come.
pub(in crate::store) enum Rows<'s> {
    /// Of SQLite.
    Sqlite(rusqlite::Rows<'s>),
}

impl Rows<'_> {
    /// The next row.
    pub(in crate::store) fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
        }
    }

    /// Goes to the next row, which [`Rows::get`] then gives.
    pub(in crate::store) fn advance(&mut self) -> Result<()> {
        match self {
            Self::Sqlite(rows) => rows.advance(),
        }
    }

    /// The row that [`Rows::advance`] went to; none behind the last.
    pub(in crate::store) fn get(&self) -> Option<Row<'_>> {
        match self {
            Self::Sqlite(rows) => rows.get().map(Row::Sqlite),
        }
    }
}

/// What is read from the rows of an answer, as they come.
pub(in crate::store) struct MappedRows<'s, F> {
    rows: Rows<'s>,
    read: F,
}

impl<'s, F> MappedRows<'s, F> {
    pub(super) fn new(rows: Rows<'s>, read: F) -> Self {
        Self { rows, read }
    }
}

impl<T, F> Iterator for MappedRows<'_, F>
where
    F: FnMut(&Row<'_>) -> Result<T>,
{
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        match self.rows.next() {
            Ok(Some(row)) => Some((self.read)(&row)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}
