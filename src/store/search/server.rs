//! Search on PostgreSQL: the same words, forms and quotation marks, asked as a `tsquery`.

use std::collections::HashSet;

use crate::store::engine::{Connection, OptionalExtension, Value, params, params_from_iter};

use super::super::sql::most_of;
use super::super::{Hit, SearchField, SearchQuery, StoreError, Versions};
use super::hit::hits;
use super::marks::Marks;
use super::tokens::words;
use super::words::{MOST_INFLECTED, Term, folded, is_token, terms};
use super::{MOST_RANKED, affix, fields, narrowed, old, unspaced, vector};

/// How well a text fits: a find in the title counts four times, a long text's finds less.
const RANK: &str = "ts_rank('{0, 0, 0.25, 1}', f.tsv, ?1::text::tsquery, 1)";

/// Puts a version into the search index.
pub(super) fn add(db: &Connection, version: i64, title: &str, body: &str) -> Result<(), StoreError> {
    db.prepare_cached("INSERT INTO fts (id, tsv) VALUES (?1, ?2::text::tsvector)")?
        .execute(params![version, vector::of(title, body)])?;
    Ok(())
}

/// Takes a version out of the search index.
pub(super) fn remove(db: &Connection, version: i64) -> Result<(), StoreError> {
    db.prepare_cached("DELETE FROM fts WHERE id = ?1")?.execute([version])?;
    Ok(())
}

/// Puts all latest versions into it anew, a few texts in memory at a time.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM fts")?;
    let mut texts = db.prepare("SELECT id, title, coalesce(body, '') FROM head_text ORDER BY id")?;
    let mut texts = texts.query([])?;
    while let Some(row) = texts.next()? {
        add(db, row.get(0)?, &row.get::<_, String>(1)?, &row.get::<_, String>(2)?)?;
    }
    Ok(())
}

/// What is asked.
struct Asked {
    /// As PostgreSQL takes it; empty when nothing can be found.
    tsquery: String,
    /// What of it is marked in a text.
    marks: Marks,
    /// Of each term the forms of which one must stand in a text, each by its words; none where the user wrote
    /// PostgreSQL's own syntax.
    needed: Vec<Vec<Vec<String>>>,
}

impl Asked {
    /// Whether a text has the words: what has not need not be sent to the server.
    fn may_stand_in(&self, title: &str, body: &str) -> bool {
        let words: HashSet<String> = folded_words(title).chain(folded_words(body)).collect();
        let stands = |form: &Vec<String>| form.iter().all(|word| words.contains(word));
        self.needed.iter().all(|forms| forms.iter().any(stands))
    }
}

pub(super) fn search(db: &Connection, query: &SearchQuery, which: Versions) -> Result<Vec<Hit>, StoreError> {
    let asked = if query.raw_fts { raw(db, &query.text)? } else { expression(db, &query.text)? };
    if asked.tsquery.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = latest(db, &asked, query)?;
    if which == Versions::All {
        found.extend(older(db, &asked, query)?);
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.truncate(query.limit);
    }
    hits(db, &found, &asked.marks)
}

/// The user's words; of each the other forms of its root that the archive holds.
fn expression(db: &Connection, text: &str) -> Result<Asked, StoreError> {
    let (mut parts, mut needed, mut marks, mut inflected) = (Vec::new(), Vec::new(), Marks::default(), 0);
    for term in terms(text) {
        let (Term::Word(text) | Term::Phrase(text)) = &term;
        let mut forms = vec![text.clone()];
        if let Term::Word(word) = &term {
            inflected += 1;
            let bare = folded(word.trim_matches(|c| !is_token(c)));
            let kin = if inflected > MOST_INFLECTED { Vec::new() } else { kin(db, &bare)? };
            forms.extend(kin);
        }
        marks.add(forms.iter().map(String::as_str));
        let mut forms: Vec<Vec<String>> = forms.iter().map(|form| folded_words(form).collect()).collect();
        forms.retain(|form| !form.is_empty());
        marks.prefixes |= forms.iter().any(|form| form.len() == 1 && is_one_of_a_pair(&form[0]));
        if !forms.is_empty() {
            let phrases: Vec<String> = forms.iter().map(|form| phrase(form)).collect();
            parts.push(format!("({})", phrases.join(" | ")));
            needed.push(forms);
        }
    }
    Ok(Asked { tsquery: parts.join(" & "), marks, needed })
}

fn folded_words(text: &str) -> impl Iterator<Item = String> {
    words(text).into_iter().map(|word| word.folded())
}

