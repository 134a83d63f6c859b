//! What pruning asks of a server beside the deletions themselves.

use crate::store::engine::{Connection, TransactionBehavior};

use super::super::StoreError;

/// Fewer rows than this are looked up in the versions one by one.
const FEW: usize = 20;

/// The server looks for what names each request that goes. Where many go, an index helps it, which nothing
/// else needs: it is made for that, while nobody writes, and goes again.
pub(super) fn indexed<T>(
    db: &mut Connection,
    rows: usize,
    work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if rows < FEW {
        return work(db);
    }
    in_transaction(
        db,
        "CREATE INDEX IF NOT EXISTS prune_version ON version (fetch_id);
         CREATE INDEX IF NOT EXISTS prune_event ON event (fetch_id) WHERE fetch_id IS NOT NULL",
    )?;
    let done = work(db);
    let dropped = in_transaction(db, "DROP INDEX IF EXISTS prune_version, prune_event");
    let done = done?;
    dropped.map(|()| done)
}

fn in_transaction(db: &mut Connection, sql: &str) -> Result<(), StoreError> {
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(&format!("SET LOCAL statement_timeout = 0; {sql}"))?;
    Ok(transaction.commit()?)
}

/// What rows went from is written over by those that come: to make files smaller, the server would have to
/// lock the tables for as long as that takes (`VACUUM FULL`), which is for whoever runs it to decide.
pub(super) fn give_back(db: &Connection) -> Result<(), StoreError> {
    ["blob", "fetch", "queue"].iter().try_for_each(|table| Ok(db.execute_batch(&format!("VACUUM {table}"))?))
}

/// Room for the sets of row numbers that a choice is made from: where they do not fit, the server would go
/// through them for every row.
pub(super) fn make_room(db: &Connection) -> Result<(), StoreError> {
    match db.postgres() {
        Some(_) => Ok(db.execute_batch("SET work_mem = '256MB'")?),
        None => Ok(()),
    }
}
