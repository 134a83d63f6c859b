//! What ends an import.

use std::io;

use crate::store::StoreError;

/// Why an import cannot go on. What is wrong with one record or line does not end it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The archive cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read any further.
    #[error("cannot read it: {0}")]
    Input(#[from] io::Error),
}

impl ImportError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Store(error) => error.code(),
            Self::Input(_) => "import_input",
        }
    }
}
