//! Phrases of three words or more, by the two of these that are rarest: the lists of common words are long, and a few
//! texts are sooner read than such lists are walked through.

use crate::store::engine::{Connection, params};

use super::super::{SearchField, SearchQuery, StoreError};
use super::marks::Marks;
use super::tokens;
use super::words::{Term, quoted, terms};
use super::{fields, is_asked};

/// So many texts that hold a word tell how rare it is.
const SAMPLE: i64 = 50;
/// So many words are weighed: the longest, which as a rule are rarer.
const WEIGHED: usize = 5;
/// So many texts are read at most.
const MOST: i64 = 300;

/// The versions in which all phrases of a query stand, if it is nothing else; none: the index is to be asked for
/// all that it says.
pub(super) fn holders(
    db: &Connection,
    query: &SearchQuery,
    marks: &Marks,
) -> Result<Option<Vec<i64>>, StoreError> {
    let mut words = words_of(&query.text);
    if words.len() < 3 {
        return Ok(None);
    }
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.truncate(WEIGHED);
    let all: i64 =
        db.prepare_cached("SELECT coalesce(max(id), 0) FROM version")?.query_row([], |row| row.get(0))?;
    let mut rare = Vec::with_capacity(words.len());
    for word in words {
        rare.push((holding(db, &word, all)?, word));
    }
    rare.sort_by_key(|(texts, _)| *texts);
    let [(some, first), (more, second), ..] = rare.as_slice() else { return Ok(None) };
    if some.saturating_mul(*more) / all.max(1) > MOST {
        return Ok(None);
    }
    let both = format!("{} AND {}", quoted(first), quoted(second));
    let both = fields(&query.fields).map_or(both.clone(), |columns| format!("{columns} : ({both})"));
    let rows: Vec<i64> = db
        .prepare_cached("SELECT rowid FROM fts WHERE fts MATCH ?1 LIMIT ?2")?
        .query_map(params![both, MOST + 1], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    if rows.len() as i64 > MOST {
        return Ok(None);
    }
    let mut texts = db.prepare_cached("SELECT title, coalesce(body, '') FROM version WHERE id = ?1")?;
    let mut holders = Vec::new();
    for row in rows {
        let (title, body): (String, String) = texts.query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let asked = [(&title, SearchField::Title), (&body, SearchField::Body)];
        let asked = asked.into_iter().filter(|(_, field)| is_asked(query, *field));
        if marks.all_stand_in(asked.map(|(text, _)| tokens::words(text))) {
            holders.push(row);
        }
    }
    Ok(Some(holders))
}

/// The words of a query that is nothing but phrases in letters and digits of ASCII, each once.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for term in terms(text) {
        let Term::Phrase(phrase) = term else { return Vec::new() };
        if !phrase.is_ascii() {
            return Vec::new();
        }
        words.extend(tokens::words(&phrase).iter().map(tokens::Word::folded));
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// In how many of so many texts a word stands, about: by where the first of them are.
fn holding(db: &Connection, word: &str, all: i64) -> Result<i64, StoreError> {
    let (found, last): (i64, i64) = db
        .prepare_cached(
            "SELECT count(*), coalesce(max(rowid), 0) FROM (SELECT rowid FROM fts WHERE fts MATCH ?1 LIMIT ?2)",
        )?
        .query_row(params![quoted(word), SAMPLE], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(if found < SAMPLE { found } else { found * all / last.max(1) })
}
