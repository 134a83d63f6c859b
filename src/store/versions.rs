//! Versions, as they come out of the archive.

use std::collections::BTreeMap;

use crate::store::engine::{Connection, OptionalExtension, Row, params};
use jiff::Timestamp;

use super::meta::Meta;
use super::sql::{hash, hash_opt, parsed, time, time_opt, unreadable, url};
use super::{Reader, StoreError, heads};
use crate::model::{
    Article, ArticleId, Cause, ExtractorId, FieldName, Precision, Reading, Version, VersionSeq, When,
    ZoneFrom,
};

/// The columns of a version, in the order in which [`read_at`] takes them, by their places.
pub(super) const COLUMNS: &str = "v.article_id, v.seq, v.cause, v.observed_at, v.url, v.canonical_url, v.title,
    v.dateline, v.section, v.language, v.body, v.published, v.modified, v.content_sha256, v.field_sha256, v.meta,
    v.redacted_at, f.status, f.etag, b.sha256";
/// How many they are.
pub(super) const WIDTH: usize = 20;
/// The columns of how it was read, as [`reading`] takes them.
pub(super) const READING: &str = "r.site, r.layout, r.site_file_sha256, r.extractor, r.fields";

const TABLES: &str = "version v JOIN fetch f ON f.id = v.fetch_id JOIN reading r ON r.id = v.reading_id
    LEFT JOIN blob b ON b.id = f.blob_id";

/// A statement whose rows begin with a whole version, for [`read`]; `more` are further columns.
pub(super) fn select(more: &str, rest: &str) -> String {
    format!("SELECT {COLUMNS}, {READING}{more} FROM {TABLES} {rest}")
}

pub(super) fn one(
    db: &Connection,
    article: ArticleId,
    seq: VersionSeq,
) -> Result<Option<Version>, StoreError> {
    Ok(db
        .prepare_cached(&select("", "WHERE v.article_id = ?1 AND v.seq = ?2"))?
        .query_row(params![article.0, seq.0], read)
        .optional()?)
}

impl Reader {
    /// The version that was to be read at a time: the latest whose page was fetched by then.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn version_at(&self, article: ArticleId, at: Timestamp) -> Result<Option<VersionSeq>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT max(seq) FROM version WHERE article_id = ?1 AND observed_at <= ?2")?
            .query_row(params![article.0, at.as_millisecond()], |row| row.get::<_, Option<i64>>(0))?
            .map(VersionSeq))
    }
}

pub(super) fn all(db: &Connection, article: ArticleId) -> Result<Vec<Version>, StoreError> {
    Ok(db
        .prepare_cached(&select("", "WHERE v.article_id = ?1 ORDER BY v.seq"))?
        .query_map([article.0], read)?
        .collect::<rusqlite::Result<_>>()?)
}

/// A version with how it was read.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Version> {
    read_at(row, 0, reading(row, WIDTH)?)
}

/// The version whose columns begin at a place.
pub(super) fn read_at(row: &Row<'_>, first: usize, reading: Reading) -> rusqlite::Result<Version> {
    let at = |place: usize| first + place;
    let mut article = Article {
        title: row.get(at(6))?,
        dateline: None,
        authors: Vec::new(),
        section: row.get(at(8))?,
        language: row.get(at(9))?,
        published: None,
        modified: None,
        canonical_url: row.get(at(5))?,
        body: Vec::new(),
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading,
    };
    // Redacted versions have neither body nor meta.
    let meta: Meta = match row.get_ref(at(15))?.as_str_or_null()? {
        Some(meta) => serde_json::from_str(meta).map_err(|e| unreadable("meta", &e.to_string()))?,
        None => Meta::default(),
    };
    let body = row.get_ref(at(10))?.as_str_or_null()?.unwrap_or_default();
    meta.fill(&mut article, body, row.get(at(7))?);
    let redacted = time_opt(row.get(at(16))?);
    if redacted.is_some() {
        // The dates stay; what the page said of them word by word went with its text.
        article.published = stated(row.get(at(11))?);
        article.modified = stated(row.get(at(12))?);
    }
    Ok(Version {
        article_id: ArticleId(row.get(at(0))?),
        seq: VersionSeq(row.get(at(1))?),
        cause: parsed(row, at(2), Cause::from_stored)?,
        observed: time(row.get(at(3))?),
        url: url(row, at(4))?,
        article,
        fingerprint: heads::fingerprint(row, at(13), at(14))?,
        status: row.get(at(17))?,
        etag: row.get(at(18))?,
        raw_sha256: hash_opt(row, at(19))?,
        redacted,
    })
}

/// How a version was read, its columns beginning at a place.
pub(super) fn reading(row: &Row<'_>, first: usize) -> rusqlite::Result<Reading> {
    Ok(Reading {
        site: row.get(first)?,
        layout: row.get(first + 1)?,
        site_file_sha256: hash(row, first + 2)?,
        extractor: ExtractorId(row.get(first + 3)?),
        fields: fields(row.get_ref(first + 4)?.as_str()?)?,
    })
}

/// An instant of a column for people: RFC 3339 with the page's offset.
fn stated(text: Option<String>) -> Option<When> {
    let raw = text?;
    let parts: jiff::fmt::temporal::Pieces<'_> = jiff::fmt::temporal::Pieces::parse(&raw).ok()?;
    let offset_seconds = parts.to_numeric_offset().map_or(0, |offset| offset.seconds());
    let at = raw.parse().ok()?;
    Some(When { at, offset_seconds, precision: Precision::Second, zone_from: ZoneFrom::Stated, raw })
}

fn fields(text: &str) -> rusqlite::Result<BTreeMap<FieldName, String>> {
    let map: BTreeMap<String, String> =
        serde_json::from_str(text).map_err(|e| unreadable("fields", &e.to_string()))?;
    // A field of a newer kliping is left out rather than costing the version.
    let name = |text: &str| FieldName::ALL.into_iter().find(|field| field.as_str() == text);
    Ok(map.into_iter().filter_map(|(field, source)| Some((name(&field)?, source))).collect())
}
