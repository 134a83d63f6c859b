//! A prepared statement.

use rusqlite::Result;

use super::{MappedRows, Params, Row, Rows};

/// A prepared statement.
pub(in crate::store) enum Statement<'c> {
    /// Of SQLite, used once.
    Sqlite(rusqlite::Statement<'c>),
    /// Of SQLite, prepared again when it is asked for again.
    Cached(rusqlite::CachedStatement<'c>),
}

impl Statement<'_> {
    /// Runs it; how many rows it changed.
    pub(in crate::store) fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => statement.execute(params.sqlite()),
            Self::Cached(statement) => statement.execute(params.sqlite()),
        }
    }

    /// Runs it; whether it answers with a row.
    pub(in crate::store) fn exists(&mut self, params: impl Params) -> Result<bool> {
        match self {
            Self::Sqlite(statement) => statement.exists(params.sqlite()),
            Self::Cached(statement) => statement.exists(params.sqlite()),
        }
    }

    /// Runs it, for its rows.
    pub(in crate::store) fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => statement.query(params.sqlite()).map(Rows::Sqlite),
            Self::Cached(statement) => statement.query(params.sqlite()).map(Rows::Sqlite),
        }
    }

    /// Runs it, for what is read from its rows.
    pub(in crate::store) fn query_map<T, F>(
        &mut self,
        params: impl Params,
        read: F,
    ) -> Result<MappedRows<'_, F>>
    where
        F: FnMut(&Row<'_>) -> Result<T>,
    {
        Ok(MappedRows::new(self.query(params)?, read))
    }

    /// Runs it, for what is read from its first row; `QueryReturnedNoRows` when there is none.
    pub(in crate::store) fn query_row<T>(
        &mut self,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut rows = self.query(params)?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        read(&row)
    }
}
