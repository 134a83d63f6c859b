//! A head that is lost, made again from versions, requests and events.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::super::{StoreError, sql};
use crate::model::{ArticleId, ArticleState, EventKind, PageUrl};

/// What requests tell of an article.
struct Asked {
    /// The address that gave it last.
    url: Option<PageUrl>,
    etag: Option<String>,
    last_modified: Option<String>,
    checked: i64,
    seen: i64,
}

/// `false`: there is no version to make it from. When to look again is not in the facts: the article is due.
pub(super) fn make(db: &Connection, id: ArticleId) -> Result<bool, StoreError> {
    let latest = db
        .prepare_cached(
            "SELECT v.id, v.reading_id, v.url, v.canonical_url, v.redacted_at IS NOT NULL AS out, a.first_seen_at,
                (SELECT count(*) FROM version WHERE article_id = ?1) AS versions,
                (SELECT max(observed_at) FROM version WHERE article_id = ?1 AND cause <> 'reextract') AS changed
             FROM version v JOIN article a ON a.id = v.article_id WHERE v.article_id = ?1 ORDER BY v.seq DESC LIMIT 1",
        )?
        .query_row([id.0], |row| {
            let place: (i64, i64, i64) = (row.get("id")?, row.get("reading_id")?, row.get("versions")?);
            let url = (sql::url(row, "url")?, row.get::<_, Option<String>>("canonical_url")?);
            let times: (i64, Option<i64>) = (row.get("first_seen_at")?, row.get("changed")?);
            Ok((place, url, times, row.get::<_, bool>("out")?))
        })
        .optional()?;
    let Some(((version, reading, versions), (url, canonical), (first, changed), out)) = latest else {
        return Ok(false);
    };
    let asked = asked(db, id, first)?;
    let (mut state, since) = state(db, id)?;
    if out {
        state = ArticleState::Redacted;
    }
    let ask = asked.url.unwrap_or(url);
    let name = match canonical.and_then(|text| ask.join(&text).ok()).map(|url| url.without_tracking()) {
        Some(url) if owns(db, id, &url)? => url,
        _ => ask.clone(),
    };
    db.prepare_cached(
        "INSERT INTO head (article_id, version_id, reading_id, versions, state, state_since, url, ask_url, host, etag,
            last_modified, last_checked_at, last_seen_at, last_changed_at, next_check_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        id.0,
        version,
        reading,
        versions,
        state.as_str(),
        since.unwrap_or(first),
        name.as_str(),
        ask.as_str(),
        ask.host_key().as_str(),
        asked.etag,
        asked.last_modified,
        asked.checked,
        asked.seen,
        changed.into_iter().chain(since).max().unwrap_or(first),
        (state != ArticleState::Redacted).then_some(asked.checked),
    ])?;
    Ok(true)
}

fn asked(db: &Connection, id: ArticleId, first: i64) -> Result<Asked, StoreError> {
    let mut asked = Asked { url: None, etag: None, last_modified: None, checked: first, seen: first };
    let mut rows = db.prepare_cached(
        "SELECT coalesce(f.url, f.requested) AS answered, f.at, f.outcome, f.etag, f.last_modified,
            (SELECT role FROM address a WHERE a.article_id = ?1 AND a.url = coalesce(f.url, f.requested)) IS NOT DISTINCT FROM 'mirror' AS mirror
         FROM fetch f WHERE f.article_id = ?1 ORDER BY f.at, f.id",
    )?;
    let mut rows = rows.query([id.0])?;
    while let Some(row) = rows.next()? {
        let (outcome, at): (String, i64) = (row.get("outcome")?, row.get("at")?);
        // Another address of it says nothing of when it was looked at.
        if row.get("mirror")? {
            continue;
        }
        asked.checked = at;
        let validators: (Option<String>, Option<String>) = (row.get("etag")?, row.get("last_modified")?);
        match outcome.as_str() {
            "new" | "changed" | "same" | "import" => {
                asked.url = Some(sql::url(&row, "answered")?);
                (asked.etag, asked.last_modified) = validators;
                asked.seen = at;
            }
            "not_modified" => {
                asked.etag = validators.0.or(asked.etag);
                asked.last_modified = validators.1.or(asked.last_modified);
                asked.seen = at;
            }
            "kept" => asked.seen = at,
            _ => {}
        }
    }
    Ok(asked)
}

/// The state that the events lead to, and since when; none: it never had another than `live`.
fn state(db: &Connection, id: ArticleId) -> Result<(ArticleState, Option<i64>), StoreError> {
    let mut now = (ArticleState::Live, None);
    let mut rows = db.prepare_cached("SELECT kind, at FROM event WHERE article_id = ?1 ORDER BY at, id")?;
    let mut rows = rows.query([id.0])?;
    while let Some(row) = rows.next()? {
        let state = match sql::parsed(&row, "kind", EventKind::from_stored)? {
            EventKind::Missing | EventKind::Soft404 => ArticleState::Missing,
            EventKind::Gone => ArticleState::Gone,
            EventKind::Redirected | EventKind::FrontPage => ArticleState::Redirected,
            EventKind::Paywalled => ArticleState::Paywalled,
            EventKind::Restored | EventKind::Moved => ArticleState::Live,
            _ => continue,
        };
        if state != now.0 {
            now = (state, Some(row.get("at")?));
        }
    }
    Ok(now)
}

/// Whether an address is one of the article's.
fn owns(db: &Connection, id: ArticleId, url: &PageUrl) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM address WHERE key = ?1 AND article_id = ?2")?
        .exists(params![url.key(), id.0])?)
}
