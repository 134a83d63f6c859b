//! Cleaning the file: what was deleted is not only out of the tables but out of the bytes.
//!
//! A deleted text is still in the segments of the search index until they are merged, in free pages of the
//! file until something else is written there, and in the write-ahead log until it is folded in. So: merge
//! the index, write the whole file anew, and empty the log.

use crate::store::engine::{Connection, OptionalExtension};

use super::{StoreError, redact};

/// Cleans the file of an archive. Needs room for a second copy of it, and nobody who reads an old state.
pub(super) fn scrub(db: &mut Connection) -> Result<(), StoreError> {
    let Some(file) = db.sqlite() else { return on_server(db) };
    file.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    db.execute("INSERT INTO fts (fts) VALUES ('optimize')", [])?;
    db.execute_batch("VACUUM")?;
    empty_log(db)?;
    db.execute("DELETE FROM chore WHERE what = ?1", [redact::SCRUB])?;
    empty_log(db)
}

/// What held texts on a server.
const HELD: &[&str] = &["version", "event", "fetch", "blob", "queue", "fts", "head", "simhash"];

/// On a server every table that held texts is written anew; its write-ahead log and its backups are for
/// whoever runs it to look after.
fn on_server(db: &Connection) -> Result<(), StoreError> {
    for table in HELD {
        db.execute_batch(&format!("VACUUM (FULL) {table}"))?;
    }
    db.execute("DELETE FROM chore WHERE what = ?1", [redact::SCRUB])?;
    Ok(())
}

/// Folds the write-ahead log into the file and cuts it off.
fn empty_log(db: &Connection) -> Result<(), StoreError> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Busy) } else { Ok(()) }
}

/// Since when traces of texts that were taken out may be in the file (milliseconds).
pub(super) fn waiting(db: &Connection) -> Result<Option<i64>, StoreError> {
    Ok(db
        .prepare_cached("SELECT since_at FROM chore WHERE what = ?1")?
        .query_row([redact::SCRUB], |row| row.get(0))
        .optional()?)
}
