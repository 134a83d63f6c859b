//! One article: its versions in a line each, its addresses.

use crate::store::engine::{OptionalExtension, params};
use jiff::Timestamp;

use super::super::changes::{self, COLUMNS};
use super::super::sql::{most_of, parsed, time, url};
use super::super::{Reader, StoreError, Told};
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
    /// What it changed; none for the first.
    pub told: Option<Told>,
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
        let sql = format!(
            "SELECT {COLUMNS}, v.seq AS number, v.observed_at, v.cause AS why, v.redacted_at IS NOT NULL AS taken
             FROM version v LEFT JOIN change c ON c.at = v.observed_at AND c.part = 0 AND c.row_id = v.id
             WHERE v.article_id = ?1 AND v.seq < ?2 ORDER BY v.seq DESC LIMIT ?3"
        );
        Ok(self
            .db
            .prepare_cached(&sql)?
            .query_map(params![article.0, before, most_of(most)], |row| {
                let changed = row.get::<_, Option<i64>>(0)?.is_some();
                Ok(VersionLine {
                    seq: VersionSeq(row.get("number")?),
                    observed: time(row.get("observed_at")?),
                    cause: parsed(row, "why", Cause::from_stored)?,
                    redacted: row.get("taken")?,
                    told: changed.then(|| changes::read(row)).transpose()?.map(|change| change.told),
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
