//! Retention: stored pages, requests that brought nothing, addresses that are settled. Texts never go.

mod choose;

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Reader, StoreError};

pub use choose::{PruneQuery, Pruned};

/// Rows that go in one transaction: a crawl that writes meanwhile never waits long.
const BATCH: usize = 500;
/// Pages of the file that are given back in one go.
const GIVEN_BACK: i64 = 2000;

/// Why stored pages were taken out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    Redact,
    Prune,
}

impl Reader {
    /// What letting go of what is too old would take.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn prunable(&self, query: &PruneQuery) -> Result<Pruned, StoreError> {
        let mut pruned = Pruned::default();
        for (_, bytes) in choose::pages(&self.db, query)? {
            pruned.pages += 1;
            pruned.page_bytes += bytes;
        }
        for (_, bytes) in choose::fetches(&self.db, query)? {
            pruned.fetches += 1;
            pruned.fetch_bytes += bytes;
        }
        for (_, bytes) in choose::settled(&self.db, query)? {
            pruned.settled += 1;
            pruned.settled_bytes += bytes;
        }
        Ok(pruned)
    }
}

/// Takes out what is too old, in small transactions, and gives the room back to the disk. When it is
/// interrupted, what went is gone and the rest is there.
pub(super) fn prune(db: &mut Connection, query: &PruneQuery, now: i64) -> Result<Pruned, StoreError> {
    let mut done = Pruned::default();
    // Pages first: which of them are wanted by requests that go is known only as long as these are there.
    let pages = choose::pages(db, query)?;
    each(
        db,
        &pages,
        |tx, id, bytes| {
            tx.prepare_cached("UPDATE blob SET data = NULL WHERE id = ?1")?.execute([id])?;
            (done.pages, done.page_bytes) = (done.pages + 1, done.page_bytes + bytes);
            Ok(1)
        },
        now,
    )?;
    // References between rows are looked after here: SQLite would go through all versions for each row.
    db.pragma_update(None, "foreign_keys", false)?;
    let fetches = choose::fetches(db, query)?;
    let folded = each(
        db,
        &fetches,
        |tx, id, bytes| {
            tx.prepare_cached("DELETE FROM fetch WHERE id = ?1")?.execute([id])?;
            (done.fetches, done.fetch_bytes) = (done.fetches + 1, done.fetch_bytes + bytes);
            Ok(0)
        },
        now,
    );
    db.pragma_update(None, "foreign_keys", true)?;
    folded?;
    let settled = choose::settled(db, query)?;
    each(
        db,
        &settled,
        |tx, id, bytes| {
            tx.prepare_cached("DELETE FROM queue WHERE id = ?1")?.execute([id])?;
            (done.settled, done.settled_bytes) = (done.settled + 1, done.settled_bytes + bytes);
            Ok(0)
        },
        now,
    )?;
    // References that nothing is packed with any more.
    let unused = choose::unused_references(db)?;
    each(
        db,
        &unused,
        |tx, id, bytes| {
            tx.prepare_cached("UPDATE blob SET data = NULL WHERE id = ?1")?.execute([id])?;
            done.page_bytes += bytes;
            Ok(1)
        },
        now,
    )?;
    give_back(db)?;
    Ok(done)
}

/// Calls `take` for each row, so many a transaction; it tells how many pages it took out.
fn each(
    db: &mut Connection,
    rows: &[(i64, i64)],
    mut take: impl FnMut(&Connection, i64, i64) -> Result<i64, StoreError>,
    now: i64,
) -> Result<(), StoreError> {
    for rows in rows.chunks(BATCH) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute("INSERT INTO guard (what) VALUES ('prune')", [])?;
        let (mut pages, mut bytes) = (0, 0);
        for (id, size) in rows {
            let page = take(&tx, *id, *size)?;
            (pages, bytes) = (pages + page, bytes + page * size);
        }
        note(&tx, Why::Prune, pages, bytes, now)?;
        tx.execute("DELETE FROM guard", [])?;
        tx.commit()?;
    }
    Ok(())
}

/// Notes that pages were taken out.
pub(super) fn note(db: &Connection, why: Why, pages: i64, bytes: i64, at: i64) -> Result<(), StoreError> {
    if pages == 0 {
        return Ok(());
    }
    let why = match why {
        Why::Redact => "redact",
        Why::Prune => "prune",
    };
    db.prepare_cached("INSERT INTO taken (at, why, pages, bytes) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at, why, pages, bytes])?;
    Ok(())
}

/// Makes the file smaller by what is free in it.
fn give_back(db: &Connection) -> Result<(), StoreError> {
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
