//! A find as it is shown.

use crate::store::engine::{Connection, OptionalExtension, Row, params};

use super::super::sql::{parsed, url};
use super::super::{Hit, SearchQuery, StoreError};
use super::marks::Marks;
use crate::model::{ArticleId, ArticleState, VersionSeq};

/// What is told of a version.
const TOLD: &str =
    "SELECT v.id AS row, v.article_id, v.seq, s.key AS site, h.url, h.state, v.title, v.published,
        coalesce(v.body, '') AS body
     FROM version v JOIN head h ON h.article_id = v.article_id JOIN article a ON a.id = v.article_id
        JOIN site s ON s.id = a.site_id";

/// A version that was found; none when the query's filters do not mean it.
pub(super) fn hit(
    db: &Connection,
    (row, score): (i64, f64),
    marks: &Marks,
    query: &SearchQuery,
) -> Result<Option<Hit>, StoreError> {
    let sql = format!(
        "{TOLD} WHERE v.id = ?1 AND (s.key = ?2 OR ?2 IS NULL) AND (a.first_seen_at >= ?3 OR ?3 IS NULL)"
    );
    let since = query.since.map(|since| since.as_millisecond());
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_row(params![row, query.site, since], |row| read(row, marks)).optional()?;
    Ok(found.map(|hit| Hit { score, ..hit }))
}

/// The versions that were found, in their order, by one question.
#[cfg(feature = "postgres")]
pub(super) fn hits(db: &Connection, found: &[(i64, f64)], marks: &Marks) -> Result<Vec<Hit>, StoreError> {
    use std::collections::HashMap;

    let ids: Vec<i64> = found.iter().map(|(row, _)| *row).collect();
    let sql = format!("{TOLD} WHERE v.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?1))");
    let mut told: HashMap<i64, Hit> = db
        .prepare_cached(&sql)?
        .query_map([serde_json::Value::from(ids).to_string()], |row| {
            read(row, marks).map(|hit| (hit.row, hit))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found.iter().filter_map(|(row, score)| Some(Hit { score: *score, ..told.remove(row)? })).collect())
}

fn read(row: &Row<'_>, marks: &Marks) -> rusqlite::Result<Hit> {
    let body: String = row.get("body")?;
    let bare = bare(row)?;
    Ok(Hit { title_marked: marks.whole(&bare.title), snippet: marks.snippet(&body), ..bare })
}

/// A find in which nothing is marked yet.
pub(super) fn bare(row: &Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        row: row.get("row")?,
        article: ArticleId(row.get("article_id")?),
        seq: VersionSeq(row.get("seq")?),
        site: row.get("site")?,
        url: url(row, "url")?,
        published: row.get("published")?,
        state: parsed(row, "state", ArticleState::from_stored)?,
        title: row.get("title")?,
        title_marked: Vec::new(),
        snippet: Vec::new(),
        score: 0.0,
    })
}
