//! Which lines stand in many articles of a site: counted when an article is first stored, a derived
//! table of bounded size.

use std::collections::HashMap;

use crate::store::engine::{Connection, OptionalExtension, params};

use super::{StoreError, versions};
use crate::model::{Article, ArticleId, Often, Repeated, VersionSeq, line_hash};

/// A line that the last so many articles did not have is forgotten; one that only one had, sooner.
pub(super) const MEMORY: i64 = 500;
pub(super) const SHORT_MEMORY: i64 = 100;
/// How often is looked for lines to forget, in articles.
pub(super) const ROUND: i64 = 50;

/// Counts the lines of a new article, those included that were cut because others have them. A story
/// that was printed before is not counted again.
pub(super) fn count(db: &Connection, site: i64, article: &Article) -> Result<(), StoreError> {
    let lines = lines_of(article);
    let mut known = db.prepare_cached("SELECT 1 FROM line WHERE site_id = ?1 AND hash = ?2")?;
    let (mut old, mut all) = (0, 0);
    for (hash, chars) in &lines {
        all += chars;
        if known.exists(params![site, hash])? {
            old += chars;
        }
    }
    if old * 2 > all {
        return Ok(());
    }
    // Two statements: with RETURNING, SQLite would be ready to undo it alone, and FTS5 would write what it
    // has gathered of the search index.
    db.prepare_cached(
        "INSERT INTO lines_of (site_id, counted) VALUES (?1, 1)
         ON CONFLICT (site_id) DO UPDATE SET counted = lines_of.counted + 1",
    )?
    .execute([site])?;
    let n: i64 = db
        .prepare_cached("SELECT counted FROM lines_of WHERE site_id = ?1")?
        .query_row([site], |row| row.get(0))?;
    let mut add = db.prepare_cached(
        "INSERT INTO line (site_id, hash, articles, first_n, last_n) VALUES (?1, ?2, 1, ?3, ?3)
         ON CONFLICT (site_id, hash) DO UPDATE SET articles = line.articles + 1, last_n = ?3",
    )?;
    for hash in lines.keys() {
        add.execute(params![site, hash, n])?;
    }
    if n % ROUND == 0 {
        db.prepare_cached(
            "DELETE FROM line WHERE site_id = ?1 AND (last_n <= ?2 OR (articles = 1 AND last_n <= ?3))",
        )?
        .execute(params![site, n - MEMORY, n - SHORT_MEMORY])?;
    }
    Ok(())
}

/// An article's lines, by their hashes, and how many characters each has.
pub(super) fn lines_of(article: &Article) -> HashMap<i64, usize> {
    let cut = Repeated::cut_from(article).map(|removal| &removal.text);
    let texts = article.body.iter().map(|block| &block.text).chain(cut);
    texts.map(|text| (line_hash(text), text.chars().count())).collect()
}

/// Counts the lines of an archive anew, from the first versions of the latest articles of each site.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM line; DELETE FROM lines_of;")?;
    let sites: Vec<i64> = db
        .prepare("SELECT id FROM site")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut latest = db.prepare("SELECT id FROM article WHERE site_id = ?1 ORDER BY id DESC LIMIT ?2")?;
    for site in sites {
        let articles: Vec<i64> =
            latest.query_map(params![site, MEMORY], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for id in articles.into_iter().rev() {
            if let Some(version) = versions::one(db, ArticleId(id), VersionSeq(1))? {
                count(db, site, &version.article)?;
            }
        }
    }
    Ok(())
}

/// The lines that stand in at least three articles of a site; none when nothing was counted.
pub(super) fn of(db: &Connection, site: &str) -> Result<Option<Repeated>, StoreError> {
    let counted: Option<(i64, i64)> = db
        .prepare_cached(
            "SELECT s.id, l.counted FROM site s JOIN lines_of l ON l.site_id = s.id WHERE s.key = ?1",
        )?
        .query_row([site], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((site, counted)) = counted else { return Ok(None) };
    let lines = db
        .prepare_cached("SELECT hash, articles, first_n FROM line WHERE site_id = ?1 AND articles >= 3")?
        .query_map([site], |row| Ok((row.get(0)?, often(counted, row.get(1)?, row.get(2)?))))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(Repeated { lines, ..Repeated::default() }))
}

/// How often a line stands in the articles of a site, of which so many were counted.
fn often(counted: i64, articles: i64, first: i64) -> Often {
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Often { articles: number(articles), of: number(counted - first + 1) }
}

/// As [`of`], from numbers in a text: hash, articles and the first of them, with commas between the lines.
#[cfg(feature = "postgres")]
pub(super) fn from_text(counted: Option<i64>, text: Option<String>) -> Repeated {
    let (Some(counted), Some(text)) = (counted, text) else { return Repeated::default() };
    let line = |line: &str| {
        let mut numbers = line.split(' ').map(str::parse::<i64>);
        let mut number = || numbers.next()?.ok();
        Some((number()?, often(counted, number()?, number()?)))
    };
    Repeated { lines: text.split(',').filter_map(line).collect(), ..Repeated::default() }
}
