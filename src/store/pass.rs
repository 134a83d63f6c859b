//! A whole pass over the archive, for exports: one statement, columns by their places, one version in
//! memory. (By names and with a statement an article, two thirds of an export's time went into finding
//! columns.)

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::meta::Meta;
use super::sql::{time, time_opt, unreadable};
use super::{ArticleRow, Filter, Reader, StoreError, Versions};
use crate::model::{
    Article, ArticleId, ArticleState, Cause, ExtractorId, FieldName, Fingerprint, PageUrl, Reading, Sha256,
    Version, VersionSeq,
};

/// Which versions an export wants.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pass {
    /// Which articles.
    pub filter: Filter,
    /// Which of their versions.
    pub versions: Versions,
    /// Only versions that were written after this one, by [`Reader::last_written`].
    pub after: i64,
}

const COLUMNS: &str = "a.id, s.key, s.name, h.url, a.first_seen_at, h.state, h.state_since, h.versions,
    h.last_checked_at, h.last_seen_at, h.last_changed_at, h.next_check_at, l.canonical_url, l.title, l.dateline,
    l.published, l.words, v.seq, v.cause, v.observed_at, v.url, v.canonical_url, v.title, v.dateline, v.section,
    v.language, v.body, v.content_sha256, v.field_sha256, v.meta, v.reading_id, f.status, f.etag, b.sha256,
    v.redacted_at";

impl Reader {
    /// The number of the version that was written last; zero in an empty archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn last_written(&self) -> Result<i64, StoreError> {
        Ok(self.db.query_row("SELECT coalesce(max(id), 0) FROM version", [], |row| row.get(0))?)
    }

    /// Calls `f` with each version that is meant, by the numbers of articles and versions.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn pass<E: From<StoreError>>(
        &self,
        pass: &Pass,
        mut f: impl FnMut(&ArticleRow, &Version) -> Result<(), E>,
    ) -> Result<(), E> {
        // One snapshot: what is written meanwhile belongs to the next pass.
        let db = self.db.unchecked_transaction().map_err(StoreError::from)?;
        let (condition, values) = condition(pass);
        let join = match pass.versions {
            Versions::Latest => "v.id = h.version_id",
            Versions::All => "v.article_id = a.id",
        };
        // CROSS JOIN keeps the order of the tables: nothing is sorted, no text is held.
        let sql = format!(
            "SELECT {COLUMNS} FROM article a CROSS JOIN head h ON h.article_id = a.id JOIN site s ON s.id = a.site_id
             JOIN version l ON l.id = h.version_id CROSS JOIN version v ON {join} JOIN fetch f ON f.id = v.fetch_id
             LEFT JOIN blob b ON b.id = f.blob_id WHERE {condition} ORDER BY a.id, v.seq"
        );
        let mut statement = db.prepare(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(values)).map_err(StoreError::from)?;
        let mut readings = Readings { db: &db, known: HashMap::new() };
        let (mut articles, mut current) = (0, None);
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let article = article(row).map_err(StoreError::from)?;
            if current != Some(article.id) {
                if pass.filter.limit.is_some_and(|limit| articles >= limit) {
                    break;
                }
                (articles, current) = (articles + 1, Some(article.id));
            }
            f(&article, &version(row, article.id, &mut readings)?)?;
        }
        Ok(())
    }
}

pub(super) fn condition(pass: &Pass) -> (String, Vec<Value>) {
    let filter = &pass.filter;
    let ms = |at: Option<Timestamp>| at.map(|at| Value::from(at.as_millisecond()));
    let asked = [
        ("s.key = ?", filter.site.clone().map(Value::from)),
        ("a.first_seen_at >= ?", ms(filter.since)),
        ("a.first_seen_at < ?", ms(filter.until)),
        ("h.last_changed_at >= ?", ms(filter.changed_since)),
        ("h.state = ?", filter.state.map(|state| Value::from(state.as_str().to_owned()))),
        ("v.id > ?", (pass.after > 0).then(|| Value::from(pass.after))),
    ];
    let mut sql = String::from("1");
    let mut values = Vec::new();
    for (text, value) in asked {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {text}{}", values.len()));
        }
    }
    (sql, values)
}

