//! Why an archive was not copied.

use std::path::PathBuf;

use super::super::StoreError;

/// Why an archive was not copied.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CopyError {
    /// Source and target are one.
    #[error("{} is the archive itself", .0.display())]
    Itself(PathBuf),
    /// The target holds an archive, and it is not this one.
    #[error("{} holds another archive ({articles} articles)", path.display())]
    Taken {
        /// The target.
        path: PathBuf,
        /// How many articles are in it.
        articles: i64,
    },
    /// The target holds a part of a copy of something else.
    #[error("{} holds a part of a copy, and of another archive", .0.display())]
    OtherHalf(PathBuf),
    /// A text that PostgreSQL cannot keep.
    #[error("{table} {row} holds a NUL character, which PostgreSQL cannot keep")]
    Nul {
        /// Where it stands.
        table: &'static str,
        /// The key of its row.
        row: String,
    },
    /// What was written is not what was read.
    #[error("the copy is not the archive: {table} {row} is another; it stays marked as a part")]
    Differs {
        /// Where.
        table: &'static str,
        /// The key of the row.
        row: String,
    },
    /// Reading or writing failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CopyError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Itself(_) => "copy_itself",
            Self::Taken { .. } => "copy_taken",
            Self::OtherHalf(_) => "copy_other_half",
            Self::Nul { .. } => "copy_nul",
            Self::Differs { .. } => "copy_differs",
            Self::Store(error) => error.code(),
        }
    }
}

impl From<rusqlite::Error> for CopyError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
