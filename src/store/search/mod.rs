//! Full-text search over the latest versions, and over all of them.

mod affix;
#[cfg(test)]
mod affix_tests;
mod hit;
mod index;
mod marks;
mod old;
mod plain;
mod rarest;
mod raw;
#[cfg(feature = "postgres")]
mod server;
mod tokens;
mod unspaced;
#[cfg(feature = "postgres")]
mod vector;
mod words;

use crate::store::engine::{Connection, Value};

use super::{Hit, Reader, SearchField, SearchQuery, StoreError, Versions};
use words::Expression;

pub(super) use index::{add, rebuild, remove};
#[cfg(feature = "postgres")]
pub(super) use vector::of as vector_of;

/// So many finds are ranked; of more, the newest are taken.
const MOST_RANKED: i64 = 2000;
/// A find in the title counts so many times.
const TITLE: f64 = 4.0;

impl Reader {
    /// Full-text search, best first; of more than 2,000 finds the newest first. Words are also found in other
    /// forms of their root (Indonesian affixes), inside of scripts without spaces, and with letter case and
    /// accents folded; what stands in quotation marks only as it stands there. Of versions that are no longer the
    /// latest every text is read: seconds, not milliseconds, in a large archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`]; `query` when raw FTS5 syntax is not understood.
    pub fn search_in(&self, query: &SearchQuery, which: Versions) -> Result<Vec<Hit>, StoreError> {
        search(&self.db, query, which)
    }
}

/// Searches the latest versions, or all of them.
pub(super) fn search(db: &Connection, query: &SearchQuery, which: Versions) -> Result<Vec<Hit>, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        return server::search(db, query, which);
    }
    prepare(db)?;
    let asked = if query.raw_fts {
        Expression { fts: query.text.replace('\0', " "), ..Expression::default() }
    } else {
        words::expression(db, &query.text)?
    };
    if asked.fts.trim().is_empty() {
        return Ok(Vec::new());
    }
    let expression = match fields(&query.fields) {
        Some(columns) => format!("{columns} : ({})", asked.fts),
        None => asked.fts.clone(),
    };
    let found = |index: &str| match query.raw_fts {
        true => raw::in_index(db, index, &expression, query),
        false => plain::in_index(db, index, &expression, &asked.marks, query),
    };
    let mut hits = found("fts")?;
    if which == Versions::All {
        writable(db, true)?;
        let since = query.since.map(|since| since.as_millisecond());
        let old = old::index(db, &asked.forms, query.site.as_deref(), since)
            .map_err(StoreError::from)
            .and_then(|()| found("old"));
        db.execute_batch("DROP TABLE IF EXISTS temp.old")?;
        writable(db, false)?;
        hits.extend(old?);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(query.limit);
    }
    Ok(hits)
}

/// Makes places to look at the index from: its words, and where each stands. What is temporary lives in
/// memory. Must come before a snapshot is taken.
pub(super) fn prepare(db: &Connection) -> Result<(), StoreError> {
    if db.prepare_cached("SELECT 1 FROM temp.sqlite_schema WHERE name = 'terms'")?.exists([])? {
        return Ok(());
    }
    writable(db, true)?;
    db.file()?.pragma_update(None, "temp_store", 2)?;
    db.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab (main, fts, instance);
         CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab (main, fts, row)",
    )?;
    writable(db, false)
}

/// Whether statements may write: readers may not, but for what is theirs alone.
fn writable(db: &Connection, may: bool) -> Result<(), StoreError> {
    Ok(db.file()?.pragma_update(None, "query_only", !may)?)
}

/// What narrows a search besides its words.
fn narrowed(query: &SearchQuery, values: &mut Vec<Value>) -> String {
    let mut filters = String::new();
    if let Some(site) = &query.site {
        values.push(site.clone().into());
        filters.push_str(&format!(" AND a.site_id = (SELECT id FROM site WHERE key = ?{})", values.len()));
    }
    if let Some(since) = query.since {
        values.push(since.as_millisecond().into());
        filters.push_str(&format!(" AND a.first_seen_at >= ?{}", values.len()));
    }
    filters
}

/// Whether a field is searched.
fn is_asked(query: &SearchQuery, field: SearchField) -> bool {
    query.fields.is_empty() || query.fields.contains(&field)
}

fn fields(fields: &[SearchField]) -> Option<&'static str> {
    match (fields.contains(&SearchField::Title), fields.contains(&SearchField::Body)) {
        (true, false) => Some("title"),
        (false, true) => Some("body"),
        _ => None,
    }
}
