//! A connection to the database.

use rusqlite::Result;

use super::super::StoreError;
#[cfg(feature = "postgres")]
use super::pg;
use super::{Interrupt, Params, Row, Statement, Transaction, TransactionBehavior};

/// An open connection.
#[derive(Debug)]
pub(in crate::store) enum Connection {
    /// To an SQLite file.
    Sqlite(rusqlite::Connection),
    /// To a server of PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(Box<pg::Session>),
}

impl Connection {
    /// SQLite's own connection, for what only SQLite has: pragmas, backup, its file.
    pub(in crate::store) fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match self {
            Self::Sqlite(connection) => Some(connection),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => None,
        }
    }

    /// The session with a server, for what only PostgreSQL has.
    #[cfg(feature = "postgres")]
    pub(in crate::store) fn postgres(&self) -> Option<&pg::Session> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(session) => Some(session),
        }
    }

    /// As [`Connection::sqlite`], where nothing else will do.
    pub(in crate::store) fn file(&self) -> std::result::Result<&rusqlite::Connection, StoreError> {
        self.sqlite().ok_or(StoreError::OnlyFile)
    }

    /// A statement that is used once.
    pub(in crate::store) fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(connection) => connection.prepare(sql).map(Statement::Sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => {
                session.prepare(sql)?;
                Ok(Statement::Postgres { session, sql: sql.to_owned(), streams: true })
            }
        }
    }

    /// A statement that stays prepared for the next time.
    pub(in crate::store) fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(connection) => connection.prepare_cached(sql).map(Statement::Cached),
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => {
                session.prepare(sql)?;
                Ok(Statement::Postgres { session, sql: sql.to_owned(), streams: false })
            }
        }
    }

    /// Runs a statement; how many rows it changed.
    pub(in crate::store) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        self.prepare(sql)?.execute(params)
    }

    /// The first row of a statement's answer; `QueryReturnedNoRows` when there is none.
    pub(in crate::store) fn query_row<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare(sql)?.query_row(params, read)
    }

    /// Runs statements that take nothing and give nothing.
    pub(in crate::store) fn execute_batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql),
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => Ok(session.batch(sql)?),
        }
    }

    /// As [`Connection::execute_batch`], in the database's own words.
    #[cfg(feature = "postgres")]
    pub(in crate::store) fn execute_verbatim(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql),
            Self::Postgres(session) => Ok(session.verbatim(sql)?),
        }
    }

    /// The number of the row that was inserted last.
    pub(in crate::store) fn last_insert_rowid(&self) -> i64 {
        match self {
            Self::Sqlite(connection) => connection.last_insert_rowid(),
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => session.last_id(),
        }
    }

    /// Begins a transaction of the only one who writes.
    pub(in crate::store) fn transaction_with_behavior(
        &mut self,
        behavior: TransactionBehavior,
    ) -> Result<Transaction<'_>> {
        Transaction::begin(self, behavior)
    }

    /// Begins a transaction on a connection that others of this thread read by, too: one snapshot.
    pub(in crate::store) fn unchecked_transaction(&self) -> Result<Transaction<'_>> {
        Transaction::begin(self, TransactionBehavior::Deferred)
    }

    /// How many statements stay prepared.
    pub(in crate::store) fn set_prepared_statement_cache_capacity(&self, statements: usize) {
        match self {
            Self::Sqlite(connection) => connection.set_prepared_statement_cache_capacity(statements),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => {}
        }
    }

    /// What ends a question from another thread.
    pub(in crate::store) fn interrupt(&self) -> Interrupt {
        match self {
            Self::Sqlite(connection) => Interrupt::Sqlite(connection.get_interrupt_handle()),
            #[cfg(feature = "postgres")]
            Self::Postgres(session) => Interrupt::Postgres(Box::new(session.cancel())),
        }
    }

    /// Closes it, and says what went wrong with that.
    pub(in crate::store) fn close(self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.close().map_err(|(_, error)| error),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => Ok(()),
        }
    }
}
