//! Out of the archive: JSON as the contract has it, and files that others can read. The same input
//! gives the same bytes.

pub mod atom;
mod atomic;
mod csv;
mod error;
pub mod json;
mod jsonl;
mod logged;
mod markdown;
mod path;

pub use atomic::{AtomicFile, write_if_changed};
pub use csv::CsvWriter;
pub use error::ExportError;
pub use jsonl::jsonl;
pub use logged::Logged;
pub use markdown::markdown;
pub use path::article_path;

/// Text without control characters, line breaks and tabs excepted: an exported file may end up on a terminal.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod fixtures;
