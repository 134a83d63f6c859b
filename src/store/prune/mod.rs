//! Retention: stored pages, requests that brought nothing, addresses that are settled. Texts never go.

mod choose;
#[cfg(feature = "postgres")]
mod server;

use crate::store::engine::{Connection, TransactionBehavior, params};

use super::{Reader, StoreError, guard};
use choose::Row;

pub use choose::{PruneQuery, Pruned};

/// Rows that go in one transaction: a crawl that writes meanwhile never waits long.
const BATCH: usize = 500;
/// Pages of the file that are given back in one go.
const GIVEN_BACK: i64 = 2000;

impl Reader {
    /// What letting go of what is too old would take.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn prunable(&self, query: &PruneQuery) -> Result<Pruned, StoreError> {
        let sum = |rows: Vec<Row>| (rows.len() as i64, rows.iter().map(|(_, bytes)| bytes).sum::<i64>());
        let (pages, page_bytes) = sum(choose::pages(&self.db, query)?);
        let (fetches, fetch_bytes) = sum(choose::fetches(&self.db, query)?);
        let (settled, settled_bytes) = sum(choose::settled(&self.db, query)?);
        Ok(Pruned { pages, page_bytes, fetches, fetch_bytes, settled, settled_bytes })
    }
}

/// Takes out what is too old, in small transactions, and gives the room back to the disk (on a server: to what
/// comes next). When it is interrupted, what went is gone and the rest is there.
pub(super) fn prune(db: &mut Connection, query: &PruneQuery, now: i64) -> Result<Pruned, StoreError> {
    let mut done = Pruned::default();
    // Pages first: which of them are wanted by requests that go is known only as long as these are there.
    let pages = choose::pages(db, query)?;
    (done.pages, done.page_bytes) = each(db, &pages, EMPTY_PAGE, now)?;
    let fetches = choose::fetches(db, query)?;
    (done.fetches, done.fetch_bytes) = forget(db, &fetches, now)?;
    let settled = choose::settled(db, query)?;
    (done.settled, done.settled_bytes) = each(db, &settled, "DELETE FROM queue WHERE id = ?1", now)?;
    // References that nothing is packed with any more.
    let unused = choose::unused_references(db)?;
    done.page_bytes += each(db, &unused, EMPTY_PAGE, now)?.1;
    give_back(db)?;
    Ok(done)
}

/// Takes out requests that nothing names.
fn forget(db: &mut Connection, fetches: &[Row], now: i64) -> Result<(i64, i64), StoreError> {
    const FORGET: &str = "DELETE FROM fetch WHERE id = ?1";
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::indexed(db, fetches.len(), |db| each(db, fetches, FORGET, now));
    }
    // References between rows are looked after here: SQLite would go through all versions for each row.
    db.file()?.pragma_update(None, "foreign_keys", false)?;
    let folded = each(db, fetches, FORGET, now);
    db.file()?.pragma_update(None, "foreign_keys", true)?;
    folded
}

/// Takes the bytes of a page.
const EMPTY_PAGE: &str = "UPDATE blob SET data = NULL WHERE id = ?1";

/// Runs a statement for each row, so many a transaction; how many there were, and their bytes. Pages that
/// went are noted.
fn each(db: &mut Connection, rows: &[Row], sql: &str, now: i64) -> Result<(i64, i64), StoreError> {
    let mut all = (0, 0);
    for rows in rows.chunks(BATCH) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (mut count, mut bytes) = (0, 0);
        guard::lifted(&tx, "prune", || {
            for (id, size) in rows {
                tx.prepare_cached(sql)?.execute([id])?;
                (count, bytes) = (count + 1, bytes + size);
            }
            if sql == EMPTY_PAGE { note(&tx, "prune", count, bytes, now) } else { Ok(()) }
        })?;
        tx.commit()?;
        all = (all.0 + count, all.1 + bytes);
    }
    Ok(all)
}

/// Notes that pages were taken out.
pub(super) fn note(db: &Connection, why: &str, pages: i64, bytes: i64, at: i64) -> Result<(), StoreError> {
    if pages == 0 {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO taken (at, why, pages, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at, why, pages, bytes])?;
    Ok(())
}

/// Makes the file smaller by what is free in it.
fn give_back(db: &Connection) -> Result<(), StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::give_back(db);
    }
    loop {
        let free: i64 = db.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
        if free == 0 {
            break;
        }
        let mut step = db.prepare(&format!("PRAGMA incremental_vacuum({GIVEN_BACK})"))?;
        let mut rows = step.query([])?;
        while rows.next()?.is_some() {}
        drop(rows);
        let left: i64 = db.query_row("PRAGMA freelist_count", [], |row| row.get(0))?;
        // An archive that was made without it keeps its size; its free pages are used again.
        if left >= free {
            break;
        }
    }
    // Somebody may read an old state; then the log is folded in by whoever closes the file last.
    Ok(db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}
