//! Why there is no configuration.

use std::io;
use std::path::PathBuf;

use super::diagnostic::Diagnostic;

/// Why a configuration could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigErrors {
    /// The file could not be opened.
    #[error("cannot read {}: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file could not be written.
    #[error("cannot write {}: {source}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file has mistakes.
    #[error("{} in {}", count(mistakes.len()), file.display())]
    Invalid {
        /// The file.
        file: PathBuf,
        /// All of them, in the order of the file.
        mistakes: Vec<Diagnostic>,
    },
}

impl ConfigErrors {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "config_unreadable",
            Self::Unwritable { .. } => "config_unwritable",
            Self::Invalid { .. } => "config_invalid",
        }
    }

    /// Everything that is wrong, each mistake with its place and carets.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        match self {
            Self::Invalid { mistakes, .. } => {
                let mut shown: Vec<String> = mistakes.iter().map(|mistake| mistake.render(color)).collect();
                shown.push(self.to_string());
                shown.join("\n\n")
            }
            other => other.to_string(),
        }
    }
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 { "1 mistake".to_owned() } else { format!("{mistakes} mistakes") }
}
