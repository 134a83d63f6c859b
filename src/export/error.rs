//! What can go wrong on the way out.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::StoreError;

/// Why something could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A book has more than a ZIP file can hold.
    #[error("this is too much for one book")]
    TooLarge,
    /// A database could not be written.
    #[error("cannot write the database {}: {message}", path.display())]
    Database {
        /// Which one.
        path: PathBuf,
        /// What SQLite says.
        message: String,
    },
    /// The archive could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reader of the output went away, or the output's device failed.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
}

impl ExportError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::File { .. } => "export_file",
            Self::TooLarge => "export_too_large",
            Self::Database { .. } => "export_database",
            Self::Store(error) => error.code(),
            Self::Output(_) => "export_output",
        }
    }

    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}
