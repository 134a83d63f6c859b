//! Transactions: committed, or rolled back when they are dropped.

use std::ops::Deref;

use rusqlite::Result;

use super::Connection;

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum TransactionBehavior {
    /// One snapshot of what is there.
    Deferred,
    /// Writing: waits until nobody else does.
    Immediate,
}

/// A transaction on a connection, which it stands for.
pub(in crate::store) struct Transaction<'c> {
    connection: &'c Connection,
    open: bool,
}

impl<'c> Transaction<'c> {
    pub(super) fn begin(connection: &'c Connection, behavior: TransactionBehavior) -> Result<Self> {
        match connection {
            Connection::Sqlite(connection) => connection.execute_batch(match behavior {
                TransactionBehavior::Deferred => "BEGIN DEFERRED",
                TransactionBehavior::Immediate => "BEGIN IMMEDIATE",
            })?,
            #[cfg(feature = "postgres")]
            Connection::Postgres(session) => session.begin(behavior == TransactionBehavior::Immediate)?,
        }
        Ok(Self { connection, open: true })
    }

    /// Makes what was written last.
    pub(in crate::store) fn commit(mut self) -> Result<()> {
        match self.connection {
            Connection::Sqlite(connection) => connection.execute_batch("COMMIT")?,
            #[cfg(feature = "postgres")]
            Connection::Postgres(session) => session.commit()?,
        }
        self.open = false;
        Ok(())
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        match self.connection {
            // Some errors (a full disk) have rolled it back already.
            Connection::Sqlite(connection) if connection.is_autocommit() => {}
            Connection::Sqlite(connection) => {
                // If even this fails, the connection does not commit either.
                let _ = connection.execute_batch("ROLLBACK");
            }
            #[cfg(feature = "postgres")]
            Connection::Postgres(session) => session.rollback(),
        }
    }
}
