//! Rows of the queue: found by the hash of an address' key, and told apart by the key itself.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::super::{StoreError, sql};
use super::priority;
use crate::model::{Candidate, HostKey, PageUrl, Via, sha256};

/// The row of an address, if it waits or is settled.
pub(in crate::store) fn find(db: &Connection, key: &str) -> Result<Option<i64>, StoreError> {
    let mut rows = db.prepare_cached("SELECT id, url FROM queue WHERE key_hash = ?1")?;
    let mut rows = rows.query([key_hash(key)])?;
    while let Some(row) = rows.next()? {
        if sql::url(&row, "url")?.key() == key {
            return Ok(Some(row.get("id")?));
        }
    }
    Ok(None)
}

/// `true`: it is new, or it was settled and its source says that it changed since.
pub(in crate::store) fn insert(
    db: &Connection,
    key: &str,
    site: &str,
    candidate: &Candidate,
    now: i64,
) -> Result<bool, StoreError> {
    let (url, via) = (candidate.url.without_tracking(), candidate.via.as_str());
    let modified = candidate.modified.map(|t| t.as_millisecond());
    let published = candidate.published.map(|t| t.as_millisecond());
    let newest = published.or(modified).unwrap_or(0);
    let key_hash = key_hash(key);
    let place = place(db, &url.host_key(), site)?;
    let priority = priority(candidate.via);
    let (url, title, content) = (url.as_str(), &candidate.title, &candidate.content);
    let rows = match find(db, key)? {
        None => db
            .prepare_cached(
                "INSERT INTO queue (key_hash, place_id, url, via, priority, newest, added_at, tries, published_at,
                    title, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10)",
            )?
            .execute(params![key_hash, place, url, via, priority, newest, now, published, title, content])?,
        Some(id) => db
            .prepare_cached(
                "UPDATE queue SET url = ?2, via = ?3, priority = ?4, newest = ?5, added_at = ?6, not_before = NULL,
                    settled_at = NULL, tries = 0, error = NULL, published_at = ?7, title = ?8, content = ?9
                 WHERE id = ?1 AND (settled_at IS NOT NULL AND (?10 > settled_at OR ?3 = 'user')
                    OR settled_at IS NULL AND ?3 = 'user' AND via <> 'user')",
            )?
            .execute(params![id, url, via, priority, newest, now, published, title, content, modified])?,
    };
    Ok(rows == 1)
}

/// The row of a host's pages of a site.
pub(super) fn place(db: &Connection, host: &HostKey, site: &str) -> Result<i64, StoreError> {
    let found = db
        .prepare_cached("SELECT id FROM place WHERE host = ?1 AND site = ?2")?
        .query_row([host.as_str(), site], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO place (host, site) VALUES (?1, ?2)")?.execute([host.as_str(), site])?;
    Ok(db.last_insert_rowid())
}

/// Sixty-four bits of a key.
pub(in crate::store) fn key_hash(key: &str) -> i64 {
    let mut first = [0; 8];
    first.copy_from_slice(&sha256(key.as_bytes()).0[..8]);
    i64::from_be_bytes(first)
}

/// Moves the rows of the queue as it was before, in the order in which they were added.
pub(in crate::store) fn take_over(db: &Connection) -> Result<(), StoreError> {
    let mut rows = db.prepare("SELECT * FROM queue_before ORDER BY added_at, key")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (url, via): (PageUrl, String) = (sql::url(&row, "url")?, row.get("via")?);
        let (published, modified): (Option<i64>, Option<i64>) =
            (row.get("published_at")?, row.get("modified_at")?);
        let site: String = row.get("site")?;
        db.prepare_cached(
            "INSERT INTO queue (key_hash, place_id, url, via, priority, newest, added_at, not_before, settled_at, tries,
                error, published_at, title, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            key_hash(&url.key()),
            place(db, &url.host_key(), &site)?,
            url.as_str(),
            via,
            priority(Via::from_stored(&via)),
            published.or(modified).unwrap_or(0),
            row.get::<_, i64>("added_at")?,
            row.get::<_, i64>("not_before")?,
            row.get::<_, Option<i64>>("settled_at")?,
            row.get::<_, i64>("tries")?,
            row.get::<_, Option<String>>("error")?,
            published,
            row.get::<_, Option<String>>("title")?,
            row.get::<_, Option<String>>("content")?,
        ])?;
    }
    Ok(db.execute_batch("DROP TABLE queue_before")?)
}
