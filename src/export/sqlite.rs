//! A small database for people who ask with SQL (Datasette, `sqlite3`, a notebook): three tables, full
//! text, every column told in its definition. The archive itself is made for crawling; this one for asking.

use std::path::Path;

use rusqlite::{Connection, params};

use super::ExportError;
use super::json::time;
use crate::diff::{self, Op};
use crate::model::{ArticleId, Cause, Version};
use crate::store::ArticleRow;

const SCHEMA: &str = include_str!("sqlite.sql");

/// Writes a database.
pub struct SqliteWriter {
    db: Connection,
    path: std::path::PathBuf,
    /// The version before, of the same article.
    before: Option<Version>,
}

impl SqliteWriter {
    /// Begins a database in a file that is empty or not there.
    ///
    /// # Errors
    /// [`ExportError::Database`] when it cannot be written.
    pub fn new(path: &Path) -> Result<Self, ExportError> {
        let failed = failed(path);
        let db = Connection::open(path).map_err(&failed)?;
        // Nobody else knows the file: a crash leaves nothing that anybody would read.
        db.execute_batch(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN",
        )
        .and_then(|()| db.execute_batch(SCHEMA))
        .map_err(&failed)?;
        Ok(Self { db, path: path.to_owned(), before: None })
    }

    /// Adds a version; those of an article come one after the other, oldest first.
    ///
    /// # Errors
    /// [`ExportError::Database`] when it cannot be written.
    pub fn row(&mut self, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        let before = self.before.take().filter(|before| before.article_id == version.article_id);
        let done = self.write(row, version, before.as_ref());
        self.before = Some(version.clone());
        done.map_err(failed(&self.path))
    }

    fn write(&self, row: &ArticleRow, version: &Version, before: Option<&Version>) -> rusqlite::Result<()> {
        if before.is_none() {
            self.article(row)?;
        }
        self.version(row.id, version)?;
        // The latest comes last, and stays.
        self.db
            .prepare_cached(
                "UPDATE articles SET version = v.version, title = v.title, dateline = v.dateline, authors = v.authors,
                    section = v.section, language = v.language, published = v.published, body = v.body, words = v.words
                 FROM (SELECT * FROM versions WHERE article_id = ?1 AND version = ?2) AS v WHERE articles.id = ?1",
            )?
            .execute(params![row.id.0, version.seq.0])?;
        let before = before.filter(|before| diff::comparable(before, version));
        before.map_or(Ok(()), |before| self.change(before, version))
    }

    fn article(&self, row: &ArticleRow) -> rusqlite::Result<()> {
        self.db
            .prepare_cached("INSERT INTO articles (id, site, url, state, versions, first_seen, last_seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
            .execute(params![
                row.id.0,
                row.site,
                row.url.as_str(),
                row.state.as_str(),
                row.versions,
                time(row.first_seen),
                time(row.last_seen),
            ])?;
        Ok(())
    }

    fn version(&self, id: ArticleId, version: &Version) -> rusqlite::Result<()> {
        let article = &version.article;
        let body = article.text();
        let authors = (!article.authors.is_empty()).then(|| article.authors.join("; "));
        self.db
            .prepare_cached(
                "INSERT INTO versions (article_id, version, observed, cause, url, title, dateline, authors, section,
                    language, published, modified, body, words, content_sha256)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
            )?
            .execute(params![
                id.0,
                version.seq.0,
                time(version.observed),
                version.cause.as_str(),
                version.url.as_str(),
                article.title,
                article.dateline.as_ref().map(|line| line.raw.trim()),
                authors,
                article.section,
                article.language,
                article.published.as_ref().map(ToString::to_string),
                article.modified.as_ref().map(ToString::to_string),
                body,
                i64::try_from(article.words()).unwrap_or(i64::MAX),
                version.fingerprint.content.to_string(),
            ])?;
        Ok(())
    }

    fn change(&self, before: &Version, version: &Version) -> rusqlite::Result<()> {
        let change = diff::between(before, version);
        let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.as_str()).collect();
        let marked: String = change
            .title
            .iter()
            .map(|token| match token.op {
                Op::Keep => token.text.clone(),
                Op::Delete => format!("[-{}-]", token.text),
                Op::Insert => format!("{{+{}+}}", token.text),
            })
            .collect();
        self.db
            .prepare_cached(
                "INSERT INTO changes (article_id, before, after, observed, cause, by_publisher, kinds, score, stealth,
                    words_added, words_removed, title)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                version.article_id.0,
                before.seq.0,
                version.seq.0,
                time(version.observed),
                version.cause.as_str(),
                version.cause == Cause::Publisher,
                kinds.join(" "),
                change.score,
                change.stealth,
                i64::try_from(change.words_added).unwrap_or(i64::MAX),
                i64::try_from(change.words_removed).unwrap_or(i64::MAX),
                marked,
            ])?;
        Ok(())
    }

    /// Builds the full-text index, and ends the file.
    ///
    /// # Errors
    /// [`ExportError::Database`] when it cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        let failed = failed(&self.path);
        self.db
            .execute_batch(
                "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
                 INSERT INTO articles_fts (articles_fts) VALUES ('optimize'); COMMIT",
            )
            .map_err(&failed)?;
        self.db.close().map_err(|(_, error)| failed(error))
    }
}

fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> ExportError + use<> {
    let path = path.to_owned();
    move |error| ExportError::Database { path: path.clone(), message: error.to_string() }
}
