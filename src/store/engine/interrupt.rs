//! Ends a question that takes too long.

/// Ends what a reader is doing, from another thread: the question then fails with `busy`.
pub(in crate::store) enum Interrupt {
    /// Of SQLite.
    Sqlite(rusqlite::InterruptHandle),
    /// Of PostgreSQL.
    #[cfg(feature = "postgres")]
    Postgres(Box<super::pg::Cancel>),
}

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupt")
    }
}

impl Interrupt {
    /// Ends the question that is being answered now; nothing when there is none.
    pub(in crate::store) fn now(&self) {
        match self {
            Self::Sqlite(handle) => handle.interrupt(),
            #[cfg(feature = "postgres")]
            Self::Postgres(cancel) => cancel.now(),
        }
    }
}
