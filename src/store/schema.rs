//! The schema's version: brought up to date when the archive is opened for writing, checked when it
//! is opened for reading, refused when it is newer.

use std::path::Path;
use std::thread;
use std::time::Duration;

use rusqlite::ErrorCode;

use super::engine::{Connection, TransactionBehavior, params};
use super::{StoreError, addresses, alike, chain, changes, lines, open, openings, queue};
use crate::model::sha256;

/// `klip`: tells an archive from any other SQLite file (`file` and `sqlite3` show it too).
pub(super) const APPLICATION_ID: i64 = 0x6b6c_6970;

/// A step of the schema, and what fills its derived tables from the facts there are.
pub(super) struct Step {
    pub(super) sql: &'static str,
    pub(super) fill: &'static [Fill],
}

pub(super) type Fill = fn(&Connection) -> Result<(), StoreError>;

/// The steps from an empty file to today's schema, in order. A step that was ever released is
/// never edited; a change is a new step.
const MIGRATIONS: &[Step] = &[
    Step { sql: include_str!("migrations/0001_init.sql"), fill: &[] },
    Step { sql: include_str!("migrations/0002_listed.sql"), fill: &[] },
    Step { sql: include_str!("migrations/0003_lines.sql"), fill: &[lines::rebuild] },
    Step { sql: include_str!("migrations/0004_openings.sql"), fill: &[openings::rebuild] },
    Step { sql: include_str!("migrations/0005_polling.sql"), fill: &[] },
    Step { sql: include_str!("migrations/0006_simhash.sql"), fill: &[alike::rebuild, addresses::rebuild] },
    Step { sql: include_str!("migrations/0007_queue.sql"), fill: &[queue::take_over] },
    Step { sql: include_str!("migrations/0008_chain.sql"), fill: &[chain::begin] },
    Step { sql: include_str!("migrations/0009_taken_out.sql"), fill: &[] },
    Step { sql: include_str!("migrations/0010_changes.sql"), fill: &[changes::rebuild] },
];

/// The newest schema this program knows.
pub(super) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Settings that live in the connection, and those that an empty file takes for good.
fn settings(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "foreign_keys", true)?;
    // WAL + NORMAL: a killed process loses nothing that was committed; only a power cut may take
    // the last commits with it, and never the file's consistency.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    Ok(())
}

/// When two connections switch a new file at once, SQLite tells one of them "busy" without asking its
/// busy handler (waiting there could be a deadlock): so ask again, for as long as that one would wait.
fn switch_to_wal(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    let pause = Duration::from_millis(5);
    for _ in 0..open::BUSY.as_millis() / pause.as_millis() {
        match connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => thread::sleep(pause),
            done => return Ok(done?),
        }
    }
    Err(StoreError::Busy)
}

pub(super) fn bring_up_to_date(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = version(connection)?;
    if is_empty(connection)? {
        // 4 KiB, as measured: pages of 16 KiB wrote 2.6 times as much and took 17 % more room.
        connection.file()?.pragma_update(None, "page_size", 4096)?;
        connection.file()?.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    } else {
        refuse_strangers(connection, path, found)?;
    }
    let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if journal != "wal" {
        switch_to_wal(connection.file()?)?;
    }
    settings(connection.file()?)?;
    if found == NEWEST {
        return Ok(());
    }
    for (step, Step { sql, fill }) in (1..).zip(MIGRATIONS) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster: look again, now that we hold the lock.
        if version(&transaction)? < step {
            transaction.execute_batch(sql)?;
            fill.iter().try_for_each(|fill| fill(&transaction))?;
            transaction.execute(
                "INSERT INTO migration (n, sha256, applied_at, kliping)
                 VALUES (?1, ?2, CAST(unixepoch('subsec') * 1000 AS INTEGER), ?3)",
                params![step, sha256(sql.as_bytes()).0, env!("CARGO_PKG_VERSION")],
            )?;
            transaction.file()?.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.file()?.pragma_update(None, "user_version", step)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// An empty archive in memory: what the schema must be.
pub(super) fn blank() -> Result<Connection, StoreError> {
    let connection = Connection::Sqlite(rusqlite::Connection::open_in_memory()?);
    for step in MIGRATIONS {
        connection.execute_batch(step.sql)?;
        step.fill.iter().try_for_each(|fill| fill(&connection))?;
    }
    Ok(connection)
}

/// Whether a read-only connection can be used as it is.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let found = version(connection)?;
    if is_empty(connection)? {
        return Err(StoreError::NoArchive(path.to_owned()));
    }
    refuse_strangers(connection, path, found)?;
    refuse_older(found, path)
}

fn refuse_strangers(connection: &Connection, path: &Path, found: i64) -> Result<(), StoreError> {
    let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(StoreError::NotArchive(path.to_owned()));
    }
    refuse_newer(found, path)
}

/// A newer kliping wrote it.
pub(super) fn refuse_newer(found: i64, path: &Path) -> Result<(), StoreError> {
    if found > NEWEST {
        return Err(StoreError::NewerSchema { path: path.to_owned(), found, known: NEWEST });
    }
    Ok(())
}

/// It must be brought up to date before it is read.
pub(super) fn refuse_older(found: i64, path: &Path) -> Result<(), StoreError> {
    if found < NEWEST {
        return Err(StoreError::OlderSchema { path: path.to_owned(), found, known: NEWEST });
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn is_empty(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?)
}
