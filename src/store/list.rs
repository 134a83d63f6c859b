//! Articles by filter.

use crate::store::engine::{Connection, OptionalExtension, Row, params_from_iter};

use super::sql::{most_of, parsed, time, time_opt, url};
use super::{ArticleRow, Filter, StoreError};
use crate::model::{ArticleId, ArticleState};

/// The columns of a row, in the order in which [`read`] takes them. They are read by their places: to find
/// each by its name took two thirds of an export's time.
pub(super) const COLUMNS: &str = "a.id, s.key, s.name, h.url, a.first_seen_at, h.state, h.state_since, h.versions,
    h.last_checked_at, h.last_seen_at, h.last_changed_at, h.next_check_at, l.canonical_url, l.title, l.dateline,
    l.published, l.words";
/// How many they are.
pub(super) const WIDTH: usize = 17;

/// Where they come from: `l` is the latest version.
const TABLES: &str = "article a JOIN head h ON h.article_id = a.id JOIN site s ON s.id = a.site_id
    JOIN version l ON l.id = h.version_id";

pub(super) fn one(db: &Connection, article: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE a.id = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([article.0], read).optional()?)
}

/// Calls `f` with each article that is meant, the newest first, one in memory at a time.
pub(super) fn each<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    mut f: impl FnMut(ArticleRow) -> Result<(), E>,
) -> Result<(), E> {
    let (condition, values) = filter.condition();
    let limit = filter.limit.map_or(-1, most_of);
    let tables = tables(db, filter)?;
    let sql = format!(
        "SELECT {COLUMNS} FROM {tables} WHERE {condition} ORDER BY a.first_seen_at DESC, a.id DESC LIMIT {limit}"
    );
    let mut statement = db.prepare_cached(&sql).map_err(StoreError::from)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(StoreError::from)?;
    while let Some(row) = rows.next().map_err(StoreError::from)? {
        f(read(&row).map_err(StoreError::from)?)?;
    }
    Ok(())
}

/// Where a list begins: at the newest article, or at the heads that an index names, where these are so few
/// that to sort them costs less than to walk past all others.
fn tables(db: &Connection, filter: &Filter) -> Result<String, StoreError> {
    let (index, meant) = match (filter.state, filter.changed_since) {
        _ if filter.site.is_some() => return Ok(TABLES.to_owned()),
        (Some(state), _) if state != ArticleState::Live => {
            ("head_state", format!("g.state = '{}' AND g.state <> 'live'", state.as_str()))
        }
        (None, Some(since)) => ("head_changed", format!("g.last_changed_at >= {}", since.as_millisecond())),
        _ => return Ok(TABLES.to_owned()),
    };
    let (heads, articles) =
        (format!("head g INDEXED BY {index}"), "CROSS JOIN article b ON b.id = g.article_id");
    let rest = "CROSS JOIN head h ON h.article_id = a.id CROSS JOIN site s ON s.id = a.site_id
        CROSS JOIN version l ON l.id = h.version_id";
    if !are_few(db, filter.limit, &format!("{heads} WHERE {meant}"))? {
        return Ok(format!("article a INDEXED BY article_seen {rest}"));
    }
    let more =
        filter.since.is_some() || filter.until.is_some() || filter.changed_since.and(filter.state).is_some();
    let limit = filter.limit.filter(|_| !more).map_or(-1, most_of);
    // Sorted by number and time alone, before anything else is read of them.
    Ok(format!(
        "(SELECT b.id, b.site_id, b.first_seen_at FROM {heads} {articles} WHERE {meant}
            ORDER BY b.first_seen_at DESC, b.id DESC LIMIT {limit}) a {rest}"
    ))
}

/// Whether rows are so few that to sort them costs less than to walk down all articles until so many are
/// found: spread evenly, that takes `limit * all / n` steps.
fn are_few(db: &Connection, limit: Option<usize>, rows: &str) -> Result<bool, StoreError> {
    let Some(limit) = limit else { return Ok(true) };
    let all: i64 = db.query_row("SELECT coalesce(max(id), 0) FROM article", [], |row| row.get(0))?;
    let most = most_of(limit).saturating_mul(all).isqrt().max(1000);
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {rows} LIMIT ?1) few");
    Ok(db.query_row(&sql, [most], |row| row.get::<_, i64>(0))? < most)
}

/// The articles that are meant, in memory.
pub(super) fn list(db: &Connection, filter: &Filter) -> Result<Vec<ArticleRow>, StoreError> {
    let mut rows = Vec::new();
    each(db, filter, |row| {
        rows.push(row);
        Ok::<_, StoreError>(())
    })?;
    Ok(rows)
}

/// The numbers of the articles that are meant.
pub(super) fn ids(db: &Connection, filter: &Filter) -> Result<Vec<ArticleId>, StoreError> {
    let (condition, values) = filter.condition();
    let sql = format!(
        "SELECT a.id FROM article a JOIN head h ON h.article_id = a.id JOIN site s ON s.id = a.site_id WHERE {condition}"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let ids = statement.query_map(params_from_iter(values), |row| row.get(0).map(ArticleId))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

/// A row that begins with [`COLUMNS`].
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get(0)?),
        site: row.get(1)?,
        site_name: row.get(2)?,
        url: url(row, 3)?,
        first_seen: time(row.get(4)?),
        state: parsed(row, 5, ArticleState::from_stored)?,
        state_since: time(row.get(6)?),
        versions: row.get(7)?,
        last_checked: time(row.get(8)?),
        last_seen: time(row.get(9)?),
        last_changed: time(row.get(10)?),
        next_check: time_opt(row.get(11)?),
        canonical_url: row.get(12)?,
        title: row.get(13)?,
        dateline: row.get(14)?,
        published: row.get(15)?,
        words: row.get(16)?,
    })
}
