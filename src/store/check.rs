//! Whether the archive is sound.

use std::path::Path;

use crate::store::engine::Connection;

use super::sql::time;
use super::{StoreError, schema, scrub};

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

pub(super) fn check(db: &Connection, path: &Path) -> Result<Vec<Check>, StoreError> {
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() {
        let mut checks = vec![Check::ok("schema", format!("{} of {}", schema::NEWEST, path.display()))];
        checks.extend(super::check_server::check(db)?);
        checks.extend([heads(db), index(db), traces(db)]);
        return Ok(checks);
    }
    Ok(vec![
        Check::ok("schema", format!("{} of {}", schema::NEWEST, path.display())),
        structure(db),
        references(db),
        heads(db),
        index(db),
        traces(db),
    ])
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

fn heads(db: &Connection) -> Check {
    let wrong = db.query_row(
        "SELECT count(*) FROM article a LEFT JOIN head h ON h.article_id = a.id
         WHERE h.article_id IS NULL
            OR h.version_id IS DISTINCT FROM (SELECT id FROM version v WHERE v.article_id = a.id ORDER BY seq DESC LIMIT 1)
            OR h.versions <> (SELECT count(*) FROM version v WHERE v.article_id = a.id)",
        [],
        |row| row.get::<_, i64>(0),
    );
    match wrong {
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

fn index(db: &Connection) -> Check {
    // The deep check of FTS5 writes; a reader compares the number of entries.
    let entries = if db.sqlite().is_some() { "fts_docsize" } else { "fts" };
    let sql = format!(
        "SELECT (SELECT count(*) FROM {entries}), (SELECT count(*) FROM head h JOIN version v ON v.id = h.version_id
            WHERE v.body IS NOT NULL)"
    );
    let counts = db.query_row(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    match counts {
        Ok((indexed, articles)) if indexed == articles => {
            Check::ok("search", format!("{indexed} articles are in the search index"))
        }
        Ok((indexed, articles)) => Check::fail(
            "search",
            format!("{indexed} of {articles} articles are in the search index"),
            "`kliping rebuild` builds it again",
        ),
        Err(e) => Check::fail("search", e.to_string(), save(db)),
    }
}
