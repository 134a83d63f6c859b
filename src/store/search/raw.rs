//! Searches in FTS5's own syntax: only it knows what they find, how well it fits, and where it stands.

use crate::store::engine::{Connection, Row, Value, params, params_from_iter};

use super::super::sql::most_of;
use super::super::{Hit, SearchQuery, StoreError};
use super::{MOST_RANKED, hit, narrowed};

/// Around found words; no text of ours holds them (cleaning drops control characters).
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// The best matches of an index.
pub(super) fn in_index(
    db: &Connection,
    index: &str,
    expression: &str,
    query: &SearchQuery,
) -> Result<Vec<Hit>, StoreError> {
    let refused = |e: rusqlite::Error| match StoreError::from(e) {
        // A plain SQL error can only come from the user's words.
        StoreError::Io(text) => StoreError::Query(text),
        other => other,
    };
    let many = match query.behind {
        Some(behind) => behind.is_by_time(),
        None => is_common(db, index, expression).map_err(refused)?,
    };
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
    let mut filters = narrowed(query, &mut values);
    if let Some(behind) = query.behind {
        values.push(behind.row.into());
        let row = values.len();
        filters.push_str(&match many {
            true => format!(" AND {index}.rowid < ?{row}"),
            false => {
                values.push((-behind.score).into());
                format!(" AND ({index}.rank, {index}.rowid) > (?{}, ?{row})", values.len())
            }
        });
    }
    values.push(most_of(query.limit).into());
    let limit = values.len();
    // A find in the title counts four times.
    let (fit, ranked, order) = if many {
        ("0.0", String::new(), format!("{index}.rowid DESC"))
    } else {
        ("rank", format!(" AND {index}.rank MATCH 'bm25(4.0, 1.0)'"), format!("{index}.rank"))
    };
    let sql = format!(
        "SELECT v.id AS row, v.article_id, v.seq, s.key AS site, h.url, h.state, v.title, v.published,
            highlight({index}, 0, '{OPEN}', '{CLOSE}') AS marked,
            snippet({index}, 1, '{OPEN}', '{CLOSE}', '…', 24) AS snippet, {fit} AS fit
         FROM {index} CROSS JOIN version v ON v.id = {index}.rowid CROSS JOIN head h ON h.article_id = v.article_id
            CROSS JOIN article a ON a.id = v.article_id CROSS JOIN site s ON s.id = a.site_id
         WHERE {index} MATCH ?1{ranked}{filters} ORDER BY {order} LIMIT ?{limit}"
    );
    (sql, values)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Hit> {
    let (marked, snippet): (String, String) = (row.get("marked")?, row.get("snippet")?);
    let score = -row.get::<_, f64>("fit")?;
    Ok(Hit { title_marked: pieces(&marked), snippet: pieces(&snippet), score, ..hit::bare(row)? })
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
