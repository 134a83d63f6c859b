//! What happened to all articles, in the order of time: edits and events, out of the facts.

use std::ops::ControlFlow;

use crate::store::engine::{Connection, Row, named_params};
use jiff::Timestamp;

use super::sql::{DAY, parsed, time};
use super::{ArticleRow, Reader, StoreError, list, versions};
use crate::model::{ArticleId, EventKind, Version, VersionSeq};

/// The events that a reader is told of.
pub(super) const TOLD: &str = "kind IN ('gone', 'restored', 'redirected', 'front_page', 'paywalled')";

/// Which happenings are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogQuery {
    /// Only of this site.
    pub site: Option<String>,
    /// Observed at or after.
    pub since: Option<Timestamp>,
    /// Observed before.
    pub until: Option<Timestamp>,
    /// Whether versions after the first are told.
    pub edits: bool,
    /// Whether events are told: gone, restored, redirected, paywalled.
    pub events: bool,
    /// Also versions that are no edit of the newspaper (`reextract`, `import`).
    pub all_causes: bool,
    /// The latest first; else the oldest.
    pub newest_first: bool,
}

/// One happening.
#[derive(Debug, Clone, PartialEq)]
pub struct LogEntry {
    /// The article, as it is now.
    pub article: ArticleRow,
    /// When it was observed.
    pub at: Timestamp,
    /// What it was.
    pub what: Happening,
    /// The page goes back and forth: an edit that takes back what was there before, after two such within
    /// the day before it.
    pub flap: bool,
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

impl Reader {
    /// Calls `f` with each happening, one in memory at a time. `f` ends it with `Break` or an error.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn log<E: From<StoreError>>(
        &self,
        query: &LogQuery,
        mut f: impl FnMut(LogEntry) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        // One snapshot: what is written meanwhile belongs to the next reading.
        let db = self.db.unchecked_transaction().map_err(StoreError::from)?;
        let mut statement = db.prepare(&sql(query)).map_err(StoreError::from)?;
        let ms = |at: Option<Timestamp>| at.map(|at| at.as_millisecond());
        let mut rows = statement
            .query(
                named_params! { ":since": ms(query.since), ":until": ms(query.until), ":site": query.site },
            )
            .map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let raw = raw(&row).map_err(StoreError::from)?;
            if let Some(entry) = entry(&db, raw)?
                && f(entry)?.is_break()
            {
                break;
            }
        }
        Ok(())
    }
}

/// Only numbers are sorted here: text is read entry by entry.
fn sql(query: &LogQuery) -> String {
    let mut parts = Vec::new();
    let range = |column: &str| {
        format!(
            "(:since IS NULL OR {column} >= :since) AND (:until IS NULL OR {column} < :until) AND (:site IS NULL
                OR (SELECT s.key FROM article a JOIN site s ON s.id = a.site_id WHERE a.id = article_id) = :site)"
        )
    };
    if query.edits {
        let causes = if query.all_causes { "" } else { " AND cause = 'publisher'" };
        parts.push(format!(
            "SELECT observed_at AS at, 0 AS part, id, article_id, seq, NULL AS kind, NULL AS detail
             FROM version WHERE seq > 1{causes} AND {}",
            range("observed_at")
        ));
    }
    if query.events {
        parts.push(format!(
            "SELECT at, 1 AS part, id, article_id, NULL AS seq, kind, detail FROM event
             WHERE {TOLD} AND {}",
            range("at")
        ));
    }
    if parts.is_empty() {
        parts.push(format!(
            "SELECT 0 AS at, 0 AS part, 0 AS id WHERE 0 AND {}",
            range("0").replace("article_id", "0")
        ));
    }
    let order = if query.newest_first { "DESC" } else { "ASC" };
    format!("{} ORDER BY at {order}, part {order}, id {order}", parts.join(" UNION ALL "))
}

/// One happening as its row tells it, without its texts.
pub(super) struct Raw {
    pub(super) article: ArticleId,
    /// Milliseconds since 1970 UTC.
    pub(super) at: i64,
    pub(super) what: RawWhat,
}

/// A version by its number, or an event with what is noted beside it.
pub(super) enum RawWhat {
    Edit(VersionSeq),
    Event(EventKind, Option<String>),
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let what = match row.get::<_, Option<i64>>("seq")? {
        Some(seq) => RawWhat::Edit(VersionSeq(seq)),
        None => RawWhat::Event(parsed(row, "kind", EventKind::from_stored)?, row.get("detail")?),
    };
    Ok(Raw { article: ArticleId(row.get("article_id")?), at: row.get("at")?, what })
}

/// The happening with its texts. None: a version whose text, or that of the one before it, was taken out. What
/// was edited cannot be told.
pub(super) fn entry(db: &Connection, raw: Raw) -> Result<Option<LogEntry>, StoreError> {
    let Raw { article: id, at, what } = raw;
    let lost = || StoreError::Corrupt(format!("article {id} has no head, or a version of it is missing"));
    let article = list::one(db, id)?.ok_or_else(lost)?;
    let mut flap = false;
    let what = match what {
        RawWhat::Edit(VersionSeq(seq)) => {
            let version = |seq| versions::one(db, id, VersionSeq(seq))?.map(Box::new).ok_or_else(lost);
            let (from, to) = (version(seq - 1)?, version(seq)?);
            if from.redacted.is_some() || to.redacted.is_some() {
                return Ok(None);
            }
            let reverted = db
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM version WHERE article_id = ?1 AND seq < ?2 AND content_sha256 = ?3)",
                )?
                .query_row((id.0, seq - 1, to.fingerprint.content.0), |row| row.get(0))?;
            flap = reverted && flips(db, id, seq, at)? >= 2;
            Happening::Edit { from, to, reverted }
        }
        RawWhat::Event(kind, detail) => {
            let version = db
                .prepare_cached(
                    "SELECT coalesce(max(seq), 1) FROM version WHERE article_id = ?1 AND observed_at <= ?2",
                )?
                .query_row((id.0, at), |row| row.get(0).map(VersionSeq))?;
            Happening::Event { kind, detail, version }
        }
    };
    Ok(Some(LogEntry { article, at: time(at), what, flap }))
}

/// How many versions of the day before took back what had been there.
fn flips(db: &Connection, id: ArticleId, seq: i64, at: i64) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM version v WHERE article_id = ?1 AND seq < ?2 AND observed_at > ?3 AND EXISTS (
                SELECT 1 FROM version w WHERE w.article_id = ?1 AND w.seq < v.seq - 1 AND w.content_sha256 = v.content_sha256)",
        )?
        .query_row((id.0, seq, at.saturating_sub(DAY)), |row| row.get(0))?)
}
