//! Out of the archive: JSON as the contract has it, and files that others can read. The same input
//! gives the same bytes.

pub mod atom;
mod atomic;
mod csv;
mod error;
mod health;
mod history;
pub mod json;
mod jsonl;
mod listed;
mod logged;
mod markdown;
mod path;

pub use atomic::{AtomicFile, write_if_changed};
pub use csv::CsvWriter;
pub use error::ExportError;
pub use health::health;
pub use history::{Line as HistoryLine, What as HistoryWhat, history, history_line};
pub use jsonl::jsonl;
pub use listed::{hit, listed};
pub use logged::{Logged, kind_of};
pub use markdown::markdown;
pub use path::article_path;

/// Text without control characters, line breaks and tabs excepted: an exported file may end up on a terminal.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod fixtures;
