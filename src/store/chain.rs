//! The chain over versions and events: each link is a SHA-256 over the link before it and its own row.
//!
//! A link holds two hashes. `row_sha256` is over the row's text as it was stored, byte by byte; it stays
//! when the text is taken out. `sha256` is over the link before, that hash, and what never goes: numbers,
//! times, cause, the hashes of text and page, who read it. So the chain can be followed in an archive
//! whose texts were redacted and whose pages were pruned.

use std::ops::Range;

use crate::store::engine::{Connection, OptionalExtension, Row, params};
use rusqlite::types::ValueRef;

use super::StoreError;
use super::sql::hash;
use crate::model::{Sha256, sha256};

/// The link before the first.
pub(super) const NOTHING: Sha256 = Sha256([0; 32]);

/// Bytes to be hashed: every value with its kind and length, so that no two rows give the same bytes.
pub(super) struct Bytes(Vec<u8>);

impl Bytes {
    fn new(what: &str) -> Self {
        let mut bytes = Self(Vec::with_capacity(4096));
        bytes.put(b't', what.as_bytes());
        bytes
    }

    fn put(&mut self, kind: u8, value: &[u8]) {
        self.0.push(kind);
        self.0.extend_from_slice(&(value.len() as u64).to_be_bytes());
        self.0.extend_from_slice(value);
    }

    fn value(&mut self, value: ValueRef<'_>) {
        match value {
            ValueRef::Null => self.put(b'n', b""),
            ValueRef::Integer(number) => self.put(b'i', &number.to_be_bytes()),
            ValueRef::Text(text) => self.put(b't', text),
            ValueRef::Blob(blob) => self.put(b'b', blob),
            // Every table is STRICT, and none has such a column.
            ValueRef::Real(number) => self.put(b'r', &number.to_be_bytes()),
        }
    }
}

/// A version's row: first what its text hash is over, then what its link is over, then where it is found.
const VERSION: &str = "SELECT v.url, v.canonical_url, v.title, v.dateline, v.authors, v.section, v.language,
        v.published, v.published_at, v.modified, v.modified_at, v.body, v.words, v.meta,
        v.article_id, v.seq, v.cause, v.observed_at, v.content_sha256, v.field_sha256,
        r.extractor, r.site_file_sha256, b.sha256,
        v.id, v.redacted_at
     FROM version v JOIN fetch f ON f.id = v.fetch_id JOIN reading r ON r.id = v.reading_id
     LEFT JOIN blob b ON b.id = f.blob_id";
const TEXT: Range<usize> = 0..14;
const LINK: Range<usize> = 14..23;

/// Every version, by its row.
pub(super) fn versions() -> String {
    format!("{VERSION} ORDER BY v.id")
}

/// Every event, by its row.
pub(super) const EVENTS: &str = "SELECT id, article_id, at, kind, detail FROM event ORDER BY id";

fn values(bytes: &mut Bytes, row: &Row<'_>, columns: Range<usize>) -> rusqlite::Result<()> {
    for column in columns {
        bytes.value(row.get_ref(column)?);
    }
    Ok(())
}

/// The hash over the text of a version that is about to be written: its columns from `url` to `meta`, in the
/// order in which they are hashed.
#[cfg(feature = "postgres")]
pub(super) fn text_of<'v>(columns: impl IntoIterator<Item = ValueRef<'v>>) -> Sha256 {
    let mut bytes = Bytes::new("version text");
    columns.into_iter().for_each(|value| bytes.value(value));
    sha256(&bytes.0)
}

/// The hash over a version's text.
pub(super) fn version_text(row: &Row<'_>) -> rusqlite::Result<Sha256> {
    let mut bytes = Bytes::new("version text");
    values(&mut bytes, row, TEXT)?;
    Ok(sha256(&bytes.0))
}

