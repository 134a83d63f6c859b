//! What of a version stands in the search index.

use crate::store::engine::{Connection, params};

use super::super::StoreError;

/// Puts a version into the search index.
pub(in crate::store) fn add(
    db: &Connection,
    version: i64,
    title: &str,
    body: &str,
) -> Result<(), StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return super::server::add(db, version, title, body);
    }
    db.prepare_cached("INSERT INTO fts (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![version, title, body])?;
    Ok(())
}

/// Takes a version out of the search index, with the very text it was put in with.
pub(in crate::store) fn remove(db: &Connection, version: i64) -> Result<(), StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return super::server::remove(db, version);
    }
    db.prepare_cached(
        "INSERT INTO fts (fts, rowid, title, body) SELECT 'delete', id, title, coalesce(body, '')
         FROM version WHERE id = ?1 AND redacted_at IS NULL",
    )?
    .execute([version])?;
    Ok(())
}

/// Builds the index anew from the texts of the latest versions.
pub(in crate::store) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return super::server::rebuild(db);
    }
    db.execute("INSERT INTO fts (fts) VALUES ('rebuild')", [])?;
    Ok(())
}
