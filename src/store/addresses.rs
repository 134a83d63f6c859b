//! The keys that addresses are known by.

use crate::store::engine::{Connection, params};

use super::{StoreError, sql};

/// Gives every address the key that it has by today's rules, beside the one it was stored by. What two
/// articles would share stays with the one that had it.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    // Only the other keys are held: of a million addresses hardly any has one.
    let mut other: Vec<(String, String)> = Vec::new();
    let mut statement = db.prepare("SELECT key, url FROM address")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (old, new): (String, String) = (row.get("key")?, sql::url(&row, "url")?.key());
        if new != old {
            other.push((old, new));
        }
    }
    let mut add = db.prepare(
        "INSERT INTO address (key, article_id, url, role, from_at)
         SELECT ?2, article_id, url, role, from_at FROM address WHERE key = ?1 ON CONFLICT (key) DO NOTHING",
    )?;
    for (old, new) in other {
        add.execute(params![old, new])?;
    }
    Ok(())
}
