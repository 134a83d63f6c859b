//! Opening an archive on PostgreSQL: its schema is made or brought up to date under a lock, so that any
//! number of processes may come at once.

use super::engine::pg::{Address, Role, Session};
use super::engine::{Connection, TransactionBehavior, params};
use super::schema::Step;
use super::{Mode, StoreError, changes, schema};
use crate::model::sha256;

/// The steps by their numbers to today's schema: the first makes at once what the steps of a file make up to its number, then
/// each step of a file has its twin here. A step that was ever released is never edited.
const STEPS: &[(i64, Step)] = &[
    (9, Step { sql: include_str!("migrations/postgres/0009_init.sql"), fill: &[] }),
    (10, Step { sql: include_str!("migrations/postgres/0010_changes.sql"), fill: &[changes::rebuild] }),
];

/// Opens the session that writes, and brings the schema up to date.
pub(super) fn read_write(address: &Address, mode: Mode) -> Result<Connection, StoreError> {
    let mut connection = open(address, Role::Write)?;
    let found = version(&connection, address)?;
    if found.is_none() && mode != Mode::Create {
        return Err(StoreError::NoArchive(address.path().to_owned()));
    }
    schema::refuse_newer(found.unwrap_or(0), address.path())?;
    if found != Some(schema::NEWEST) {
        bring_up_to_date(&mut connection, address)?;
    }
    Ok(connection)
}

/// Opens a session that only reads.
pub(super) fn read_only(address: &Address) -> Result<Connection, StoreError> {
    let connection = open(address, Role::Read)?;
    let Some(found) = version(&connection, address)? else {
        return Err(StoreError::NoArchive(address.path().to_owned()));
    };
    schema::refuse_newer(found, address.path())?;
    schema::refuse_older(found, address.path())?;
    Ok(connection)
}

fn open(address: &Address, role: Role) -> Result<Connection, StoreError> {
    Ok(Connection::Postgres(Box::new(Session::open(address, role)?)))
}

/// Holds the archive for one crawl, or with others that share it, for as long as the connection lives.
pub(super) fn hold(address: &Address, shared: bool) -> Result<Option<Connection>, StoreError> {
    let connection = open(address, Role::Read)?;
    let lock = if shared { "pg_try_advisory_lock_shared" } else { "pg_try_advisory_lock" };
    let sql = format!("SELECT {lock}({CRAWLS}, hashtext(?1))");
    let held: bool = connection.query_row(&sql, [&address.schema], |row| row.get(0))?;
    Ok(held.then_some(connection))
}

/// Holds a part of the work on the archive. One number names it: 64 bits of a hash of schema and part.
pub(super) fn hold_part(address: &Address, part: &str) -> Result<Option<Connection>, StoreError> {
    let connection = open(address, Role::Read)?;
    let hash = sha256(format!("{} {part}", address.schema).as_bytes()).0;
    let number = hash.iter().take(8).fold(0, |number: i64, byte| number << 8 | i64::from(*byte));
    let held: bool = connection.query_row("SELECT pg_try_advisory_lock(?1)", [number], |row| row.get(0))?;
    Ok(held.then_some(connection))
}

/// `craw`, in whose name a crawl has an archive for itself.
const CRAWLS: i32 = 0x6372_6177;

fn bring_up_to_date(connection: &mut Connection, address: &Address) -> Result<(), StoreError> {
    // Another process may be faster: its schema is there when we have the lock.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch("SET LOCAL statement_timeout = 0")?;
    // Whoever was given a schema may be allowed to make none, not even one that is there.
    let missing: bool =
        transaction
            .query_row("SELECT to_regnamespace(?1) IS NULL", [quoted(&address.schema)], |row| row.get(0))?;
    if missing {
        transaction.execute_batch(&format!("CREATE SCHEMA {}", quoted(&address.schema)))?;
    }
    let found = version(&transaction, address)?.unwrap_or(0);
    for (step, Step { sql, fill }) in STEPS.iter().filter(|(step, _)| *step > found) {
        transaction.execute_verbatim(sql)?;
        fill.iter().try_for_each(|fill| fill(&transaction))?;
        transaction.execute(
            "INSERT INTO migration (n, sha256, applied_at, kliping) VALUES (?1, ?2, now_ms(), ?3)",
            params![step, sha256(sql.as_bytes()).0, env!("CARGO_PKG_VERSION")],
        )?;
    }
    Ok(transaction.commit()?)
}

/// A name that may be one of the server's own words.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// The archive's schema; none when there is no archive.
fn version(connection: &Connection, address: &Address) -> Result<Option<i64>, StoreError> {
    let (empty, ours): (bool, bool) = connection.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = ?1), to_regclass(?2) IS NOT NULL",
        [&address.schema, &format!("{}.migration", quoted(&address.schema))],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if empty {
        return Ok(None);
    }
    if !ours {
        return Err(StoreError::NotArchive(address.path().to_owned()));
    }
    Ok(connection.query_row("SELECT max(n) FROM migration", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_a_file_has_its_twin() {
        let steps: Vec<i64> = STEPS.iter().map(|(step, _)| *step).collect();
        let wanted: Vec<i64> = (9..=schema::NEWEST).collect();
        assert_eq!(steps, wanted, "a step in src/store/migrations/ needs one in migrations/postgres/, too");
    }
}
