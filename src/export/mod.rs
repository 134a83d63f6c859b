//! Out of the archive: JSON as the contract has it, and files that others can read. The same input
//! gives the same bytes.

mod about;
pub mod atom;
mod atomic;
mod csv;
mod epub;
mod error;
mod feed;
mod health;
mod history;
pub mod html;
pub mod json;
mod jsonl;
mod jsonld;
mod listed;
mod logged;
mod markdown;
mod name;
#[cfg(feature = "parquet")]
mod parquet;
mod path;
mod sqlite;
mod warc;
mod xml;
mod zip;

pub use atomic::{AtomicFile, write_if_changed};
pub use csv::CsvWriter;
pub use epub::EpubWriter;
pub use error::ExportError;
pub use feed::FeedWriter;
pub use health::health;
pub use history::{Line as HistoryLine, What as HistoryWhat, history, history_line};
pub use jsonl::jsonl;
pub use jsonld::jsonld;
pub use listed::{hit, listed};
pub use logged::Logged;
pub use markdown::markdown;
#[cfg(feature = "parquet")]
pub use parquet::ParquetWriter;
pub use path::{article_path, slug};
pub use sqlite::SqliteWriter;
pub use warc::WarcWriter;

/// Text without control characters, line breaks and tabs excepted: an exported file may end up on a terminal.
fn harmless(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod fixtures;
