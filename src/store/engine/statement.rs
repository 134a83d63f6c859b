//! A prepared statement.

use rusqlite::Result;

#[cfg(feature = "postgres")]
use super::pg;
use super::{MappedRows, Params, Row, Rows};

/// A prepared statement.
pub(in crate::store) enum Statement<'c> {
    /// Of SQLite, used once.
    Sqlite(rusqlite::Statement<'c>),
    /// Of SQLite, prepared again when it is asked for again.
    Cached(rusqlite::CachedStatement<'c>),
    /// Of PostgreSQL, by its text: after a reconnection it is prepared again.
    #[cfg(feature = "postgres")]
    Postgres {
        session: &'c pg::Session,
        sql: String,
        /// Whether its rows may be many, and are fetched as they are wanted.
        streams: bool,
    },
}

impl Statement<'_> {
    /// Runs it; how many rows it changed.
    pub(in crate::store) fn execute(&mut self, params: impl Params) -> Result<usize> {
        match self {
            Self::Sqlite(statement) => statement.execute(params.sqlite()),
            Self::Cached(statement) => statement.execute(params.sqlite()),
            #[cfg(feature = "postgres")]
            Self::Postgres { session, sql, .. } => session.execute(sql, params),
        }
    }

    /// Runs it; whether it answers with a row.
    pub(in crate::store) fn exists(&mut self, params: impl Params) -> Result<bool> {
        match self {
            Self::Sqlite(statement) => statement.exists(params.sqlite()),
            Self::Cached(statement) => statement.exists(params.sqlite()),
            #[cfg(feature = "postgres")]
            Self::Postgres { session, sql, .. } => {
                let mut rows = session.query(sql, params)?;
                rows.advance()?;
                Ok(rows.get().is_some())
            }
        }
    }

    /// Runs it, for its rows.
    pub(in crate::store) fn query(&mut self, params: impl Params) -> Result<Rows<'_>> {
        match self {
            Self::Sqlite(statement) => statement.query(params.sqlite()).map(Rows::Sqlite),
            Self::Cached(statement) => statement.query(params.sqlite()).map(Rows::Sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres { session, sql, streams: true } => session.stream(sql, params).map(Rows::Postgres),
            #[cfg(feature = "postgres")]
            Self::Postgres { session, sql, .. } => session.query(sql, params).map(Rows::Postgres),
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
        #[cfg(feature = "postgres")]
        if let Self::Postgres { streams, .. } = self {
            *streams = false;
        }
        let mut rows = self.query(params)?;
        let row = rows.next()?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        read(&row)
    }
}
