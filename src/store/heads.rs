//! What the rule that decides about a new reading wants to know of an article.

use std::fmt::Display;

use crate::store::engine::{Connection, OptionalExtension, Row, RowIndex};

use super::StoreError;
use super::sql::{hash, parsed, unreadable};
use crate::model::{ArticleId, ArticleState, ExtractorId, Fingerprint, Head, Sha256, VersionSeq};

/// The head of an article; none when it has no version.
pub(super) fn head(db: &Connection, article: ArticleId) -> Result<Option<Head>, StoreError> {
    let head = db
        .prepare_cached(
            "SELECT v.seq, v.words, v.content_sha256, v.field_sha256, h.state, r.extractor
             FROM head h JOIN version v ON v.id = h.version_id JOIN reading r ON r.id = h.reading_id
             WHERE h.article_id = ?1",
        )?
        .query_row([article.0], |row| {
            Ok(Head {
                seq: VersionSeq(row.get("seq")?),
                fingerprint: fingerprint(row, "content_sha256", "field_sha256")?,
                extractor: ExtractorId(row.get("extractor")?),
                words: usize::try_from(row.get::<_, i64>("words")?).unwrap_or(0),
                state: parsed(row, "state", ArticleState::from_stored)?,
                earlier: Vec::new(),
            })
        })
        .optional()?;
    let Some(mut head) = head else { return Ok(None) };
    head.earlier = db
        .prepare_cached("SELECT seq, content_sha256 FROM version WHERE article_id = ?1 ORDER BY seq")?
        .query_map([article.0], |row| Ok((VersionSeq(row.get(0)?), hash(row, "content_sha256")?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(head))
}

/// The hashes in the columns `content_sha256` and `field_sha256`.
pub(super) fn fingerprint(
    row: &Row<'_>,
    content: impl RowIndex + Display + Copy,
    fields: impl RowIndex + Display + Copy,
) -> rusqlite::Result<Fingerprint> {
    let bytes = row.get_ref(fields)?.as_blob()?;
    let field = |i: usize| {
        let hash = bytes.get(i * 32..(i + 1) * 32).and_then(Sha256::from_slice);
        hash.ok_or_else(|| unreadable(fields, "too few bytes"))
    };
    Ok(Fingerprint {
        title: field(0)?,
        dateline: field(1)?,
        authors: field(2)?,
        section: field(3)?,
        published: field(4)?,
        body: field(5)?,
        content: hash(row, content)?,
    })
}
