//! Articles by filter.

use crate::store::engine::{Connection, OptionalExtension, Row, params_from_iter};

use super::sql::{parsed, time, time_opt, url};
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

pub(super) fn list(db: &Connection, filter: &Filter) -> Result<Vec<ArticleRow>, StoreError> {
    let (condition, values) = filter.condition();
    let limit = filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
    let sql = format!(
        "SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY a.first_seen_at DESC, a.id DESC LIMIT {limit}"
    );
    let rows = db
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
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
