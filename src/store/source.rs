//! What is remembered of documents that are not articles: feeds, sitemaps, sections, robots.txt.

use crate::store::engine::{Connection, OptionalExtension, Row, params};
use jiff::{SignedDuration, Timestamp};

use super::sql::{hash_opt, parsed, time, time_opt, url};
use super::{RobotsRecord, SourceState, StoreError};
use crate::model::{PageUrl, SourceKind, Validators};

pub(super) fn put(db: &Connection, state: &SourceState) -> Result<(), StoreError> {
    let ms = |at: Option<Timestamp>| at.map(|at| at.as_millisecond());
    db.prepare_cached(
        "INSERT INTO source
            (url, kind, site, etag, last_modified, first_at, checked_at, changed_at, next_at, interval_ms,
             full_at, parent, mark_at, trouble, failures, content_sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (url) DO UPDATE SET kind = ?2, site = ?3, etag = ?4, last_modified = ?5, first_at = ?6,
            checked_at = ?7, changed_at = ?8, next_at = ?9, interval_ms = ?10, full_at = ?11, parent = ?12,
            mark_at = ?13, trouble = ?14, failures = ?15, content_sha256 = ?16",
    )?
    .execute(params![
        state.url.as_str(),
        state.kind.as_str(),
        state.site,
        state.validators.etag,
        state.validators.last_modified,
        state.first.as_millisecond(),
        state.checked.as_millisecond(),
        ms(state.changed),
        ms(state.next),
        i64::try_from(state.interval.as_millis()).unwrap_or(i64::MAX),
        ms(state.full),
        state.parent.as_ref().map(PageUrl::as_str),
        ms(state.mark),
        state.trouble,
        state.failures,
        state.content_sha256.map(|hash| hash.0),
    ])?;
    Ok(())
}

/// An index was read: what it lists no longer is forgotten.
pub(super) fn keep_children(db: &Connection, parent: &PageUrl, listed: &[PageUrl]) -> Result<(), StoreError> {
    let listed = serde_json::Value::from_iter(listed.iter().map(PageUrl::as_str)).to_string();
    db.prepare_cached(
        "DELETE FROM source WHERE parent = ?1 AND url NOT IN (SELECT value FROM json_each(?2))",
    )?
    .execute([parent.as_str(), &listed])?;
    Ok(())
}

pub(super) fn get(db: &Connection, address: &PageUrl) -> Result<Option<SourceState>, StoreError> {
    Ok(db
        .prepare_cached("SELECT * FROM source WHERE url = ?1")?
        .query_row([address.as_str()], state)
        .optional()?)
}

pub(super) fn children(db: &Connection, parent: &PageUrl) -> Result<Vec<SourceState>, StoreError> {
    Ok(db
        .prepare_cached("SELECT * FROM source WHERE parent = ?1 ORDER BY changed_at DESC NULLS LAST, url")?
        .query_map([parent.as_str()], state)?
        .collect::<rusqlite::Result<_>>()?)
}

pub(super) fn all(db: &Connection) -> Result<Vec<SourceState>, StoreError> {
    Ok(db
        .prepare("SELECT * FROM source ORDER BY site, kind, url")?
        .query_map([], state)?
        .collect::<rusqlite::Result<_>>()?)
}

fn state(row: &Row<'_>) -> rusqlite::Result<SourceState> {
    let parent: Option<String> = row.get("parent")?;
    Ok(SourceState {
        url: url(row, "url")?,
        kind: parsed(row, "kind", SourceKind::from_stored)?,
        site: row.get("site")?,
        validators: Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? },
        first: time(row.get("first_at")?),
        checked: time(row.get("checked_at")?),
        changed: time_opt(row.get("changed_at")?),
        next: time_opt(row.get("next_at")?),
        interval: SignedDuration::from_millis(row.get("interval_ms")?),
        full: time_opt(row.get("full_at")?),
        parent: parent.and_then(|parent| PageUrl::parse(&parent).ok()),
        mark: time_opt(row.get("mark_at")?),
        trouble: row.get("trouble")?,
        failures: row.get("failures")?,
        content_sha256: hash_opt(row, "content_sha256")?,
    })
}

/// A failed attempt never takes the last good copy away: it may be obeyed for 24 hours more.
pub(super) fn put_robots(db: &Connection, origin: &str, record: &RobotsRecord) -> Result<(), StoreError> {
    let body_at = record.body.as_ref().map(|_| record.body_at.unwrap_or(record.fetched).as_millisecond());
    db.prepare_cached(
        "INSERT INTO robots (origin, fetched_at, status, error, body, body_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (origin) DO UPDATE SET fetched_at = ?2, status = ?3, error = ?4,
            body = coalesce(?5, robots.body), body_at = coalesce(?6, robots.body_at)",
    )?
    .execute(params![
        origin,
        record.fetched.as_millisecond(),
        record.status,
        record.error,
        record.body,
        body_at
    ])?;
    Ok(())
}

pub(super) fn robots(db: &Connection, origin: &str) -> Result<Option<RobotsRecord>, StoreError> {
    Ok(db
        .prepare_cached("SELECT * FROM robots WHERE origin = ?1")?
        .query_row([origin], |row| {
            Ok(RobotsRecord {
                fetched: time(row.get("fetched_at")?),
                status: row.get("status")?,
                error: row.get("error")?,
                body: row.get("body")?,
                body_at: time_opt(row.get("body_at")?),
            })
        })
        .optional()?)
}
