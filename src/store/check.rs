//! Whether the archive is sound.

use std::path::Path;

use crate::store::engine::Connection;

use super::sql::time;
use super::{StoreError, schema, scrub, stats};

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CheckStatus {
    /// All is well.
    Ok,
    /// It works, but somebody should look.
    Warn,
    /// It does not work.
    Fail,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it is.
    pub status: CheckStatus,
    /// What was found, in a sentence.
    pub found: String,
    /// What to do about it, in a sentence.
    pub remedy: Option<String>,
}

impl Check {
    /// All is well.
    #[must_use]
    pub fn ok(name: &'static str, found: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Ok, found: found.into(), remedy: None }
    }

    /// It works, but somebody should look.
    #[must_use]
    pub fn warn(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Warn, found: found.into(), remedy: Some(remedy.into()) }
    }

    /// It does not work.
    #[must_use]
    pub fn fail(name: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, status: CheckStatus::Fail, found: found.into(), remedy: Some(remedy.into()) }
    }
}

/// An archive of up to so many bytes is read through in a second: nobody need ask for it.
const SMALL: u64 = 256 * 1024 * 1024;
/// Of a larger one so many of the latest articles are looked at.
const LATEST: i64 = 10_000;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Everything.
    All,
    /// Of a large archive the latest articles only.
    Latest,
}

pub(super) fn check(db: &Connection, path: &Path, depth: Depth) -> Result<Vec<Check>, StoreError> {
    let bytes = stats::bytes(db, path)?;
    let all = depth == Depth::All || bytes <= SMALL;
    let mut checks = vec![Check::ok("schema", format!("{} of {}", schema::NEWEST, path.display()))];
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        checks.extend(super::check_server::check(db)?);
        checks.extend([heads(db, all), index(db, all), traces(db)]);
        return Ok(checks);
    }
    if all {
        checks.extend([structure(db), references(db)]);
    } else {
        let size = bytes / 1_000_000;
        checks.push(Check::ok(
            "file",
            format!("{size} MB, not read through; `kliping doctor --deep` reads it"),
        ));
    }
    checks.extend([heads(db, all), index(db, all), traces(db)]);
    Ok(checks)
}

fn structure(db: &Connection) -> Check {
    let found = db.prepare("PRAGMA quick_check(5)").and_then(|mut s| {
        s.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()
    });
    match found {
        Ok(lines) if lines == ["ok"] => Check::ok("file", "every page of the file is sound"),
        Ok(lines) => Check::fail("file", lines.join("; "), SAVE),
        Err(e) => Check::fail("file", e.to_string(), SAVE),
    }
}

const SAVE: &str = "keep a copy of the file, then `sqlite3 FILE .recover` saves what can be saved";

/// What to do about what cannot be read.
fn save(db: &Connection) -> &'static str {
    if db.sqlite().is_some() {
        SAVE
    } else {
        "look into the server's log; `pg_amcheck` reads its files through"
    }
}

fn references(db: &Connection) -> Check {
    let found = db.prepare("PRAGMA foreign_key_check").and_then(|mut s| {
        s.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()
    });
    match found {
        Ok(rows) if rows.is_empty() => Check::ok("references", "every row finds the rows it names"),
        Ok(rows) => {
            Check::fail("references", format!("{} rows name rows that are not there", rows.len()), SAVE)
        }
        Err(e) => Check::fail("references", e.to_string(), SAVE),
    }
}

/// What makes of the greatest number the one behind which rows are looked at.
fn newer_than(all: bool) -> [i64; 2] {
    if all { [0, 0] } else { [1, LATEST] }
}

fn heads(db: &Connection, all: bool) -> Check {
    let wrong = db.query_row(
        "SELECT count(*) FROM article a LEFT JOIN head h ON h.article_id = a.id
         WHERE (h.article_id IS NULL
            OR h.version_id IS DISTINCT FROM (SELECT id FROM version v WHERE v.article_id = a.id ORDER BY seq DESC LIMIT 1)
            OR h.versions <> (SELECT count(*) FROM version v WHERE v.article_id = a.id))
            AND a.id > (SELECT coalesce(max(id), 0) * ?1 - ?2 FROM article)",
        newer_than(all),
        |row| row.get::<_, i64>(0),
    );
    match wrong {
        Ok(0) if !all => {
            Check::ok("heads", format!("the latest {LATEST} articles point at their latest versions"))
        }
        Ok(0) => Check::ok("heads", "every article points at its latest version"),
        Ok(n) => Check::fail(
            "heads",
            format!("{n} articles do not point at their latest version"),
            "`kliping rebuild` lets them point at it, as far as it is there",
        ),
        Err(e) => Check::fail("heads", e.to_string(), save(db)),
    }
}

/// A redaction that was cut short before the file was cleaned.
fn traces(db: &Connection) -> Check {
    match scrub::waiting(db) {
        Ok(None) => Check::ok("traces", "it holds no traces of texts that were taken out"),
        Ok(Some(since)) => Check::fail(
            "traces",
            format!("texts were taken out at {:.0}; it may still hold traces of them", time(since)),
            "run that `kliping redact` again, when nothing else has the archive open",
        ),
        Err(e) => Check::fail("traces", e.to_string(), save(db)),
    }
}

fn index(db: &Connection, all: bool) -> Check {
    // The deep check of FTS5 writes; a reader compares the number of entries.
    let entries = if db.sqlite().is_some() { "fts_docsize" } else { "fts" };
    let from = "(SELECT coalesce(max(version_id), 0) * ?1 - ?2 FROM head)";
    let sql = format!(
        "SELECT (SELECT count(*) FROM {entries} WHERE id > {from}),
            (SELECT count(*) FROM head h JOIN version v ON v.id = h.version_id
             WHERE v.body IS NOT NULL AND h.version_id > {from})"
    );
    let counts =
        db.query_row(&sql, newer_than(all), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    match counts {
        Ok((indexed, articles)) if indexed == articles => {
            let which = if all { "" } else { "the latest " };
            Check::ok("search", format!("{which}{indexed} articles are in the search index"))
        }
        Ok((indexed, articles)) => Check::fail(
            "search",
            format!("{indexed} of {articles} articles are in the search index"),
            "`kliping rebuild` builds it again",
        ),
        Err(e) => Check::fail("search", e.to_string(), save(db)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_large_archive_the_latest_articles_are_looked_at() {
        let db = schema::blank().unwrap();
        db.execute_batch(
            "INSERT INTO site (id, key, added_at) VALUES (1, 'kabar', 0);
             INSERT INTO article (id, site_id, first_seen_at) VALUES (1, 1, 0);",
        )
        .unwrap();
        assert_eq!(heads(&db, false).status, CheckStatus::Fail);
        assert_eq!(index(&db, false).status, CheckStatus::Ok);
        db.execute("INSERT INTO article (id, site_id, first_seen_at) VALUES (?1, 1, 0)", [LATEST + 1])
            .unwrap();
        assert_eq!(heads(&db, false).found, "1 articles do not point at their latest version");
        assert_eq!(heads(&db, true).found, "2 articles do not point at their latest version");
        db.execute_batch(
            "DELETE FROM fts_docsize; INSERT INTO fts (rowid, title, body) VALUES (1, 'Satu', 'Dua');",
        )
        .unwrap();
        assert_eq!(index(&db, true).status, CheckStatus::Fail);
    }
}
