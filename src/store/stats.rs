//! Figures of the archive.

use std::fs;
use std::path::Path;

use crate::store::engine::Connection;
use jiff::Timestamp;

use super::sql::time_opt;
use super::{Reader, StoreError};

/// Figures of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Articles.
    pub articles: i64,
    /// Versions of all articles.
    pub versions: i64,
    /// Articles with more than one version.
    pub edited: i64,
    /// Articles that are gone.
    pub gone: i64,
    /// Requests for pages.
    pub fetches: i64,
    /// Pages kept.
    pub pages: i64,
    /// Bytes of these pages as they came …
    pub page_bytes: i64,
    /// … and as they are stored, with the references that they are packed with.
    pub page_stored: i64,
    /// Addresses that wait to be asked for.
    pub queued: i64,
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
    /// By site, by name.
    pub sites: Vec<SiteStats>,
}

/// Figures of one site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteStats {
    /// The site's identifier.
    pub site: String,
    /// Its name for people.
    pub name: Option<String>,
    /// Articles.
    pub articles: i64,
    /// Versions.
    pub versions: i64,
    /// Articles with more than one version.
    pub edited: i64,
    /// Articles that are gone.
    pub gone: i64,
    /// Addresses that wait to be asked for.
    pub queued: i64,
    /// When a page of it last answered with an article (or 304).
    pub last_success: Option<Timestamp>,
}

impl Reader {
    /// The identifiers of all sites, in the order of letters: of these figures what costs nothing.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn sites(&self) -> Result<Vec<String>, StoreError> {
        let mut sites = self.db.prepare_cached("SELECT key FROM site ORDER BY key")?;
        Ok(sites.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }
}

/// Blobs that are pages: references are nobody's answer.
const PAGES: &str = "WHERE data IS NOT NULL AND id IN (SELECT blob_id FROM fetch WHERE blob_id IS NOT NULL)";

pub(super) fn stats(db: &Connection, path: &Path) -> Result<Stats, StoreError> {
    let sites = db
        .prepare(
            "SELECT s.key, s.name, count(h.article_id), coalesce(sum(h.versions), 0),
                coalesce(sum(h.versions > 1), 0), coalesce(sum(h.state = 'gone'), 0),
                (SELECT count(*) FROM queue q JOIN place p ON p.id = q.place_id
                    WHERE p.site = s.key AND q.settled_at IS NULL), max(h.last_seen_at)
             FROM site s LEFT JOIN article a ON a.site_id = s.id LEFT JOIN head h ON h.article_id = a.id
             GROUP BY s.id ORDER BY s.key",
        )?
        .query_map([], |row| {
            Ok(SiteStats {
                site: row.get(0)?,
                name: row.get(1)?,
                articles: row.get(2)?,
                versions: row.get(3)?,
                edited: row.get(4)?,
                gone: row.get(5)?,
                queued: row.get(6)?,
                last_success: time_opt(row.get(7)?),
            })
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let instant = |sql: &str| db.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).map(time_opt);
    Ok(Stats {
        articles: sites.iter().map(|site| site.articles).sum(),
        versions: sites.iter().map(|site| site.versions).sum(),
        edited: sites.iter().map(|site| site.edited).sum(),
        gone: sites.iter().map(|site| site.gone).sum(),
        fetches: number("SELECT count(*) FROM fetch")?,
        pages: number(&format!("SELECT count(*) FROM blob {PAGES}"))?,
        page_bytes: number(&format!("SELECT coalesce(sum(size), 0) FROM blob {PAGES}"))?,
        page_stored: number("SELECT coalesce(sum(length(data)), 0) FROM blob")?,
        queued: number("SELECT count(*) FROM queue WHERE settled_at IS NULL")?,
        runs: number("SELECT count(*) FROM run")?,
        last_run: instant("SELECT max(started_at) FROM run")?,
        first_seen: instant("SELECT min(first_seen_at) FROM article")?,
        last_seen: instant("SELECT max(first_seen_at) FROM article")?,
        file_bytes: bytes(db, path)?,
        sites,
    })
}

/// Bytes of an archive: of its file, or of its tables and indexes on a server.
pub(super) fn bytes(db: &Connection, path: &Path) -> Result<u64, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        let sql = "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace";
        let bytes: i64 = db.query_row(sql, [], |row| row.get(0))?;
        return Ok(u64::try_from(bytes).unwrap_or(0));
    }
    let _ = db;
    Ok(file_bytes(path))
}

/// Bytes of a file and of its write-ahead log.
fn file_bytes(path: &Path) -> u64 {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let size = |path: &Path| fs::metadata(path).map_or(0, |meta| meta.len());
    size(path) + size(wal.as_ref())
}
