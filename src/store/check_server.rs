//! Whether a server keeps what it says it keeps, and whether the archive on it is sound.

use crate::store::engine::Connection;

use super::{Check, StoreError};

/// Servers before this one are not tested; their makers look after them no longer either.
const OLDEST: i64 = 140_000;
/// So many dead rows of a hundred are worth a word, where there are more than a few.
const MANY_DEAD: i64 = 30;

pub(super) fn check(db: &Connection) -> Result<Vec<Check>, StoreError> {
    let mut checks = vec![version(db)?];
    checks.extend(settings(db)?);
    checks.push(replicas(db)?);
    checks.push(bloat(db)?);
    Ok(checks)
}

fn setting(db: &Connection, name: &str) -> Result<String, StoreError> {
    Ok(db.query_row("SELECT current_setting(?1)", [name], |row| row.get(0))?)
}

fn version(db: &Connection) -> Result<Check, StoreError> {
    let number: i64 =
        db.query_row("SELECT current_setting('server_version_num')::bigint", [], |row| row.get(0))?;
    let name = setting(db, "server_version")?;
    Ok(if number < OLDEST {
        Check::warn("server", format!("PostgreSQL {name}"), "use PostgreSQL 14 or newer")
    } else {
        Check::ok("server", format!("PostgreSQL {name}"))
    })
}

/// Settings with which a power cut takes what was told as stored, or more.
fn settings(db: &Connection) -> Result<Vec<Check>, StoreError> {
    let mut checks = Vec::new();
    for (name, loses) in [
        ("fsync", "a power cut may ruin the whole database"),
        ("full_page_writes", "a power cut may ruin pages of the database"),
    ] {
        if setting(db, name)? == "off" {
            checks.push(Check::fail(
                "settings",
                format!("{name} is off: {loses}"),
                format!("set {name} = on"),
            ));
        }
    }
    if setting(db, "synchronous_commit")? == "off" {
        checks.push(Check::warn(
            "settings",
            "synchronous_commit is off: a crash takes what was stored last, and its pages are asked for again",
            "set synchronous_commit = on",
        ));
    }
    if checks.is_empty() {
        checks.push(Check::ok(
            "settings",
            "what is stored is on the disk (fsync, full_page_writes, synchronous_commit)",
        ));
    }
    Ok(checks)
}

/// How far standbys are behind, as far as our role may see it, and what the server keeps for those that are away.
fn replicas(db: &Connection) -> Result<Check, StoreError> {
    let (standbys, seen, behind): (i64, i64, Option<i64>) = db.query_row(
        "SELECT count(*), count(replay_lsn), max(pg_wal_lsn_diff(here, replay_lsn))::bigint
         FROM pg_stat_replication, LATERAL (SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
            ELSE pg_current_wal_lsn() END AS here) own",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let away: i64 =
        db.query_row("SELECT count(*) FROM pg_replication_slots WHERE NOT active", [], |row| row.get(0))?;
    let bytes = behind.unwrap_or(0);
    let (mib, kib) = (bytes >> 20, bytes >> 10);
    Ok(if away > 0 {
        Check::warn(
            "standbys",
            format!(
                "{standbys}, and {away} that are away, for which the server keeps its log until its disk is full"
            ),
            "start them again, or drop their slots (pg_drop_replication_slot)",
        )
    } else if standbys == 0 {
        Check::ok("standbys", "none: a copy elsewhere is your backup's task")
    } else if seen < standbys {
        Check::ok(
            "standbys",
            format!("{standbys}; how far they are behind is shown to roles with pg_monitor"),
        )
    } else if mib >= 64 {
        Check::warn(
            "standbys",
            format!("{standbys}, {mib} MiB behind"),
            "look at the network and the disk of the standby",
        )
    } else {
        Check::ok("standbys", format!("{standbys}, {kib} KiB behind"))
    })
}

/// Rows that are dead and still take room: autovacuum does not keep up.
fn bloat(db: &Connection) -> Result<Check, StoreError> {
    let (dead, worst): (i64, Option<String>) = db.query_row(
        "SELECT count(*), min(relname) FROM pg_stat_user_tables WHERE schemaname = current_schema()
            AND n_dead_tup > 10000 AND n_dead_tup * 100 > (n_live_tup + n_dead_tup) * ?1",
        [MANY_DEAD],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(match worst {
        None => Check::ok("bloat", "no table holds many dead rows"),
        Some(table) => Check::warn(
            "bloat",
            format!("{dead} tables hold many dead rows, the first: {table}"),
            "look whether autovacuum is on; VACUUM the table",
        ),
    })
}
