//! Host leases: one column says both until when a host is taken and how long it must rest, so that
//! whoever takes over a dead owner's host is polite by itself. The token tells the owner from a
//! zombie: it grows with every claim, and nothing is stored under an old one.

#[cfg(feature = "postgres")]
mod server;

#[cfg(feature = "postgres")]
pub(super) use server::all_busy_until;

use std::time::Duration;

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::sql::time;
use super::{Claim, Lease, StoreError};
use crate::model::HostKey;

/// Nothing keeps a host longer: a clock that once ran ahead must not freeze it for years.
const FARTHEST_MS: i64 = 24 * 3600 * 1000;

pub(super) fn claim(
    db: &Connection,
    host: &HostKey,
    owner: &str,
    now: Timestamp,
    lease: Duration,
    delay: Duration,
) -> Result<Claim, StoreError> {
    let (now, lease, delay) = (now.as_millisecond(), ms(lease), ms(delay));
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::claim(db, host, owner, now, lease, delay);
    }
    let next_at: Option<i64> = db
        .prepare_cached("SELECT next_at FROM host WHERE host = ?1")?
        .query_row([host.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(next_at) = next_at.filter(|next_at| *next_at > now) {
        let clamped = next_at.min(now.saturating_add(FARTHEST_MS));
        if clamped < next_at {
            db.prepare_cached("UPDATE host SET next_at = ?2 WHERE host = ?1")?
                .execute(params![host.as_str(), clamped])?;
        }
        return Ok(Claim::Busy { until: time(clamped) });
    }
    let token = db
        .prepare_cached(
            "INSERT INTO host (host, next_at, token, owner, lease_ms, delay_ms) VALUES (?1, ?2, 1, ?3, ?4, ?5)
             ON CONFLICT (host) DO UPDATE SET next_at = ?2, token = token + 1, owner = ?3, lease_ms = ?4, delay_ms = ?5
             RETURNING token",
        )?
        .query_row(params![host.as_str(), end(now, lease, delay), owner, lease, delay], |row| row.get(0))?;
    Ok(Claim::Granted(Lease { host: host.clone(), token }))
}

/// What a claim would say, without a lock on the archive. An absurd date is left to the claim to mend.
pub(super) fn busy_until(
    db: &Connection,
    host: &HostKey,
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return Ok(server::all_busy_until(db, &[(host.clone(), now)])?.pop().flatten());
    }
    let now = now.as_millisecond();
    let until: Option<i64> = db
        .prepare_cached("SELECT next_at FROM host WHERE host = ?1 AND next_at > ?2 AND next_at <= ?3")?
        .query_row(params![host.as_str(), now, now.saturating_add(FARTHEST_MS)], |row| row.get(0))
        .optional()?;
    Ok(until.map(time))
}

pub(super) fn renew(
    db: &Connection,
    lease: &Lease,
    now: Timestamp,
    duration: Duration,
    delay: Duration,
) -> Result<bool, StoreError> {
    let (now, duration, delay) = (now.as_millisecond(), ms(duration), ms(delay));
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::renew(db, lease, duration, delay);
    }
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = ?3, lease_ms = ?4, delay_ms = ?5 WHERE host = ?1 AND token = ?2",
        )?
        .execute(params![lease.host.as_str(), lease.token, end(now, duration, delay), duration, delay])?;
    Ok(rows == 1)
}

/// Renews with the durations of the claim; never shortens. A host that we gave back ourselves and
/// nobody has taken since is still ours to write for.
pub(super) fn touch(db: &Connection, lease: &Lease, at: Timestamp) -> Result<bool, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::touch(db, lease);
    }
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = CASE WHEN owner IS NULL THEN next_at
                                            ELSE max(next_at, ?3 + lease_ms + delay_ms) END
             WHERE host = ?1 AND token = ?2",
        )?
        .execute(params![lease.host.as_str(), lease.token, at.as_millisecond()])?;
    Ok(rows == 1)
}

pub(super) fn release(
    db: &Connection,
    lease: &Lease,
    now: Timestamp,
    next_at: Timestamp,
) -> Result<bool, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        let rest = ceil_ms(next_at).saturating_sub(now.as_millisecond()).max(0);
        return server::release(db, lease, rest);
    }
    #[cfg(not(feature = "postgres"))]
    let _ = now;
    let rows = db
        .prepare_cached(
            "UPDATE host SET next_at = ?3, owner = NULL WHERE host = ?1 AND token = ?2 AND owner IS NOT NULL",
        )?
        .execute(params![lease.host.as_str(), lease.token, ceil_ms(next_at)])?;
    Ok(rows == 1)
}

/// Rounded up: a pause must not end a part of a millisecond early.
fn ceil_ms(at: Timestamp) -> i64 {
    let ms = at.as_millisecond();
    if at.as_nanosecond() > i128::from(ms) * 1_000_000 { ms.saturating_add(1) } else { ms }
}

fn end(now: i64, lease: i64, delay: i64) -> i64 {
    now.saturating_add(lease).saturating_add(delay)
}

fn ms(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
