//! A whole pass over the archive, for exports: one statement, one version in memory.

use std::collections::HashMap;

use crate::store::engine::{Connection, Row, Value, params_from_iter};

use super::{ArticleRow, Filter, Reader, StoreError, Versions, list, versions};
use crate::model::{ArticleId, Reading, Version, VersionSeq};

/// Which versions an export wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pass {
    /// Which articles.
    pub filter: Filter,
    /// Which of their versions.
    pub versions: Versions,
    /// Only versions that were written after this one, by [`Reader::last_written`].
    pub after: i64,
    /// None that was written after this one: what is written during an export belongs to the next.
    pub until: Option<i64>,
}

impl Reader {
    /// The number of the version that was written last; zero in an empty archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn last_written(&self) -> Result<i64, StoreError> {
        Ok(self.db.query_row("SELECT coalesce(max(id), 0) FROM version", [], |row| row.get(0))?)
    }

    /// The numbers of an article's versions that are meant, oldest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn seqs(&self, pass: &Pass, article: ArticleId) -> Result<Vec<VersionSeq>, StoreError> {
        let mut seqs: Vec<VersionSeq> = self
            .db
            .prepare_cached(
                "SELECT seq FROM version WHERE article_id = ?1 AND id > ?2 AND id <= ?3 ORDER BY seq",
            )?
            .query_map([article.0, pass.after, pass.until.unwrap_or(i64::MAX)], |row| {
                row.get(0).map(VersionSeq)
            })?
            .collect::<rusqlite::Result<_>>()?;
        if pass.versions == Versions::Latest {
            seqs.drain(..seqs.len().saturating_sub(1));
        }
        Ok(seqs)
    }

    /// Calls `f` with each version that is meant, by the numbers of articles and versions.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn pass<E: From<StoreError>>(
        &self,
        pass: &Pass,
        mut f: impl FnMut(&ArticleRow, &Version) -> Result<(), E>,
    ) -> Result<(), E> {
        // One snapshot: what is written meanwhile belongs to the next pass.
        let db = self.db.unchecked_transaction().map_err(StoreError::from)?;
        let (condition, values) = condition(pass);
        let join = match pass.versions {
            Versions::Latest => format!("v.id = {}", latest(pass)),
            Versions::All => "v.article_id = a.id".to_owned(),
        };
        // CROSS JOIN keeps the order of the tables, and NOT INDEXED that of the articles: nothing is sorted, no
        // text is held.
        let sql = format!(
            "SELECT {}, {}, v.reading_id FROM article a NOT INDEXED CROSS JOIN site s ON s.id = a.site_id
             CROSS JOIN head h ON h.article_id = a.id JOIN version l ON l.id = h.version_id CROSS JOIN version v ON {join} JOIN fetch f ON f.id = v.fetch_id
             LEFT JOIN blob b ON b.id = f.blob_id WHERE {condition} ORDER BY a.id, v.seq",
            list::COLUMNS,
            versions::COLUMNS,
        );
        let mut statement = db.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(StoreError::from)?;
        let mut readings = Readings { db: &db, known: HashMap::new() };
        let (mut articles, mut current) = (0, None);
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let article = list::read(&row).map_err(StoreError::from)?;
            if current != Some(article.id) {
                if pass.filter.limit.is_some_and(|limit| articles >= limit) {
                    break;
                }
                (articles, current) = (articles + 1, Some(article.id));
            }
            f(&article, &version(&row, &mut readings)?)?;
        }
        Ok(())
    }
}

/// The latest version that is meant; a later one may have come since.
pub(super) fn latest(pass: &Pass) -> String {
    match pass.until {
        Some(until) => format!(
            "CASE WHEN h.version_id <= {until} THEN h.version_id
                ELSE (SELECT max(w.id) FROM version w WHERE w.article_id = a.id AND w.id <= {until}) END"
        ),
        None => "h.version_id".to_owned(),
    }
}

impl Reader {
    /// Calls `f` with each version of one article that is meant, oldest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn pass_of<E: From<StoreError>>(
        &self,
        pass: &Pass,
        article: ArticleId,
        mut f: impl FnMut(&ArticleRow, &Version) -> Result<(), E>,
    ) -> Result<(), E> {
        let order = match pass.versions {
            Versions::Latest => "DESC LIMIT 1",
            Versions::All => "",
        };
        let sql = format!(
            "SELECT {}, {}, {} FROM article a JOIN site s ON s.id = a.site_id JOIN head h ON h.article_id = a.id
             JOIN version l ON l.id = h.version_id JOIN version v ON v.article_id = a.id
             JOIN fetch f ON f.id = v.fetch_id JOIN reading r ON r.id = v.reading_id LEFT JOIN blob b ON b.id = f.blob_id
             WHERE a.id = ?1 AND v.id > ?2 AND v.id <= ?3 ORDER BY v.seq {order}",
            list::COLUMNS,
            versions::COLUMNS,
            versions::READING,
        );
        let mut statement = self.db.prepare_cached(&sql).map_err(StoreError::from)?;
        let values = [article.0, pass.after, pass.until.unwrap_or(i64::MAX)];
        let mut rows = statement.query(values).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let article = list::read(&row).map_err(StoreError::from)?;
            let reading = versions::reading(&row, list::WIDTH + versions::WIDTH).map_err(StoreError::from)?;
            let version = versions::read_at(&row, list::WIDTH, reading).map_err(StoreError::from)?;
            f(&article, &version)?;
        }
        Ok(())
    }
}

pub(super) fn condition(pass: &Pass) -> (String, Vec<Value>) {
    let (mut sql, mut values) = pass.filter.condition();
    if pass.after > 0 {
        values.push(pass.after.into());
        sql.push_str(&format!(" AND v.id > ?{}", values.len()));
    }
    if let Some(until) = pass.until {
        values.push(until.into());
        sql.push_str(&format!(" AND v.id <= ?{}", values.len()));
    }
    (sql, values)
}

fn version(row: &Row<'_>, readings: &mut Readings<'_>) -> Result<Version, StoreError> {
    let reading = readings.get(row.get(list::WIDTH + versions::WIDTH)?)?;
    Ok(versions::read_at(row, list::WIDTH, reading)?)
}

/// The ways in which pages were read: few, and many versions share one.
struct Readings<'c> {
    db: &'c Connection,
    known: HashMap<i64, Reading>,
}

impl Readings<'_> {
    fn get(&mut self, id: i64) -> Result<Reading, StoreError> {
        if let Some(reading) = self.known.get(&id) {
            return Ok(reading.clone());
        }
        let sql = format!("SELECT {} FROM reading r WHERE r.id = ?1", versions::READING);
        let reading = self.db.prepare_cached(&sql)?.query_row([id], |row| versions::reading(row, 0))?;
        if self.known.len() >= 1000 {
            self.known.clear();
        }
        self.known.insert(id, reading.clone());
        Ok(reading)
    }
}
