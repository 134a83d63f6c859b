//! Full-text search over the latest versions.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::sql::{parsed, url};
use super::{Hit, SearchField, SearchQuery, StoreError};
use crate::model::{ArticleId, ArticleState, VersionSeq};

/// Around found words; no text of ours holds them (cleaning drops control characters).
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

pub(super) fn search(db: &Connection, query: &SearchQuery) -> Result<Vec<Hit>, StoreError> {
    let words = if query.raw_fts { query.text.replace('\0', " ") } else { quoted(&query.text) };
    if words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let expression = match fields(&query.fields) {
        Some(columns) => format!("{columns} : ({words})"),
        None => words,
    };
    let refused = |e: rusqlite::Error| match StoreError::from(e) {
        // With raw syntax, a plain SQL error can only come from the user's words.
        StoreError::Io(text) if query.raw_fts => StoreError::Query(text),
        other => other,
    };
    let best = best(db, &expression, query).map_err(refused)?;
    // Snippets are cut for the best only: for every match of a common word they would cost seconds.
    let mut statement = db.prepare_cached(&format!(
        "SELECT v.article_id, v.seq, s.key AS site, h.url, h.state, v.title, v.published,
            highlight(fts, 0, '{OPEN}', '{CLOSE}') AS marked, snippet(fts, 1, '{OPEN}', '{CLOSE}', '…', 24) AS snippet
         FROM fts JOIN version v ON v.id = fts.rowid JOIN head h ON h.version_id = v.id
            JOIN article a ON a.id = v.article_id JOIN site s ON s.id = a.site_id
         WHERE fts MATCH ?1 AND fts.rowid = ?2"
    ))?;
    let mut hits = Vec::with_capacity(best.len());
    for (rowid, rank) in best {
        let hit = statement.query_row(params![expression, rowid], |row| read(row, -rank)).optional();
        hits.extend(hit.map_err(refused)?);
    }
    Ok(hits)
}

/// The best matches: their rows in the index, and how well they fit (smaller is better).
fn best(db: &Connection, expression: &str, query: &SearchQuery) -> rusqlite::Result<Vec<(i64, f64)>> {
    let mut values: Vec<Value> = vec![expression.to_owned().into()];
    let (mut tables, mut filters) = (String::new(), String::new());
    if query.site.is_some() || query.since.is_some() {
        tables.push_str(" JOIN version v ON v.id = fts.rowid JOIN article a ON a.id = v.article_id");
    }
    if let Some(site) = &query.site {
        values.push(site.clone().into());
        filters.push_str(&format!(" AND a.site_id = (SELECT id FROM site WHERE key = ?{})", values.len()));
    }
    if let Some(since) = query.since {
        values.push(since.as_millisecond().into());
        filters.push_str(&format!(" AND a.first_seen_at >= ?{}", values.len()));
    }
    values.push(i64::try_from(query.limit).unwrap_or(i64::MAX).into());
    // A find in the title counts four times.
    let sql = format!(
        "SELECT fts.rowid, fts.rank FROM fts{tables}
         WHERE fts MATCH ?1 AND fts.rank MATCH 'bm25(4.0, 1.0)'{filters} ORDER BY fts.rank LIMIT ?{}",
        values.len()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// More words than anybody means; past them a text pasted by accident only costs time.
const MOST_WORDS: usize = 200;

/// Each word in quotation marks: nothing in it is syntax, all must be there.
fn quoted(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        // A word without letter or digit has no token: it would be looked for and never found.
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        let word = format!("\"{}\"", word.replace('"', "\"\""));
        if words.len() < MOST_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}

fn fields(fields: &[SearchField]) -> Option<&'static str> {
    match (fields.contains(&SearchField::Title), fields.contains(&SearchField::Body)) {
        (true, false) => Some("title"),
        (false, true) => Some("body"),
        _ => None,
    }
}

fn read(row: &Row<'_>, score: f64) -> rusqlite::Result<Hit> {
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
        score,
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
    fn words_are_quoted_one_by_one() {
        for (text, expression) in [
            ("gempa bumi", r#""gempa" "bumi""#),
            (r#"say "no" NEAR("#, r#""say" """no""" "NEAR(""#),
            ("-ruas title:x a*", r#""-ruas" "title:x" "a*""#),
            ("\" * ^ - (", ""),
            ("ruas\0x", r#""ruas" "x""#),
            ("  ", ""),
        ] {
            assert_eq!(quoted(text), expression, "{text:?}");
        }
    }

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
