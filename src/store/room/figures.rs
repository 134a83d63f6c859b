//! The archive in figures that indexes give.

use jiff::Timestamp;

use super::super::sql::time_opt;
use super::super::stats;
use super::super::{Reader, StoreError};

/// The archive in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Articles.
    pub articles: i64,
    /// Versions of all articles.
    pub versions: i64,
    /// Edits and other events that a reader is told of.
    pub changes: i64,
    /// Articles that cannot be read where they were: gone, redirected, behind a paywall.
    pub away: i64,
    /// Requests for pages.
    pub requests: i64,
    /// Runs.
    pub runs: i64,
    /// When the last run began.
    pub last_run: Option<Timestamp>,
    /// When the first article was seen.
    pub first_seen: Option<Timestamp>,
    /// When the last article was seen.
    pub last_seen: Option<Timestamp>,
    /// Bytes of the file and its write-ahead log.
    pub file_bytes: u64,
}

impl Reader {
    /// The archive in figures. Of a million articles it takes some tenths of a second: every row of an
    /// index is counted.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn figures(&self) -> Result<Figures, StoreError> {
        let number = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, i64>(0));
        let instant = |sql: &str| self.db.query_row(sql, [], |row| row.get(0)).map(time_opt);
        Ok(Figures {
            articles: number("SELECT count(*) FROM head")?,
            versions: number("SELECT count(*) FROM version")?,
            changes: number("SELECT count(*) FROM change")?,
            away: number("SELECT count(*) FROM head WHERE state <> 'live' AND state <> 'redacted'")?,
            requests: number("SELECT count(*) FROM fetch")?,
            runs: number("SELECT count(*) FROM run")?,
            last_run: instant("SELECT max(started_at) FROM run")?,
            first_seen: instant("SELECT min(first_seen_at) FROM article")?,
            last_seen: instant("SELECT max(first_seen_at) FROM article")?,
            file_bytes: stats::bytes(&self.db, &self.path)?,
        })
    }
}
