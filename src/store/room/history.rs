//! One article: its versions in a line each, its addresses.

use crate::store::engine::{OptionalExtension, params};
use jiff::Timestamp;

use super::super::sql::{parsed, time, url};
use super::super::{Reader, StoreError};
use crate::model::{ArticleId, Cause, PageUrl, VersionSeq};

/// A version without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub seq: VersionSeq,
    /// When it was observed.
    pub observed: Timestamp,
    /// Why it was written.
    pub cause: Cause,
    /// Its text was taken out.
    pub redacted: bool,
    /// Its row and its time in milliseconds since 1970 UTC: its place among the changes.
    pub row: i64,
    /// See `row`.
    pub at: i64,
}

/// An address that an article is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressed {
    /// The address.
    pub url: PageUrl,
    /// Since when.
    pub from: Timestamp,
}

impl Reader {
    /// Versions of an article, the newest first: at most so many, those before `before`.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn version_lines(
        &self,
        article: ArticleId,
        before: Option<VersionSeq>,
        most: usize,
    ) -> Result<Vec<VersionLine>, StoreError> {
        let before = before.map_or(i64::MAX, |seq| seq.0);
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        Ok(self
            .db
            .prepare_cached(
                "SELECT id, seq, observed_at, cause, redacted_at IS NOT NULL AS redacted
                 FROM version WHERE article_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3",
            )?
            .query_map(params![article.0, before, most], |row| {
                Ok(VersionLine {
                    seq: VersionSeq(row.get("seq")?),
                    observed: time(row.get("observed_at")?),
                    cause: parsed(row, "cause", Cause::from_stored)?,
                    redacted: row.get("redacted")?,
                    row: row.get("id")?,
                    at: row.get("observed_at")?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// Whether the text of a version was taken out.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn is_redacted(&self, article: ArticleId, seq: VersionSeq) -> Result<bool, StoreError> {
        let redacted = self
            .db
            .prepare_cached("SELECT redacted_at IS NOT NULL FROM version WHERE article_id = ?1 AND seq = ?2")?
            .query_row(params![article.0, seq.0], |row| row.get(0))
            .optional()?;
        Ok(redacted.unwrap_or(false))
    }

    /// The addresses that an article is known by, the first one first; at most a hundred.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn addresses(&self, article: ArticleId) -> Result<Vec<Addressed>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT url, min(from_at) AS from_at FROM address WHERE article_id = ?1
                 GROUP BY url ORDER BY from_at, url LIMIT 100",
            )?
            .query_map([article.0], |row| {
                Ok(Addressed { url: url(row, "url")?, from: time(row.get("from_at")?) })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }
}
