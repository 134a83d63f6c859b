//! Runs: when a crawl began, with which arguments, and how it ended.

use crate::store::engine::{Connection, params};
use jiff::Timestamp;

use super::StoreError;
use crate::model::RunId;

pub(super) fn begin(db: &Connection, started: Timestamp, args: &str) -> Result<RunId, StoreError> {
    db.prepare_cached("INSERT INTO run (started_at, kliping, args) VALUES (?1, ?2, ?3)")?
        .execute(params![started.as_millisecond(), env!("CARGO_PKG_VERSION"), args])?;
    Ok(RunId(db.last_insert_rowid()))
}

pub(super) fn end(
    db: &Connection,
    run: RunId,
    ended: Timestamp,
    exit: i32,
    summary: &str,
) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE run SET ended_at = ?2, exit_code = ?3, summary = ?4 WHERE id = ?1")?
        .execute(params![run.0, ended.as_millisecond(), exit, summary])?;
    Ok(())
}