/// Words that must stand beside each other. One character of a script without spaces begins a pair.
fn phrase(words: &[String]) -> String {
    if let [word] = words
        && is_one_of_a_pair(word)
    {
        return format!("'{word}':*");
    }
    let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    words.join(" <-> ")
}

fn is_one_of_a_pair(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(unspaced::is) && chars.next().is_none()
}

/// PostgreSQL's own syntax, as the user wrote it, folded.
fn raw(db: &Connection, text: &str) -> Result<Asked, StoreError> {
    let text = folded(&text.replace('\0', " "));
    let read = db.query_row("SELECT ?1::text::tsquery::text", [&text], |row| row.get::<_, String>(0));
    let tsquery = read.map_err(|error| match StoreError::from(error) {
        StoreError::Io(text) => StoreError::Query(text),
        other => other,
    })?;
    let mut marks = Marks::default();
    marks.prefixes = text.contains(":*");
    // Words, wherever they stand: the operators between them are not looked at.
    folded_words(&text).for_each(|word| marks.add([word.as_str()]));
    Ok(Asked { tsquery, marks, needed: Vec::new() })
}

/// Other forms of a word that the index holds.
fn kin(db: &Connection, word: &str) -> Result<Vec<String>, StoreError> {
    let mut known = db.prepare_cached("SELECT 1 FROM fts WHERE tsv @@ ?1::text::tsquery LIMIT 1")?;
    affix::kin(word, |forms| {
        let mut in_use = HashSet::new();
        for form in forms {
            if known.exists([format!("'{form}'")])? {
                in_use.insert((*form).to_owned());
            }
        }
        Ok(in_use)
    })
}

/// The best of the latest versions; of very many the newest.
fn latest(db: &Connection, asked: &Asked, query: &SearchQuery) -> Result<Vec<(i64, f64)>, StoreError> {
    let matches = format!("f.tsv @@ ?1::text::tsquery{}", in_field(&query.fields));
    let many: bool = db.query_row(
        &format!("SELECT count(*) > ?2 FROM (SELECT 1 FROM fts f WHERE {matches} LIMIT ?2 + 1) few"),
        params![asked.tsquery, MOST_RANKED],
        |row| row.get(0),
    )?;
    let mut values: Vec<Value> = vec![asked.tsquery.clone().into()];
    let mut filters = narrowed(query, &mut values);
    if let Some(behind) = query.behind {
        values.push(behind.row.into());
        let row = values.len();
        filters.push_str(&match many {
            true => format!(" AND f.id < ?{row}"),
            false => {
                values.push(behind.score.into());
                format!(" AND ({RANK}::float8, f.id) < (?{}, ?{row})", values.len())
            }
        });
    }
    values.push(most_of(query.limit).into());
    let (rank, order) = if many { ("0.0::float8", "f.id DESC") } else { (RANK, "2 DESC, f.id DESC") };
    let sql = format!(
        "SELECT f.id, {rank} FROM fts f JOIN version v ON v.id = f.id JOIN article a ON a.id = v.article_id
         WHERE {matches}{filters} ORDER BY {order} LIMIT ?{}",
        values.len()
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The older versions that match: each text is read, as they stand in no index.
fn older(db: &Connection, asked: &Asked, query: &SearchQuery) -> Result<Vec<(i64, f64)>, StoreError> {
    let snapshot = db.unchecked_transaction()?;
    let mut versions = snapshot.prepare(old::VERSIONS)?;
    let since = query.since.map(|since| since.as_millisecond());
    let mut rows = versions.query(params![query.site, since])?;
    let sql = format!(
        "SELECT {RANK} FROM (SELECT ?2::text::tsvector AS tsv) f WHERE f.tsv @@ ?1::text::tsquery{}",
        in_field(&query.fields)
    );
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (title, body): (String, String) = (row.get(1)?, row.get(2)?);
        if !asked.may_stand_in(&title, &body) {
            continue;
        }
        let score: Option<f64> = snapshot
            .prepare_cached(&sql)?
            .query_row(params![asked.tsquery, vector::of(&title, &body)], |row| row.get(0))
            .optional()?;
        found.extend(score.map(|score| Ok::<_, StoreError>((row.get(0)?, score))).transpose()?);
    }
    Ok(found)
}

/// The condition that the words stand in one field.
fn in_field(asked: &[SearchField]) -> String {
    let weight = match fields(asked) {
        Some("title") => "a",
        Some(_) => "b",
        None => return String::new(),
    };
    format!(" AND ts_filter(f.tsv, '{{{weight}}}') @@ ?1::text::tsquery")
}
