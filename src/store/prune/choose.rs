//! What is too old.

use crate::store::engine::{Connection, Params, named_params};
use jiff::Timestamp;

use super::super::StoreError;

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PruneQuery {
    /// Stored pages that were last seen before then.
    pub pages_before: Option<Timestamp>,
    /// Also the page of an article's latest version.
    pub even_latest: bool,
    /// Requests before then that brought nothing (the same, 304, robots.txt, an error); of each article the last
    /// that found it unchanged stays, as do those that a version or an event names.
    pub fetches_before: Option<Timestamp>,
    /// Addresses that were settled before then (no article, gone, given up): a list that names them again
    /// brings them back.
    pub settled_before: Option<Timestamp>,
    /// Only of this site.
    pub site: Option<String>,
}

/// What went, or would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Stored pages.
    pub pages: i64,
    /// Their bytes, as they are stored.
    pub page_bytes: i64,
    /// Requests.
    pub fetches: i64,
    /// Bytes of their rows, about.
    pub fetch_bytes: i64,
    /// Settled addresses.
    pub settled: i64,
    /// Bytes of their rows, about.
    pub settled_bytes: i64,
}

/// Requests that brought nothing and that nothing names. (PostgreSQL takes the type of a value from where it stands
/// first: it is compared before it is asked whether there is one.)
const FOLD: &str = "SELECT id FROM fetch WHERE at < :fetches AND outcome IN ('same', 'not_modified', 'robots', 'error')
        AND (site_id = (SELECT id FROM site WHERE key = :site) OR :site IS NULL)
        AND id NOT IN (SELECT fetch_id FROM version)
        AND id NOT IN (SELECT fetch_id FROM event WHERE fetch_id IS NOT NULL)
        AND id NOT IN (SELECT max(id) FROM fetch WHERE article_id IS NOT NULL AND outcome IN ('same', 'not_modified')
            GROUP BY article_id)";

/// Row and bytes.
pub(super) type Row = (i64, i64);

fn ms(at: Option<Timestamp>) -> Option<i64> {
    at.map(|at| at.as_millisecond())
}

/// Pages whose every request is too old or goes, but for those that others are packed with.
pub(super) fn pages(db: &Connection, query: &PruneQuery) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "WITH fold AS MATERIALIZED ({FOLD}),
            asked AS (SELECT blob_id, max(CASE WHEN id IN (SELECT id FROM fold) THEN NULL ELSE at END) AS at,
                    max(site_id) AS site, min(site_id) AS other
                FROM fetch WHERE blob_id IS NOT NULL GROUP BY blob_id),
            latest AS MATERIALIZED (SELECT f.blob_id AS id FROM head h JOIN version v ON v.id = h.version_id
                JOIN fetch f ON f.id = v.fetch_id WHERE f.blob_id IS NOT NULL),
            bases AS MATERIALIZED (SELECT base_id AS id FROM blob WHERE base_id IS NOT NULL AND data IS NOT NULL
                UNION SELECT blob_id FROM page_reference WHERE blob_id IS NOT NULL)
         SELECT b.id, length(b.data) FROM asked a JOIN blob b ON b.id = a.blob_id
         WHERE b.data IS NOT NULL AND b.id NOT IN (SELECT id FROM bases) AND (a.at IS NULL OR a.at < :pages)
            AND (:latest OR b.id NOT IN (SELECT id FROM latest))
            AND (a.site = a.other AND a.site = (SELECT id FROM site WHERE key = :site) OR :site IS NULL)
         ORDER BY b.id"
    );
    let values = named_params! {
        ":fetches": ms(query.fetches_before), ":site": query.site, ":pages": ms(query.pages_before),
        ":latest": query.even_latest,
    };
    rows(db, &sql, values)
}

/// Requests that brought nothing.
pub(super) fn fetches(db: &Connection, query: &PruneQuery) -> Result<Vec<Row>, StoreError> {
    let sql = format!(
        "SELECT id, 60 + length(requested) + coalesce(length(url), 0) + coalesce(length(message), 0)
            + coalesce(length(etag), 0) + coalesce(length(last_modified), 0) + coalesce(length(content_type), 0)
         FROM fetch WHERE id IN ({FOLD}) ORDER BY id"
    );
    rows(db, &sql, named_params! { ":fetches": ms(query.fetches_before), ":site": query.site })
}

/// Addresses that were settled.
pub(super) fn settled(db: &Connection, query: &PruneQuery) -> Result<Vec<Row>, StoreError> {
    rows(
        db,
        "SELECT q.id, 60 + length(q.url) + coalesce(length(q.title), 0) + coalesce(length(q.content), 0)
         FROM queue q JOIN place p ON p.id = q.place_id
         WHERE q.settled_at < :settled AND (p.site = :site OR :site IS NULL) ORDER BY q.id",
        named_params! { ":settled": ms(query.settled_before), ":site": query.site },
    )
}

/// References that no page is packed with and no site packs with now.
pub(super) fn unused_references(db: &Connection) -> Result<Vec<Row>, StoreError> {
    rows(
        db,
        "SELECT b.id, length(b.data) FROM blob b WHERE b.data IS NOT NULL
            AND b.id NOT IN (SELECT blob_id FROM fetch WHERE blob_id IS NOT NULL)
            AND b.id NOT IN (SELECT base_id FROM blob WHERE base_id IS NOT NULL AND data IS NOT NULL)
            AND b.id NOT IN (SELECT blob_id FROM page_reference WHERE blob_id IS NOT NULL)",
        [],
    )
}

fn rows(db: &Connection, sql: &str, values: impl Params) -> Result<Vec<Row>, StoreError> {
    #[cfg(feature = "postgres")]
    super::server::make_room(db)?;
    Ok(db
        .prepare(sql)?
        .query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?)
}
