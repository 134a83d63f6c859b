//! What can go wrong with the archive, in words that say what to do.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

#[cfg(feature = "postgres")]
use super::engine::pg::Failure;

/// Why the archive could not be opened, read or written.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file at the archive's path.
    #[error("there is no archive at {}", .0.display())]
    NoArchive(PathBuf),
    /// The file is no SQLite database.
    #[error("{} is not an SQLite file, so it is no archive", .0.display())]
    NotSqlite(PathBuf),
    /// The file is an SQLite database of another program.
    #[error("{} is an SQLite file, but not an archive of kliping", .0.display())]
    NotArchive(PathBuf),
    /// A newer kliping wrote the archive.
    #[error("{} was written by a newer kliping (schema {found}; this one knows {known})", path.display())]
    NewerSchema {
        /// The archive.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The archive must be brought up to date first, and it was opened for reading.
    #[error("{} has the older schema {found} (this kliping needs {known})", path.display())]
    OlderSchema {
        /// The archive.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The schema that is needed.
        known: i64,
    },
    /// A part of a copy that was broken off.
    #[error("{} is a part of a copy, not an archive yet", .0.display())]
    HalfCopy(PathBuf),
    /// No space left to write.
    #[error("the disk is full; what was stored before is safe")]
    DiskFull,
    /// The file or its folder cannot be written.
    #[error("the archive cannot be written: {0}")]
    ReadOnly(String),
    /// SQLite found the file damaged.
    #[error("the archive is damaged: {0}")]
    Corrupt(String),
    /// Another process held the archive for too long.
    #[error("the archive is busy: another process is writing to it")]
    Busy,
    /// The words of a search are not understood (only with raw FTS5 syntax).
    #[error("the search is not understood: {0}")]
    Query(String),
    /// The database knows the role, and does not let it.
    #[error("the database does not let this role in: {0}")]
    Denied(String),
    /// What only an archive in a file can do.
    #[error("this works only on an archive in a file (SQLite)")]
    OnlyFile,
    /// What should be the address of an archive on a server is none.
    #[error("not the address of an archive: {0}")]
    Address(String),
    /// The database cannot be reached, or no longer.
    #[error("the database cannot be reached: {0}")]
    Lost(String),
    /// The operating system refused.
    #[error("the archive cannot be used: {0}")]
    Io(String),
    /// The writer has stopped; nothing more can be written.
    #[error("the archive's writer has stopped")]
    Closed,
}

impl StoreError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoArchive(_) => "no_archive",
            Self::NotSqlite(_) => "not_sqlite",
            Self::NotArchive(_) => "not_archive",
            Self::NewerSchema { .. } => "newer_schema",
            Self::OlderSchema { .. } => "older_schema",
            Self::HalfCopy(_) => "half_copy",
            Self::DiskFull => "disk_full",
            Self::ReadOnly(_) => "read_only",
            Self::Corrupt(_) => "corrupt",
            Self::Busy => "busy",
            Self::Query(_) => "query",
            Self::Denied(_) => "denied",
            Self::OnlyFile => "only_file",
            Self::Address(_) => "address",
            Self::Lost(_) => "lost",
            Self::Io(_) => "io",
            Self::Closed => "closed",
        }
    }

    /// What a user can do about it, in one line.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoArchive(_) => {
                "`kliping crawl` or `kliping add URL` makes one; `--archive FILE` names another"
            }
            Self::NotSqlite(_) | Self::NotArchive(_) => {
                "name the archive with `--archive FILE` or in config.toml"
            }
            Self::NewerSchema { .. } => "use the newer kliping; this one leaves the archive as it is",
            Self::OlderSchema { .. } => {
                "`kliping rebuild --schema` brings the archive up to date and does nothing else; so does the next crawl"
            }
            Self::HalfCopy(_) => "run the same `kliping copy` again: it goes on where it was",
            Self::DiskFull => "free some space and run again",
            Self::ReadOnly(_) => {
                "check the rights of the file and of its folder (SQLite writes beside the file); a server may be a standby"
            }
            Self::Denied(_) => {
                "give the role the rights that it needs, or name another in the address; a password is taken from PGPASSWORD"
            }
            Self::Corrupt(_) => {
                "keep a copy, then `sqlite3 FILE .recover` saves what can be saved of a file; on a server look into its log"
            }
            Self::Busy => "run again when the other run has ended",
            Self::Query(_) => "without --fts the words are taken as they are",
            Self::OnlyFile => "name an archive in a file with `--archive FILE`",
            Self::Address(_) => "write it as postgres://USER@HOST/DATABASE, see docs/postgres.md",
            Self::Lost(_) => "look whether it runs and lets you in; what was stored before is safe",
            Self::Io(_) | Self::Closed => return None,
        })
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match &error {
            rusqlite::Error::SqliteFailure(failure, message) => {
                let text = message.clone().unwrap_or(text);
                match failure.code {
                    ErrorCode::DiskFull => Self::DiskFull,
                    // The file that is shared between processes could not be made as large as it must be.
                    ErrorCode::SystemIoFailure if failure.extended_code == SQLITE_IOERR_SHMSIZE => {
                        Self::DiskFull
                    }
                    ErrorCode::CannotOpen => Self::Io(format!("{text}, or what SQLite keeps beside it")),
                    ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly(text),
                    ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Corrupt(text),
                    // Interrupted: a question of `serve` that took too long.
                    ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OperationInterrupted => {
                        Self::Busy
                    }
                    _ => Self::Io(text),
                }
            }
            #[cfg(feature = "postgres")]
            rusqlite::Error::ToSqlConversionFailure(cause) => {
                let failure = cause.downcast_ref::<Failure>();
                failure.map_or(Self::Io(text), Failure::store_error)
            }
            // A stored value that is not what the schema promises.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Corrupt(text),
            _ => Self::Io(text),
        }
    }
}
