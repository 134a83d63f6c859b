//! Versions, as they come out of the archive.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::meta::Meta;
use super::sql::{hash, hash_opt, parsed, time, time_opt, unreadable, url};
use super::{ArticleRow, Filter, Reader, StoreError, Versions, heads, list};
use crate::model::{
    Article, ArticleId, Cause, ExtractorId, FieldName, Precision, Reading, Version, VersionSeq, When,
    ZoneFrom,
};

/// Columns and joins of a whole version.
pub(super) const SELECT: &str = "SELECT v.*, f.status AS fetch_status, f.etag AS fetch_etag, b.sha256 AS raw_sha256,
        r.site AS r_site, r.layout AS r_layout, r.site_file_sha256 AS r_sha256, r.extractor AS r_extractor, r.fields AS r_fields
     FROM version v JOIN fetch f ON f.id = v.fetch_id JOIN reading r ON r.id = v.reading_id
     LEFT JOIN blob b ON b.id = f.blob_id";

pub(super) fn one(
    db: &Connection,
    article: ArticleId,
    seq: VersionSeq,
) -> Result<Option<Version>, StoreError> {
    Ok(db
        .prepare_cached(&format!("{SELECT} WHERE v.article_id = ?1 AND v.seq = ?2"))?
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
        .prepare_cached(&format!("{SELECT} WHERE v.article_id = ?1 ORDER BY v.seq"))?
        .query_map([article.0], read)?
        .collect::<rusqlite::Result<_>>()?)
}

pub(super) fn each<E: From<StoreError>>(
    db: &Connection,
    filter: &Filter,
    which: Versions,
    mut f: impl FnMut(&ArticleRow, &Version) -> Result<(), E>,
) -> Result<(), E> {
    let sql = match which {
        Versions::Latest => format!("{SELECT} JOIN head h ON h.version_id = v.id WHERE v.article_id = ?1"),
        Versions::All => format!("{SELECT} WHERE v.article_id = ?1 ORDER BY v.seq"),
    };
    // One snapshot for the whole pass: what is written meanwhile belongs to the next.
    let snapshot = db.unchecked_transaction().map_err(StoreError::from)?;
    let mut statement = snapshot.prepare(&sql).map_err(StoreError::from)?;
    list::each(&snapshot, filter, |article| {
        let mut rows = statement.query([article.id.0]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            f(&article, &read(row).map_err(StoreError::from)?)?;
        }
        Ok(())
    })
}

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Version> {
    let mut article = Article {
        title: row.get("title")?,
        dateline: None,
        authors: Vec::new(),
        section: row.get("section")?,
        language: row.get("language")?,
        published: None,
        modified: None,
        canonical_url: row.get("canonical_url")?,
        body: Vec::new(),
        images: Vec::new(),
        comment_form: None,
        removed: Vec::new(),
        reading: Reading {
            site: row.get("r_site")?,
            layout: row.get("r_layout")?,
            site_file_sha256: hash(row, "r_sha256")?,
            extractor: ExtractorId(row.get("r_extractor")?),
            fields: fields(row)?,
        },
    };
    // Redacted versions have neither body nor meta.
    let body: Option<String> = row.get("body")?;
    let meta: Option<String> = row.get("meta")?;
    let meta: Meta = match meta {
        Some(meta) => serde_json::from_str(&meta).map_err(|e| unreadable("meta", &e.to_string()))?,
        None => Meta::default(),
    };
    meta.fill(&mut article, body.as_deref().unwrap_or_default(), row.get("dateline")?);
    let redacted = time_opt(row.get("redacted_at")?);
    if redacted.is_some() {
        // The dates stay; what the page said of them word by word went with its text.
        article.published = stated(row.get("published")?);
        article.modified = stated(row.get("modified")?);
    }
    Ok(Version {
        article_id: ArticleId(row.get("article_id")?),
        seq: VersionSeq(row.get("seq")?),
        cause: parsed(row, "cause", Cause::from_stored)?,
        observed: time(row.get("observed_at")?),
        url: url(row, "url")?,
        article,
        fingerprint: heads::fingerprint(row)?,
        status: row.get("fetch_status")?,
        etag: row.get("fetch_etag")?,
        raw_sha256: hash_opt(row, "raw_sha256")?,
        redacted,
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

fn fields(row: &Row<'_>) -> rusqlite::Result<BTreeMap<FieldName, String>> {
    let text: String = row.get("r_fields")?;
    let map: BTreeMap<String, String> =
        serde_json::from_str(&text).map_err(|e| unreadable("fields", &e.to_string()))?;
    // A field of a newer kliping is left out rather than costing the version.
    let name = |text: &str| FieldName::ALL.into_iter().find(|field| field.as_str() == text);
    Ok(map.into_iter().filter_map(|(field, source)| Some((name(&field)?, source))).collect())
}