fn article(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get(0)?),
        site: row.get(1)?,
        site_name: row.get(2)?,
        url: url(row, 3)?,
        first_seen: time(row.get(4)?),
        state: named(row, 5, ArticleState::from_stored)?,
        state_since: time(row.get(6)?),
        versions: row.get(7)?,
        last_checked: time(row.get(8)?),
        last_seen: time(row.get(9)?),
        last_changed: time(row.get(10)?),
        next_check: time_opt(row.get(11)?),
        canonical_url: row.get(12)?,
        title: row.get(13)?,
        dateline: row.get(14)?,
        published: row.get(15)?,
        words: row.get(16)?,
    })
}

fn version(row: &Row<'_>, id: ArticleId, readings: &mut Readings<'_>) -> Result<Version, StoreError> {
    let mut article = Article {
        title: row.get(22)?,
        dateline: None,
        authors: Vec::new(),
        section: row.get(24)?,
        language: row.get(25)?,
        published: None,
        modified: None,
        canonical_url: row.get(21)?,
        body: Vec::new(),
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading: readings.get(row.get(30)?)?,
    };
    let meta = match row.get_ref(29)?.as_str_or_null() {
        Ok(Some(meta)) => serde_json::from_str(meta).map_err(|e| unreadable("meta", &e.to_string()))?,
        _ => Meta::default(),
    };
    let body = row.get_ref(26)?.as_str_or_null().ok().flatten().unwrap_or_default();
    meta.fill(&mut article, body, row.get(23)?);
    Ok(Version {
        article_id: id,
        seq: VersionSeq(row.get(17)?),
        cause: named(row, 18, Cause::from_stored)?,
        observed: time(row.get(19)?),
        url: url(row, 20)?,
        article,
        fingerprint: fingerprint(row)?,
        status: row.get(31)?,
        etag: row.get(32)?,
        raw_sha256: row.get_ref(33)?.as_blob_or_null().ok().flatten().and_then(Sha256::from_slice),
        redacted: time_opt(row.get(34)?),
    })
}

fn fingerprint(row: &Row<'_>) -> rusqlite::Result<Fingerprint> {
    let bytes = row.get_ref(28)?.as_blob()?;
    let field = |i: usize| {
        let hash = bytes.get(i * 32..(i + 1) * 32).and_then(Sha256::from_slice);
        hash.ok_or_else(|| unreadable("field_sha256", "too few bytes"))
    };
    let content = Sha256::from_slice(row.get_ref(27)?.as_blob()?);
    Ok(Fingerprint {
        title: field(0)?,
        dateline: field(1)?,
        authors: field(2)?,
        section: field(3)?,
        published: field(4)?,
        body: field(5)?,
        content: content.ok_or_else(|| unreadable("content_sha256", "no SHA-256"))?,
    })
}

fn named<T>(row: &Row<'_>, at: usize, parse: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text = row.get_ref(at)?.as_str()?;
    parse(text).ok_or_else(|| unreadable("name", text))
}

fn url(row: &Row<'_>, at: usize) -> rusqlite::Result<PageUrl> {
    named(row, at, |text| PageUrl::parse(text).ok())
}

/// The ways in which pages were read: few, and many versions share one.
struct Readings<'c> {
    db: &'c Connection,
    known: HashMap<i64, Reading>,
}

impl Readings<'_> {
    fn get(&mut self, id: i64) -> Result<Reading, StoreError> {
        if let Some(reading) = self.known.get(&id) {
            return Ok(reading.clone());
        }
        let reading = self
            .db
            .prepare_cached(
                "SELECT site, layout, site_file_sha256, extractor, fields FROM reading WHERE id = ?1",
            )?
            .query_row([id], |row| {
                let fields: String = row.get(4)?;
                let fields: HashMap<String, String> =
                    serde_json::from_str(&fields).map_err(|e| unreadable("fields", &e.to_string()))?;
                let hash: Vec<u8> = row.get(2)?;
                let source = |field: FieldName| Some((field, fields.get(field.as_str())?.clone()));
                Ok(Reading {
                    site: row.get(0)?,
                    layout: row.get(1)?,
                    site_file_sha256: Sha256::from_slice(&hash)
                        .ok_or_else(|| unreadable("site_file_sha256", "no SHA-256"))?,
                    extractor: ExtractorId(row.get(3)?),
                    fields: FieldName::ALL.into_iter().filter_map(source).collect(),
                })
            })?;
        if self.known.len() >= 1000 {
            self.known.clear();
        }
        self.known.insert(id, reading.clone());
        Ok(reading)
    }
}
