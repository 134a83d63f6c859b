//! The rows of an answer, one at a time.

use rusqlite::Result;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::types::{FromSql, ValueRef};

#[cfg(feature = "postgres")]
use super::pg;

/// A column, by its place or its name.
pub(in crate::store) trait RowIndex: rusqlite::RowIndex {
    /// Its place in a row of PostgreSQL.
    #[cfg(feature = "postgres")]
    fn place(&self, row: &tokio_postgres::Row) -> Result<usize>;
}

impl RowIndex for usize {
    #[cfg(feature = "postgres")]
    fn place(&self, _: &tokio_postgres::Row) -> Result<usize> {
        Ok(*self)
    }
}

impl RowIndex for &str {
    #[cfg(feature = "postgres")]
    fn place(&self, row: &tokio_postgres::Row) -> Result<usize> {
        pg::place(row, self).ok_or_else(|| rusqlite::Error::InvalidColumnName((*self).to_owned()))
    }
}

/// A row of an answer.
pub(in crate::store) enum Row<'r> {
    /// Of SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// Of PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// The value of a column.
    pub(in crate::store) fn get<I: RowIndex, T: FromSql>(&self, column: I) -> Result<T> {
        match self {
            Self::Sqlite(row) => row.get(column),
            #[cfg(feature = "postgres")]
            Self::Postgres(row) => {
                let place = column.place(row)?;
                let value = pg::value(row, place)?;
                T::column_result(value).map_err(|error| {
                    rusqlite::Error::FromSqlConversionFailure(place, value.data_type(), error.into())
                })
            }
        }
    }

    /// The value of a column as it stands there.
    pub(in crate::store) fn get_ref<I: RowIndex>(&self, column: I) -> Result<ValueRef<'_>> {
        match self {
            Self::Sqlite(row) => row.get_ref(column),
            #[cfg(feature = "postgres")]
            Self::Postgres(row) => pg::value(row, column.place(row)?),
        }
    }
}

/// The rows of an answer, as they come.
pub(in crate::store) enum Rows<'s> {
    /// Of SQLite.
    Sqlite(rusqlite::Rows<'s>),
    /// Of PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(pg::Rows<'s>),
}

impl Rows<'_> {
    /// The next row.
    pub(in crate::store) fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
            #[cfg(feature = "postgres")]
            Self::Postgres(rows) => {
                rows.advance()?;
                Ok(rows.get().map(Row::Postgres))
            }
        }
    }

    /// Goes to the next row, which [`Rows::get`] then gives.
    pub(in crate::store) fn advance(&mut self) -> Result<()> {
        match self {
            Self::Sqlite(rows) => rows.advance(),
            #[cfg(feature = "postgres")]
            Self::Postgres(rows) => rows.advance(),
        }
    }

    /// The row that [`Rows::advance`] went to; none behind the last.
    pub(in crate::store) fn get(&self) -> Option<Row<'_>> {
        match self {
            Self::Sqlite(rows) => rows.get().map(Row::Sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres(rows) => rows.get().map(Row::Postgres),
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
