//! What happened to all articles, in figures: enough to sort and to filter by. Texts are read for what is
//! shown only.

use std::collections::HashMap;

use crate::store::engine::{Connection, Row};

use super::super::log::{self, TOLD};
use super::super::sql::{parsed, time};
use super::super::{LogEntry, Reader, StoreError};
use crate::model::{ArticleId, EventKind, VersionSeq};

/// One happening, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    /// When it was observed, in milliseconds since 1970 UTC.
    pub at: i64,
    /// The row in the table of versions or of events: rows only grow.
    pub row: i64,
    /// The article.
    pub article: ArticleId,
    /// The site, as [`Reader::site_numbers`] numbers them.
    pub site: i64,
    /// What it was.
    pub what: HappenedWhat,
}

/// What can happen to a known article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HappenedWhat {
    /// A version after the first.
    Edit(VersionSeq),
    /// It went, came back or leads elsewhere.
    Event(EventKind),
}

impl Reader {
    /// Every edit and event that a reader is told of, in no order. Reads indexes only: of an archive of a
    /// million articles it takes about a second.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn happened(&self) -> Result<Vec<Happened>, StoreError> {
        // One snapshot, so that the three readings belong together.
        let db = self.db.unchecked_transaction()?;
        let mut edits: HashMap<i64, (ArticleId, i64)> = HashMap::new();
        let mut statement = db.prepare("SELECT id, article_id, seq FROM version WHERE seq > 1")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            edits.insert(row.get(0)?, (ArticleId(row.get(1)?), row.get(2)?));
        }
        let sites = sites_of(&db, edits.values().map(|(article, _)| *article).collect())?;
        let mut out = Vec::with_capacity(edits.len());
        let mut statement = db.prepare("SELECT id, observed_at FROM version INDEXED BY version_observed")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if let Some((article, seq)) = edits.get(&id) {
                let site = sites.get(article).copied().unwrap_or_default();
                let what = HappenedWhat::Edit(VersionSeq(*seq));
                out.push(Happened { at: row.get(1)?, row: id, article: *article, site, what });
            }
        }
        out.extend(events(&db, 0)?);
        Ok(out)
    }

    /// What came behind these rows of versions and events.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn happened_after(&self, version: i64, event: i64) -> Result<Vec<Happened>, StoreError> {
        let mut out: Vec<Happened> = self
            .db
            .prepare_cached(
                "SELECT v.id, v.observed_at AS at, v.article_id, a.site_id, v.seq
                 FROM version v JOIN article a ON a.id = v.article_id WHERE v.id > ?1 AND v.seq > 1 ORDER BY v.id",
            )?
            .query_map([version], |row| happened(row, HappenedWhat::Edit(VersionSeq(row.get("seq")?))))?
            .collect::<rusqlite::Result<_>>()?;
        out.extend(events(&self.db, event)?);
        Ok(out)
    }

    /// The last rows of versions and of events.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn last_rows(&self) -> Result<(i64, i64), StoreError> {
        let last = |table: &str| {
            self.db
                .prepare_cached(&format!("SELECT coalesce(max(id), 0) FROM {table}"))?
                .query_row([], |row| row.get::<_, i64>(0))
        };
        Ok((last("version")?, last("event")?))
    }

    /// A happening with its texts; none when it stands no longer in the archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn log_entry(&self, happened: &Happened) -> Result<Option<LogEntry>, StoreError> {
        let raw = match happened.what {
            HappenedWhat::Edit(seq) => {
                log::Raw { article: happened.article, at: happened.at, what: log::RawWhat::Edit(seq) }
            }
            HappenedWhat::Event(kind) => {
                let detail = self
                    .db
                    .prepare_cached("SELECT detail FROM event WHERE id = ?1")?
                    .query_map([happened.row], |row| row.get::<_, Option<String>>(0))?
                    .next()
                    .transpose()?;
                let Some(detail) = detail else { return Ok(None) };
                log::Raw {
                    article: happened.article,
                    at: happened.at,
                    what: log::RawWhat::Event(kind, detail),
                }
            }
        };
        log::entry(&self.db, raw)
    }
}

fn events(db: &Connection, after: i64) -> Result<Vec<Happened>, StoreError> {
    let sql = format!(
        "SELECT e.id, e.at, e.article_id, a.site_id, e.kind
         FROM event e JOIN article a ON a.id = e.article_id WHERE e.id > ?1 AND {TOLD}"
    );
    let rows = db
        .prepare_cached(&sql)?
        .query_map([after], |row| {
            happened(row, HappenedWhat::Event(parsed(row, "kind", EventKind::from_stored)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn happened(row: &Row<'_>, what: HappenedWhat) -> rusqlite::Result<Happened> {
    // A damaged time is the nearest that there is, as everywhere.
    let at = time(row.get("at")?).as_millisecond();
    let article = ArticleId(row.get("article_id")?);
    Ok(Happened { at, row: row.get("id")?, article, site: row.get("site_id")?, what })
}

/// The sites of many articles: one pass over the table, or a look-up each when they are few.
fn sites_of(db: &Connection, articles: Vec<ArticleId>) -> Result<HashMap<ArticleId, i64>, StoreError> {
    let mut out: HashMap<ArticleId, i64> = articles.into_iter().map(|article| (article, 0)).collect();
    if out.len() < 1000 {
        let mut one = db.prepare_cached("SELECT site_id FROM article WHERE id = ?1")?;
        for (article, site) in &mut out {
            *site = one.query_row([article.0], |row| row.get(0))?;
        }
        return Ok(out);
    }
    let mut statement = db.prepare("SELECT id, site_id FROM article")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(site) = out.get_mut(&ArticleId(row.get(0)?)) {
            *site = row.get(1)?;
        }
    }
    Ok(out)
}
