//! Facts do not change: triggers refuse. The few jobs that may change some lift the guard for as long as
//! they work, inside of a transaction.

use crate::store::engine::Connection;

use super::StoreError;

/// Works with the guard lifted; `what` says for whom. After an error the transaction is to be rolled back,
/// which puts the guard up again.
pub(super) fn lifted<T>(
    db: &Connection,
    what: &str,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    db.prepare_cached("INSERT INTO guard (what) VALUES (?1)")?.execute([what])?;
    let done = work()?;
    db.prepare_cached("DELETE FROM guard WHERE what = ?1")?.execute([what])?;
    Ok(done)
}
