//! What is remembered of documents that are not articles: feeds, sitemaps, sections, robots.txt.

use rusqlite::{Connection, OptionalExtension, params};

use super::sql::{hash_opt, time, time_opt, url};
use super::{RobotsRecord, SourceState, StoreError};
use crate::model::{PageUrl, SourceKind, Validators};

pub(super) fn put(db: &Connection, state: &SourceState) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO source
            (url, kind, site, etag, last_modified, checked_at, changed_at, failures, content_sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        state.url.as_str(),
        state.kind.as_str(),
        state.site,
        state.validators.etag,
        state.validators.last_modified,
        state.checked.as_millisecond(),
        state.changed.map(|t| t.as_millisecond()),
        state.failures,
        state.content_sha256.map(|hash| hash.0),
    ])?;
    Ok(())
}

pub(super) fn get(db: &Connection, address: &PageUrl) -> Result<Option<SourceState>, StoreError> {
    Ok(db
        .prepare_cached("SELECT * FROM source WHERE url = ?1")?
        .query_row([address.as_str()], |row| {
            let kind: String = row.get("kind")?;
            Ok(SourceState {
                url: url(row, "url")?,
                kind: match kind.as_str() {
                    "sitemap" => SourceKind::Sitemap,
                    "section" => SourceKind::Section,
                    _ => SourceKind::Feed,
                },
                site: row.get("site")?,
                validators: Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? },
                checked: time(row.get("checked_at")?),
                changed: time_opt(row.get("changed_at")?),
                failures: row.get("failures")?,
                content_sha256: hash_opt(row, "content_sha256")?,
            })
        })
        .optional()?)
}

/// A failed attempt never takes the last good copy away: it may be obeyed for 24 hours more.
pub(super) fn put_robots(db: &Connection, origin: &str, record: &RobotsRecord) -> Result<(), StoreError> {
    let body_at = record.body.as_ref().map(|_| record.body_at.unwrap_or(record.fetched).as_millisecond());
    db.prepare_cached(
        "INSERT INTO robots (origin, fetched_at, status, error, body, body_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (origin) DO UPDATE SET fetched_at = ?2, status = ?3, error = ?4,
            body = coalesce(?5, body), body_at = coalesce(?6, body_at)",
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
