//! Leases on PostgreSQL: as in a file, but only the database's clock decides, so that machines need not agree
//! about the time. What callers give as their own now only turns the answers into their time.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::store::engine::{Connection, params};

use super::super::{Claim, Lease, StoreError};
use super::{FARTHEST_MS, time};
use crate::model::HostKey;

/// A row that somebody has locked is looked at again that soon.
const LOCKED_MS: i64 = 50;

/// Takes a host that is free and rested, makes the row of one that nobody ever took, or tells how long it is
/// not to be had, all in one statement. A row that is being written to is somebody's: it is not waited for.
const CLAIM: &str = "WITH taken AS (
        UPDATE host SET next_at = now_ms() + ?3 + ?4, token = token + 1, owner = ?2, lease_ms = ?3, delay_ms = ?4
        WHERE host = (SELECT host FROM host WHERE host = ?1 AND next_at <= now_ms() FOR UPDATE SKIP LOCKED)
        RETURNING token),
    made AS (
        INSERT INTO host (host, next_at, token, owner, lease_ms, delay_ms)
        SELECT ?1, now_ms() + ?3 + ?4, 1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM host WHERE host = ?1)
        ON CONFLICT (host) DO NOTHING RETURNING token)
    SELECT (SELECT token FROM taken UNION ALL SELECT token FROM made LIMIT 1) AS token,
        (SELECT next_at - now_ms() FROM host WHERE host = ?1) AS left_ms";

pub(super) fn claim(
    db: &Connection,
    host: &HostKey,
    owner: &str,
    now: i64,
    lease: i64,
    delay: i64,
) -> Result<Claim, StoreError> {
    let (token, left): (Option<i64>, Option<i64>) = db
        .prepare_cached(CLAIM)?
        .query_row(params![host.as_str(), owner, lease, delay], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some(token) = token {
        return Ok(Claim::Granted(Lease { host: host.clone(), token }));
    }
    let left = left.unwrap_or(LOCKED_MS).max(LOCKED_MS);
    if left > FARTHEST_MS {
        db.prepare_cached(
            "UPDATE host SET next_at = now_ms() + ?2 WHERE host = ?1 AND next_at > now_ms() + ?2",
        )?
        .execute(params![host.as_str(), FARTHEST_MS])?;
    }
    Ok(Claim::Busy { until: time(now.saturating_add(left.min(FARTHEST_MS))) })
}

/// Until when each of the hosts is taken or rests.
pub(in crate::store) fn all_busy_until(
    db: &Connection,
    hosts: &[(HostKey, Timestamp)],
) -> Result<Vec<Option<Timestamp>>, StoreError> {
    let asked = Value::from_iter(hosts.iter().map(|(host, _)| host.as_str())).to_string();
    let left: HashMap<String, i64> = db
        .prepare_cached(
            "SELECT host, next_at - now_ms() FROM host
             WHERE host IN (SELECT value FROM json_each(?1)) AND next_at > now_ms() AND next_at <= now_ms() + ?2",
        )?
        .query_map(params![asked, FARTHEST_MS], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let until = |(host, now): &(HostKey, Timestamp)| {
        left.get(host.as_str()).map(|left| time(now.as_millisecond().saturating_add(*left)))
    };
    Ok(hosts.iter().map(until).collect())
}

pub(super) fn renew(db: &Connection, lease: &Lease, duration: i64, delay: i64) -> Result<bool, StoreError> {
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = now_ms() + ?3 + ?4, lease_ms = ?3, delay_ms = ?4 WHERE host = ?1 AND token = ?2",
        )?
        .execute(params![lease.host.as_str(), lease.token, duration, delay])?;
    Ok(rows == 1)
}

pub(super) fn touch(db: &Connection, lease: &Lease) -> Result<bool, StoreError> {
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = CASE WHEN owner IS NULL THEN next_at
                                            ELSE max(next_at, now_ms() + lease_ms + delay_ms) END
             WHERE host = ?1 AND token = ?2",
        )?
        .execute(params![lease.host.as_str(), lease.token])?;
    Ok(rows == 1)
}

/// Gives a host back that is to rest so long from now.
pub(super) fn release(db: &Connection, lease: &Lease, rest: i64) -> Result<bool, StoreError> {
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = now_ms() + ?3, owner = NULL WHERE host = ?1 AND token = ?2 AND owner IS NOT NULL",
        )?
        .execute(params![lease.host.as_str(), lease.token, rest])?;
    Ok(rows == 1)
}
