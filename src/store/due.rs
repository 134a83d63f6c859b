//! What is to be asked for.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::sql::url;
use super::{DuePage, StoreError};
use crate::model::{ArticleId, HostKey, Validators};

pub(super) fn pages(
    db: &Connection,
    host: &HostKey,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<DuePage>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let key = params![host.as_str(), now.as_millisecond(), limit];
    let mut due: Vec<DuePage> = db
        .prepare_cached(
            "SELECT url, site, tries, via FROM queue
             WHERE settled_at IS NULL AND host = ?1 AND not_before <= ?2
             ORDER BY priority DESC, coalesce(published_at, modified_at, 0) DESC, added_at, key LIMIT ?3",
        )?
        .query_map(key, |row| {
            Ok(DuePage {
                url: url(row, "url")?,
                site: row.get("site")?,
                article: None,
                validators: Validators::default(),
                tries: row.get("tries")?,
                via: row.get("via")?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut rechecks = db.prepare_cached(
        "SELECT h.ask_url, s.key AS site, h.article_id, h.etag, h.last_modified, h.failures
         FROM head h JOIN article a ON a.id = h.article_id JOIN site s ON s.id = a.site_id
         WHERE h.host = ?1 AND h.next_check_at <= ?2 AND h.state <> 'redacted'
         ORDER BY CAST(?2 - h.next_check_at AS REAL) / max(h.next_check_at - h.last_checked_at, 1000) DESC, h.article_id
         LIMIT ?3",
    )?;
    let rechecks = rechecks.query_map(key, |row| {
        Ok(DuePage {
            url: url(row, "ask_url")?,
            site: row.get("site")?,
            article: Some(ArticleId(row.get("article_id")?)),
            validators: Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? },
            tries: row.get("failures")?,
            via: "recheck".to_owned(),
        })
    })?;
    for page in rechecks {
        if due.len() as i64 >= limit {
            break;
        }
        due.push(page?);
    }
    Ok(due)
}

pub(super) fn hosts(db: &Connection, now: Timestamp) -> Result<Vec<HostKey>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT host FROM queue WHERE settled_at IS NULL AND not_before <= ?1
             UNION SELECT host FROM head WHERE next_check_at <= ?1 AND state <> 'redacted' ORDER BY 1",
        )?
        .query_map([now.as_millisecond()], |row| row.get(0).map(HostKey::from_stored))?
        .collect::<rusqlite::Result<_>>()?)
}
