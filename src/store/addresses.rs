//! The keys that addresses are known by.

use crate::store::engine::{Connection, params};

use super::{StoreError, sql};
use crate::model::PageUrl;

/// Gives every address the key that it has by today's rules, beside the one it was stored by. What two
/// articles would share stays with the one that had it.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    let known: Vec<(String, PageUrl)> = db
        .prepare("SELECT key, url FROM address")?
        .query_map([], |row| Ok((row.get("key")?, sql::url(row, "url")?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut add = db.prepare(
        "INSERT INTO address (key, article_id, url, role, from_at)
         SELECT ?2, article_id, url, role, from_at FROM address WHERE key = ?1 ON CONFLICT (key) DO NOTHING",
    )?;
    for (old, url) in known {
        let new = url.key();
        if new != old {
            add.execute(params![old, new])?;
        }
    }
    Ok(())
}
