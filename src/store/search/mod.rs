//! Full-text search over the latest versions, and over all of them.

mod affix;
#[cfg(test)]
mod affix_tests;
mod index;
#[cfg(feature = "postgres")]
mod marks;
mod old;
#[cfg(feature = "postgres")]
mod server;
mod unspaced;
#[cfg(feature = "postgres")]
mod vector;
mod words;

use crate::store::engine::{Connection, Row, Value, params, params_from_iter};

use super::sql::{most_of, parsed, url};
use super::{Hit, Reader, SearchField, SearchQuery, StoreError, Versions};
use crate::model::{ArticleId, ArticleState, VersionSeq};
use words::Expression;

pub(super) use index::{add, remove};
#[cfg(feature = "postgres")]
pub(super) use vector::of as vector_of;

/// So many finds are ranked; of more, the newest are taken.
const MOST_RANKED: i64 = 2000;

/// Around found words; no text of ours holds them (cleaning drops control characters).
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

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
        None => asked.fts,
    };
    let mut hits = in_index(db, "fts", &expression, query)?;
    if which == Versions::All {
        writable(db, true)?;
        let since = query.since.map(|since| since.as_millisecond());
        let found = old::index(db, &asked.forms, query.site.as_deref(), since)
            .map_err(StoreError::from)
            .and_then(|()| in_index(db, "old", &expression, query));
        db.execute_batch("DROP TABLE IF EXISTS temp.old")?;
        writable(db, false)?;
        hits.extend(found?);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        hits.truncate(query.limit);
    }
    Ok(hits)
}

/// Makes places to look at the index from: its words, and where each stands. What is temporary lives in
/// memory. Must come before a snapshot is taken.
pub(super) fn prepare(db: &Connection) -> Result<(), StoreError> {
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

/// The best matches of an index.
fn in_index(
    db: &Connection,
    index: &str,
    expression: &str,
    query: &SearchQuery,
) -> Result<Vec<Hit>, StoreError> {
    let refused = |e: rusqlite::Error| match StoreError::from(e) {
        // With raw syntax, a plain SQL error can only come from the user's words.
        StoreError::Io(text) if query.raw_fts => StoreError::Query(text),
        other => other,
    };
    let many = is_common(db, index, expression).map_err(refused)?;
    let (sql, values) = best(index, expression, query, many);
    let mut statement = db.prepare(&sql).map_err(refused)?;
    let rows = statement.query_map(params_from_iter(values), read).map_err(refused)?;
    rows.collect::<rusqlite::Result<_>>().map_err(refused)
}

/// Whether so many texts match that to rank them would take seconds, and say little.
fn is_common(db: &Connection, index: &str, expression: &str) -> rusqlite::Result<bool> {
    let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH ?1 LIMIT ?2)");
    db.prepare(&sql)?
        .query_row(params![expression, MOST_RANKED + 1], |row| Ok(row.get::<_, i64>(0)? > MOST_RANKED))
}

/// The best matches, or the newest of many. Both orders are the index's own: nothing is sorted here, and
/// snippets are cut only for the rows that are given back. How well they fit: smaller is better; 0 when they
/// were not ranked.
fn best(index: &str, expression: &str, query: &SearchQuery, many: bool) -> (String, Vec<Value>) {
    let mut values: Vec<Value> = vec![expression.to_owned().into()];
    let (filters, limit) = narrowed(query, &mut values);
    // A find in the title counts four times.
    let (fit, ranked, order) = if many {
        ("0.0", String::new(), format!("{index}.rowid DESC"))
    } else {
        ("rank", format!(" AND {index}.rank MATCH 'bm25(4.0, 1.0)'"), format!("{index}.rank"))
    };
    let sql = format!(
        "SELECT v.article_id, v.seq, s.key AS site, h.url, h.state, v.title, v.published,
            highlight({index}, 0, '{OPEN}', '{CLOSE}') AS marked,
            snippet({index}, 1, '{OPEN}', '{CLOSE}', '…', 24) AS snippet, {fit} AS fit
         FROM {index} CROSS JOIN version v ON v.id = {index}.rowid CROSS JOIN head h ON h.article_id = v.article_id
            CROSS JOIN article a ON a.id = v.article_id CROSS JOIN site s ON s.id = a.site_id
         WHERE {index} MATCH ?1{ranked}{filters} ORDER BY {order} LIMIT ?{limit}"
    );
    (sql, values)
}

/// What narrows a search besides its words, and the place of the limit among the values.
fn narrowed(query: &SearchQuery, values: &mut Vec<Value>) -> (String, usize) {
    let mut filters = String::new();
    if let Some(site) = &query.site {
        values.push(site.clone().into());
        filters.push_str(&format!(" AND a.site_id = (SELECT id FROM site WHERE key = ?{})", values.len()));
    }
    if let Some(since) = query.since {
        values.push(since.as_millisecond().into());
        filters.push_str(&format!(" AND a.first_seen_at >= ?{}", values.len()));
    }
    values.push(most_of(query.limit).into());
    (filters, values.len())
}

fn fields(fields: &[SearchField]) -> Option<&'static str> {
    match (fields.contains(&SearchField::Title), fields.contains(&SearchField::Body)) {
        (true, false) => Some("title"),
        (false, true) => Some("body"),
        _ => None,
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Hit> {
    let (marked, snippet): (String, String) = (row.get("marked")?, row.get("snippet")?);
    Ok(Hit {
        article: ArticleId(row.get("article_id")?),
        seq: VersionSeq(row.get("seq")?),
        site: row.get("site")?,
        url: url(row, "url")?,
        title: row.get("title")?,
        published: row.get("published")?,
        state: parsed(row, "state", ArticleState::from_stored)?,
        title_marked: pieces(&marked),
        snippet: pieces(&snippet),
        score: -row.get::<_, f64>("fit")?,
    })
}

/// Text with marks, cut at the marks.
fn pieces(marked: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut inside = false;
    for piece in marked.split_inclusive([OPEN, CLOSE]) {
        let text = piece.trim_end_matches([OPEN, CLOSE]).replace('\n', " ");
        if !text.is_empty() {
            pieces.push((text, inside));
        }
        inside = piece.ends_with(OPEN);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_pieces() {
        let piece = |text: &str, hit| (text.to_owned(), hit);
        assert_eq!(
            pieces("…di \u{1}Jawa\u{2} dan\n\n\u{1}Bali\u{2}"),
            [piece("…di ", false), piece("Jawa", true), piece(" dan  ", false), piece("Bali", true)]
        );
        assert_eq!(pieces(""), []);
    }
}
