//! What can go wrong while rows of the archive are written out.

use kliping::store::StoreError;

use super::app::store_error;
use super::exit::CliError;

/// Reading the archive or writing the output failed.
pub enum Failure {
    /// The archive.
    Store(StoreError),
    /// Anything else.
    Cli(CliError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CliError> for Failure {
    fn from(error: CliError) -> Self {
        Self::Cli(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Cli(error.into())
    }
}

impl Failure {
    /// As the user sees it.
    pub fn shown(self) -> CliError {
        match self {
            Self::Store(error) => store_error(error),
            Self::Cli(error) => error,
        }
    }
}
