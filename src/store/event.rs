//! Writing what happened to an article besides a version.

use crate::store::engine::{Connection, params};

use super::{StoreError, chain, changes};
use crate::model::{ArticleId, EventKind};

/// Writes an event, its link, and its line among the changes.
pub(super) fn write(
    db: &Connection,
    article: ArticleId,
    at: i64,
    kind: EventKind,
    fetch: Option<i64>,
    detail: Option<&str>,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO event (article_id, at, kind, fetch_id, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![article.0, at, kind.as_str(), fetch, detail])?;
    let id = db.last_insert_rowid();
    chain::append_event(db, id)?;
    if kind.told().is_some() { changes::add_event(db, id) } else { Ok(()) }
}
