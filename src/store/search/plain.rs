//! Searches by the user's words: one walk through the lists of the index finds the texts; they are then ranked by
//! what stands in them, or by the index where its lists are short, and very many come by their time.
//!
//! FTS5's ranking walks through the lists of all words twice more: where common words are asked for together with
//! rare ones, or in a phrase, that costs many times what reading a few hundred texts does.

use crate::store::engine::{Connection, Value, params, params_from_iter};

use super::super::sql::most_of;
use super::super::{Hit, SearchField, SearchQuery, StoreError};
use super::hit::hit;
use super::marks::Marks;
use super::tokens::words;
use super::{MOST_RANKED, TITLE, is_asked, rarest};

/// So many texts are read and ranked in a millisecond or two.
const FEW: usize = 100;

/// Constants of BM25, as FTS5 has them.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The best matches of an index.
pub(super) fn in_index(
    db: &Connection,
    index: &str,
    expression: &str,
    marks: &Marks,
    query: &SearchQuery,
) -> Result<Vec<Hit>, StoreError> {
    let by_time = query.behind.is_some_and(|behind| behind.is_by_time());
    let all = if by_time { Vec::new() } else { all(db, index, expression, marks, query)? };
    let found = if by_time || all.len() as i64 > MOST_RANKED {
        meant(db, index, expression, query)?.into_iter().map(|row| (row, 0.0)).collect()
    } else {
        let found = if all.len() <= FEW || !marks.are_one_word() {
            by_text(db, &all, marks, query)?
        } else {
            by_index(db, index, expression)?
        };
        behind(found, query)
    };
    let mut hits = Vec::new();
    for find in found {
        if hits.len() == query.limit {
            break;
        }
        hits.extend(hit(db, find, marks, query)?);
    }
    Ok(hits)
}

/// The versions that match, as far as they are to be ranked.
fn all(
    db: &Connection,
    index: &str,
    expression: &str,
    marks: &Marks,
    query: &SearchQuery,
) -> Result<Vec<i64>, StoreError> {
    let holders = if index == "fts" { rarest::holders(db, query, marks)? } else { None };
    holders.map_or_else(|| oldest(db, index, expression, MOST_RANKED + 1), Ok)
}

/// The versions that match, the oldest first, at most so many: walked backwards, the lists of the index cost a third
/// more.
fn oldest(db: &Connection, index: &str, expression: &str, most: i64) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT rowid FROM {index} WHERE {index} MATCH ?1 LIMIT ?2");
    Ok(db
        .prepare_cached(&sql)?
        .query_map(params![expression, most], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The newest matches that the filters mean, as many as are asked for.
fn meant(
    db: &Connection,
    index: &str,
    expression: &str,
    query: &SearchQuery,
) -> Result<Vec<i64>, StoreError> {
    let mut values: Vec<Value> = vec![expression.to_owned().into()];
    let mut filters = String::new();
    let mut add = |text: &str, value: Value| {
        values.push(value);
        filters.push_str(&format!(" AND {text} ?{}", values.len()));
    };
    if let Some(behind) = query.behind {
        add(&format!("{index}.rowid <"), behind.row.into());
    }
    let tables = match (&query.site, query.since) {
        (None, None) => String::new(),
        (site, since) => {
            if let Some(site) = site {
                add("s.key =", site.clone().into());
            }
            if let Some(since) = since {
                add("a.first_seen_at >=", since.as_millisecond().into());
            }
            format!(
                " CROSS JOIN version v ON v.id = {index}.rowid CROSS JOIN article a ON a.id = v.article_id
                CROSS JOIN site s ON s.id = a.site_id"
            )
        }
    };
    let sql = format!(
        "SELECT {index}.rowid FROM {index}{tables} WHERE {index} MATCH ?1{filters}
         ORDER BY {index}.rowid DESC LIMIT {}",
        most_of(query.limit)
    );
    Ok(db
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// How well each match fits, as FTS5 ranks.
fn by_index(db: &Connection, index: &str, expression: &str) -> Result<Vec<(i64, f64)>, StoreError> {
    let sql = format!(
        "SELECT rowid, -rank FROM {index} WHERE {index} MATCH ?1 AND rank MATCH 'bm25({TITLE:?}, 1.0)'"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let found = statement.query_map([expression], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// How well each match fits by its text: BM25 over the terms that were asked for, all forms of one counted together.
/// Every match has all of them, so none weighs more than another for being rare.
fn by_text(
    db: &Connection,
    rows: &[i64],
    marks: &Marks,
    query: &SearchQuery,
) -> Result<Vec<(i64, f64)>, StoreError> {
    let mut texts = db.prepare_cached("SELECT title, coalesce(body, '') FROM version WHERE id = ?1")?;
    let mut counted: Vec<(i64, f64, Vec<f64>)> = Vec::with_capacity(rows.len());
    for &row in rows {
        let (title, body): (String, String) = texts.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (mut long, mut often) = (0.0, vec![0.0; marks.terms]);
        for (text, weight, field) in [(title, TITLE, SearchField::Title), (body, 1.0, SearchField::Body)] {
            let words = words(&text);
            long += words.len() as f64;
            if is_asked(query, field) {
                marks.places(&words).iter().for_each(|place| often[place.term] += weight);
            }
        }
        counted.push((row, long, often));
    }
    let usual = counted.iter().map(|(_, long, _)| long).sum::<f64>() / counted.len().max(1) as f64;
    let score = |long: f64, often: &[f64]| -> f64 {
        often.iter().map(|often| often * (K1 + 1.0) / (often + K1 * (1.0 - B + B * long / usual))).sum()
    };
    // Nothing that was found has no score: by that the next page would come by time.
    Ok(counted.iter().map(|(row, long, often)| (*row, score(*long, often).max(1e-6))).collect())
}

/// The best first, and of equals the newest; behind the place that the query names.
fn behind(mut found: Vec<(i64, f64)>, query: &SearchQuery) -> Vec<(i64, f64)> {
    let order = |a: (i64, f64), b: (i64, f64)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
    if let Some(behind) = query.behind {
        found.retain(|&find| order((behind.row, behind.score), find).is_lt());
    }
    found.sort_by(|&a, &b| order(a, b));
    found
}
