//! What PostgreSQL says when it does not do what it was asked, as an error that the store knows.

use std::fmt;

use tokio_postgres::error::{DbError, SqlState};

use super::address::with_cause;
use crate::store::StoreError;

/// A failure of the database or of the way to it. It travels inside of `rusqlite`'s error.
#[derive(Debug)]
pub(in crate::store) struct Failure {
    pub(super) state: Option<SqlState>,
    pub(super) text: String,
    /// Whether the connection is gone with it.
    pub(super) lost: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}

impl Failure {
    /// The server cannot be reached, or no longer.
    pub(super) fn away(text: String) -> Self {
        Self { state: None, text, lost: true }
    }

    pub(super) fn of(error: &tokio_postgres::Error) -> Self {
        let told = |told: &DbError| match told.detail() {
            Some(detail) => format!("{}: {detail}", told.message()),
            None => told.message().to_owned(),
        };
        match error.as_db_error() {
            Some(db) => Self {
                state: Some(db.code().clone()),
                text: told(db),
                lost: matches!(db.severity(), "FATAL" | "PANIC"),
            },
            None => Self { state: None, text: with_cause(error), lost: error.is_closed() },
        }
    }

    /// With the statement that was not understood: a fault of ours, which must be found.
    pub(super) fn in_sql(mut self, sql: &str) -> Self {
        if self.state.as_ref().is_some_and(|state| state.code().starts_with("42") && state.code() != "42501")
        {
            self.text = format!("{} in: {}", self.text, sql.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        self
    }

    /// Whether the server asks to come again: it starts, stops, or has no place left.
    pub(super) fn passes(&self) -> bool {
        match &self.state {
            None => self.lost,
            Some(state) => [
                SqlState::CANNOT_CONNECT_NOW,
                SqlState::ADMIN_SHUTDOWN,
                SqlState::CRASH_SHUTDOWN,
                SqlState::TOO_MANY_CONNECTIONS,
            ]
            .contains(state),
        }
    }

    pub(in crate::store) fn store_error(&self) -> StoreError {
        let text = self.text.clone();
        let Some(state) = &self.state else {
            return if self.lost { StoreError::Lost(text) } else { StoreError::Io(text) };
        };
        match state.code() {
            "53100" => StoreError::DiskFull,
            "42501" | "25006" => StoreError::ReadOnly(text),
            "55P03" | "57014" | "40001" | "40P01" => StoreError::Busy,
            "XX001" | "XX002" => StoreError::Corrupt(text),
            code if self.lost || code.starts_with("08") || code.starts_with("57P") => StoreError::Lost(text),
            code if code.starts_with("53") => StoreError::Lost(text),
            _ => StoreError::Io(text),
        }
    }
}

impl From<Failure> for rusqlite::Error {
    fn from(failure: Failure) -> Self {
        Self::ToSqlConversionFailure(Box::new(failure))
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        failure.store_error()
    }
}
