//! A change with its texts: read for what is shown only.

use jiff::Timestamp;

use super::super::engine::OptionalExtension;
use super::super::sql::parsed;
use super::super::{ArticleRow, Reader, StoreError, list, versions};
use super::ChangeRow;
use crate::diff;
use crate::model::{ArticleId, ChangeKind, EventKind, Version, VersionSeq};

/// One happening.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// The article, as it is now.
    pub article: ArticleRow,
    /// When it was observed.
    pub at: Timestamp,
    /// What it was.
    pub what: Happening,
}

/// What can happen to a known article.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A new version.
    Edit {
        /// The version before.
        from: Box<Version>,
        /// The new one.
        to: Box<Version>,
        /// It reads again as a version before `from`.
        reverted: bool,
    },
    /// Something else.
    Event {
        /// What.
        kind: EventKind,
        /// More about it.
        detail: Option<String>,
        /// The latest version at that time.
        version: VersionSeq,
    },
}

/// A change in a line: its headlines, and nothing of its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLine {
    /// The article, as it is now.
    pub article: ArticleRow,
    /// When it was observed.
    pub at: Timestamp,
    /// The version before and the version after; the same where there is no new one.
    pub versions: (VersionSeq, VersionSeq),
    /// Their headlines.
    pub titles: (String, String),
    /// What the archive notes beside it: the status of an answer, an address.
    pub detail: Option<String>,
}

fn lost(id: ArticleId) -> StoreError {
    StoreError::Corrupt(format!("article {id} has no head, or a version of it is missing"))
}

impl Reader {
    /// A change with its texts; none when it stands no longer in the archive, or a text of it was taken out:
    /// what was edited cannot be told.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn log_entry(&self, row: &ChangeRow) -> Result<Option<LogEntry>, StoreError> {
        let (id, lost) = (row.article, || lost(row.article));
        let article = list::one(&self.db, id)?.ok_or_else(lost)?;
        let what = match row.seq {
            Some(VersionSeq(seq)) => {
                let version =
                    |seq| versions::one(&self.db, id, VersionSeq(seq))?.map(Box::new).ok_or_else(lost);
                let (from, to) = (version(seq - 1)?, version(seq)?);
                if !diff::comparable(&from, &to) {
                    return Ok(None);
                }
                Happening::Edit { from, to, reverted: row.told.kinds.has(ChangeKind::Reverted) }
            }
            None => match self.event(row)? {
                Some((kind, detail)) => Happening::Event { kind, detail, version: self.latest_then(row)? },
                None => return Ok(None),
            },
        };
        Ok(Some(LogEntry { article, at: row.key.time(), what }))
    }

    /// A change in a line; none as [`Reader::log_entry`].
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn change_line(&self, row: &ChangeRow) -> Result<Option<ChangeLine>, StoreError> {
        let (id, lost) = (row.article, || lost(row.article));
        let article = list::one(&self.db, id)?.ok_or_else(lost)?;
        let at = row.key.time();
        let Some(VersionSeq(seq)) = row.seq else {
            let Some((_, detail)) = self.event(row)? else { return Ok(None) };
            let (version, title) = (self.latest_then(row)?, article.title.clone());
            let (versions, titles) = ((version, version), (title.clone(), title));
            return Ok(Some(ChangeLine { article, at, versions, titles, detail }));
        };
        if row.told.redacted {
            return Ok(None);
        }
        let mut title =
            self.db.prepare_cached("SELECT title FROM version WHERE article_id = ?1 AND seq = ?2")?;
        let mut title =
            |seq: i64| title.query_row([id.0, seq], |row| row.get(0)).optional()?.ok_or_else(lost);
        let titles = (title(seq - 1)?, title(seq)?);
        let versions = (VersionSeq(seq - 1), VersionSeq(seq));
        Ok(Some(ChangeLine { article, at, versions, titles, detail: None }))
    }

    fn event(&self, row: &ChangeRow) -> Result<Option<(EventKind, Option<String>)>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT kind, detail FROM event WHERE id = ?1")?
            .query_row([row.key.row], |row| Ok((parsed(row, 0, EventKind::from_stored)?, row.get(1)?)))
            .optional()?)
    }

    /// The latest version at the time of an event.
    fn latest_then(&self, row: &ChangeRow) -> Result<VersionSeq, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT coalesce(max(seq), 1) FROM version WHERE article_id = ?1 AND observed_at <= ?2",
            )?
            .query_row((row.article.0, row.key.at), |row| row.get(0).map(VersionSeq))?)
    }
}