/// The link of a version.
pub(super) fn version_link(row: &Row<'_>, before: &Sha256, text: &Sha256) -> rusqlite::Result<Sha256> {
    let mut bytes = Bytes::new("version");
    bytes.put(b'b', &before.0);
    values(&mut bytes, row, LINK)?;
    bytes.put(b'b', &text.0);
    Ok(sha256(&bytes.0))
}

/// The hash over an event's text.
pub(super) fn event_text(row: &Row<'_>) -> rusqlite::Result<Sha256> {
    let mut bytes = Bytes::new("event text");
    values(&mut bytes, row, 4..5)?;
    Ok(sha256(&bytes.0))
}

/// The link of an event.
pub(super) fn event_link(row: &Row<'_>, before: &Sha256, text: &Sha256) -> rusqlite::Result<Sha256> {
    let mut bytes = Bytes::new("event");
    bytes.put(b'b', &before.0);
    values(&mut bytes, row, 1..4)?;
    bytes.put(b'b', &text.0);
    Ok(sha256(&bytes.0))
}

/// Where a version is found: its row, its article, its number, and whether its text was taken out.
pub(super) fn version_place(row: &Row<'_>) -> rusqlite::Result<(i64, i64, i64, bool)> {
    Ok((row.get(23)?, row.get(14)?, row.get(15)?, row.get::<_, Option<i64>>(24)?.is_some()))
}

/// The last link: its number and its hash.
pub(super) fn last(db: &Connection) -> Result<(i64, Sha256), StoreError> {
    let last = db
        .prepare_cached("SELECT n, sha256 FROM chain ORDER BY n DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, hash(row, "sha256")?)))
        .optional()?;
    Ok(last.unwrap_or((0, NOTHING)))
}

/// Appends the link of a version that was just written.
pub(super) fn append_version(db: &Connection, id: i64) -> Result<(), StoreError> {
    let before = last(db)?;
    let mut statement = db.prepare_cached(&format!("{VERSION} WHERE v.id = ?1"))?;
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => add_version(db, &row, before).map(drop),
        None => Err(StoreError::Corrupt(format!("version row {id} names rows that are not there"))),
    }
}

/// Appends the link of an event that was just written.
pub(super) fn append_event(db: &Connection, id: i64) -> Result<(), StoreError> {
    let before = last(db)?;
    let mut statement =
        db.prepare_cached("SELECT id, article_id, at, kind, detail FROM event WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    rows.next()?.map_or(Ok(()), |row| add_event(db, &row, before).map(drop))
}

type Link = (i64, Sha256);

fn add_version(db: &Connection, row: &Row<'_>, (n, before): Link) -> Result<Link, StoreError> {
    let text = version_text(row)?;
    let link = version_link(row, &before, &text)?;
    let (id, article, seq, _) = version_place(row)?;
    add(db, n + 1, (article, Some(seq), id), &text, &link)
}

fn add_event(db: &Connection, row: &Row<'_>, (n, before): Link) -> Result<Link, StoreError> {
    let text = event_text(row)?;
    let link = event_link(row, &before, &text)?;
    add(db, n + 1, (row.get(1)?, None, row.get(0)?), &text, &link)
}

fn add(
    db: &Connection,
    n: i64,
    (article, seq, id): (i64, Option<i64>, i64),
    text: &Sha256,
    link: &Sha256,
) -> Result<Link, StoreError> {
    db.prepare_cached(
        "INSERT INTO chain (n, article_id, seq, row_id, row_sha256, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![n, article, seq, id, text.0, link.0])?;
    Ok((n, *link))
}

/// Makes the links of an archive that has none: of what it holds by now.
pub(super) fn begin(db: &Connection) -> Result<(), StoreError> {
    let mut link = last(db)?;
    let mut statement = db.prepare(&versions())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        link = add_version(db, &row, link)?;
    }
    let mut statement = db.prepare(EVENTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        link = add_event(db, &row, link)?;
    }
    Ok(())
}
