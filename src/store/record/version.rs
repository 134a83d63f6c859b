//! Writing a version.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::super::meta::{Meta, body_text};
use super::super::{StoreError, alike, chain, changes, search};
use crate::model::{Article, ArticleId, Cause, Fingerprint, PageUrl, Reading, VersionSeq};

/// A version that is to be written.
pub(super) struct NewVersion<'a> {
    pub(super) article_id: ArticleId,
    pub(super) seq: VersionSeq,
    pub(super) cause: Cause,
    /// The fetch whose page it was read from, when that was, and the address that answered.
    pub(super) fetch: i64,
    pub(super) observed: i64,
    pub(super) url: &'a PageUrl,
    pub(super) article: &'a Article,
    /// Its hashes.
    pub(super) fingerprint: &'a Fingerprint,
}

/// What became of it.
pub(super) struct Written {
    pub(super) version: i64,
    pub(super) reading: i64,
}

impl NewVersion<'_> {
    pub(super) fn write(&self, db: &Connection, at: i64) -> Result<Written, StoreError> {
        let article = self.article;
        let reading = reading(db, &article.reading, at)?;
        let fingerprint = self.fingerprint;
        let meta = serde_json::to_string(&Meta::of(article))
            .map_err(|e| StoreError::Io(format!("a version cannot be written as JSON: {e}")))?;
        let authors = (!article.authors.is_empty()).then(|| article.authors.join(", "));
        let body = body_text(article);
        db
            .prepare_cached(
                "INSERT INTO version (article_id, seq, fetch_id, reading_id, cause, observed_at, url, canonical_url,
                    title, dateline, authors, section, language, published, published_at, modified, modified_at,
                    body, words, content_sha256, field_sha256, meta)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                    ?20, ?21, ?22)",
            )?
            .execute(params![
                self.article_id.0,
                self.seq.0,
                self.fetch,
                reading,
                self.cause.as_str(),
                self.observed,
                self.url.as_str(),
                article.canonical_url,
                article.title,
                article.dateline.as_ref().map(|d| d.raw.as_str()),
                authors,
                article.section,
                article.language,
                article.published.as_ref().map(ToString::to_string),
                article.published.as_ref().map(|w| w.at.as_millisecond()),
                article.modified.as_ref().map(ToString::to_string),
                article.modified.as_ref().map(|w| w.at.as_millisecond()),
                body,
                i64::try_from(article.words()).unwrap_or(i64::MAX),
                fingerprint.content.0,
                field_hashes(fingerprint),
                meta,
            ])?;
        let version = db.last_insert_rowid();
        chain::append_version(db, version)?;
        search::add(db, version, &article.title, &body)?;
        alike::set(db, self.article_id, article)?;
        // The first of an article is no change.
        if self.seq.0 > 1 {
            changes::add_version(db, version, article)?;
        }
        Ok(Written { version, reading })
    }
}

/// The hashes of the fields in the order of the schema.
pub(super) fn field_hashes(f: &Fingerprint) -> Vec<u8> {
    [f.title, f.dateline, f.authors, f.section, f.published, f.body].iter().flat_map(|hash| hash.0).collect()
}

/// Which source gave which field, as JSON.
pub(super) fn sources(reading: &Reading) -> String {
    let fields: serde_json::Map<String, serde_json::Value> = reading
        .fields
        .iter()
        .map(|(field, source)| (field.as_str().to_owned(), source.as_str().into()))
        .collect();
    serde_json::Value::Object(fields).to_string()
}

/// The row of a way of reading; most pages of a site share a few.
pub(super) fn reading(db: &Connection, reading: &Reading, at: i64) -> Result<i64, StoreError> {
    let fields = sources(reading);
    let hash = reading.site_file_sha256.0;
    let found: Option<i64> = db
        .prepare_cached(
            "SELECT id FROM reading WHERE extractor = ?1 AND site = ?2 AND layout = ?3 AND site_file_sha256 = ?4
                AND fields = ?5",
        )?
        .query_row(params![reading.extractor.0, reading.site, reading.layout, hash, fields], |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    db.prepare_cached(
        "INSERT INTO reading (site, layout, site_file_sha256, extractor, fields, first_used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![reading.site, reading.layout, hash, reading.extractor.0, fields, at])?;
    Ok(db.last_insert_rowid())
}
