//! Articles by filter.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::sql::{parsed, time, time_opt, url};
use super::{ArticleRow, Filter, StoreError};
use crate::model::{ArticleId, ArticleState};

const SELECT: &str =
    "SELECT a.id, a.first_seen_at, s.key AS site, s.name AS site_name, h.url, h.state, h.state_since,
        h.versions, h.last_checked_at, h.last_seen_at, h.last_changed_at, h.next_check_at,
        v.canonical_url, v.title, v.dateline, v.published, v.words
     FROM article a JOIN head h ON h.article_id = a.id JOIN site s ON s.id = a.site_id
     JOIN version v ON v.id = h.version_id";

pub(super) fn one(db: &Connection, article: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
    Ok(db.prepare_cached(&format!("{SELECT} WHERE a.id = ?1"))?.query_row([article.0], read).optional()?)
}

pub(super) fn list(db: &Connection, filter: &Filter) -> Result<Vec<ArticleRow>, StoreError> {
    let (sql, values) = query(filter, "a.first_seen_at DESC, a.id DESC");
    let rows = db
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Calls `f` with each article, by number.
pub(super) fn each<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(ArticleRow) -> Result<(), E>,
) -> Result<(), E> {
    let (sql, values) = query(filter, "a.id");
    let mut statement = db.prepare(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        f(read(row).map_err(StoreError::from)?)?;
    }
    Ok(())
}

fn query(filter: &Filter, order: &str) -> (String, Vec<Value>) {
    let mut sql = SELECT.to_owned();
    let mut values: Vec<Value> = Vec::new();
    let mut and = |condition: &str, value: Value| {
        sql.push_str(if values.is_empty() { " WHERE " } else { " AND " });
        values.push(value);
        sql.push_str(&condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(site) = &filter.site {
        and("s.key = ?", site.clone().into());
    }
    if let Some(since) = filter.since {
        and("a.first_seen_at >= ?", since.as_millisecond().into());
    }
    if let Some(until) = filter.until {
        and("a.first_seen_at < ?", until.as_millisecond().into());
    }
    if let Some(since) = filter.changed_since {
        and("h.last_changed_at >= ?", since.as_millisecond().into());
    }
    if let Some(state) = filter.state {
        and("h.state = ?", state.as_str().to_owned().into());
    }
    sql.push_str(" ORDER BY ");
    sql.push_str(order);
    if let Some(limit) = filter.limit {
        values.push(i64::try_from(limit).unwrap_or(i64::MAX).into());
        sql.push_str(&format!(" LIMIT ?{}", values.len()));
    }
    (sql, values)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get("id")?),
        site: row.get("site")?,
        site_name: row.get("site_name")?,
        url: url(row, "url")?,
        canonical_url: row.get("canonical_url")?,
        first_seen: time(row.get("first_seen_at")?),
        state: parsed(row, "state", ArticleState::from_stored)?,
        state_since: time(row.get("state_since")?),
        versions: row.get("versions")?,
        last_checked: time(row.get("last_checked_at")?),
        last_seen: time(row.get("last_seen_at")?),
        last_changed: time(row.get("last_changed_at")?),
        next_check: time_opt(row.get("next_check_at")?),
        title: row.get("title")?,
        dateline: row.get("dateline")?,
        published: row.get("published")?,
        words: row.get("words")?,
    })
}
