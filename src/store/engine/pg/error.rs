//! What PostgreSQL says when it does not do what it was asked, as an error that the store knows.

use std::error::Error as _;
use std::fmt;
use std::io;

use tokio_postgres::error::{DbError, Severity, SqlState};

use crate::store::StoreError;

/// A failure of the database or of the way to it. It travels inside of `rusqlite`'s error.
#[derive(Debug)]
pub(in crate::store) struct Failure {
    pub(super) state: Option<SqlState>,
    pub(super) text: String,
    /// Whether the connection is gone with it.
    pub(super) lost: bool,
    /// Whether it is gone because no answer came in time: asked again, none would come either.
    pub(super) silent: bool,
    /// Whether the server had gone before it heard what it was asked.
    pub(super) unheard: bool,
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
        Self { lost: true, ..Self::here(text) }
    }

    /// Nothing went wrong with the connection.
    pub(super) fn here(text: String) -> Self {
        Self { state: None, text, lost: false, silent: false, unheard: false }
    }

    pub(super) fn of(error: &tokio_postgres::Error) -> Self {
        let told = |told: &DbError| match told.detail() {
            Some(detail) => format!("{}: {detail}", told.message()),
            None => told.message().to_owned(),
        };
        match error.as_db_error() {
            Some(db) => Self {
                state: Some(db.code().clone()),
                // The word that a person reads for it is in the server's language.
                lost: matches!(db.parsed_severity(), Some(Severity::Fatal | Severity::Panic)),
                ..Self::here(told(db))
            },
            None => {
                let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
                let kind = cause.map(io::Error::kind);
                Self {
                    lost: error.is_closed() || kind.is_some_and(is_of_the_way),
                    silent: kind == Some(io::ErrorKind::TimedOut),
                    ..Self::here(with_cause(error))
                }
            }
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

    /// Whether the role may not do that, or the server does not know how.
    pub(super) fn is_denied(&self) -> bool {
        let denied = [
            SqlState::INSUFFICIENT_PRIVILEGE,
            SqlState::FEATURE_NOT_SUPPORTED,
            // A language that is not installed.
            SqlState::UNDEFINED_OBJECT,
        ];
        self.state.as_ref().is_some_and(|state| denied.contains(state))
    }

    /// Whether the server has certainly not done what it was asked: it said why it ends the session, or had
    /// ended it before.
    pub(super) fn is_undone(&self) -> bool {
        self.lost && (self.state.is_some() || self.unheard)
    }

    /// Whether the server asks to come again: it starts, stops, or has no place left.
    pub(super) fn passes(&self) -> bool {
        match &self.state {
            None => self.lost,
            Some(state) => {
                [
                    SqlState::CANNOT_CONNECT_NOW,
                    SqlState::ADMIN_SHUTDOWN,
                    SqlState::CRASH_SHUTDOWN,
                    SqlState::TOO_MANY_CONNECTIONS,
                ]
                .contains(state)
                    || is_of_connections(state)
            }
        }
    }

    pub(in crate::store) fn store_error(&self) -> StoreError {
        let text = self.text.clone();
        let Some(state) = &self.state else {
            // Found before a byte is sent; the library has no name for it.
            let wants_password = text.contains("password missing");
            return if self.lost {
                StoreError::Lost(text)
            } else if wants_password {
                StoreError::Denied("it wants a password".to_owned())
            } else {
                StoreError::Io(text)
            };
        };
        match state.code() {
            "53100" => StoreError::DiskFull,
            "42501" => StoreError::Denied(text),
            "25006" => StoreError::ReadOnly(text),
            "55P03" | "57014" | "40001" | "40P01" => StoreError::Busy,
            "XX001" | "XX002" => StoreError::Corrupt(text),
            code if self.lost || is_of_connections(state) || code.starts_with("57P") => {
                StoreError::Lost(text)
            }
            code if code.starts_with("53") => StoreError::Lost(text),
            _ => StoreError::Io(text),
        }
    }
}

/// Whether an error is one of the connection, which another may be spared, and not one of what was said on it
/// (a certificate that is not believed).
fn is_of_the_way(kind: io::ErrorKind) -> bool {
    !matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput)
}

/// PostgreSQL's class of what goes wrong with connections; poolers say it of the server behind them.
fn is_of_connections(state: &SqlState) -> bool {
    state.code().starts_with("08")
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

/// An error with what caused it.
pub(super) fn with_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", with_cause(cause)),
        None => error.to_string(),
    }
}
