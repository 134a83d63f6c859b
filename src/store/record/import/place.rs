//! Where in an article's history an observation belongs.

use super::super::super::{StoreError, search, versions};
use super::super::head::{HeadRow, set_version};
use super::super::version::NewVersion;
use crate::model::{ArticleId, Cause, Fingerprint, VersionSeq};
use crate::store::engine::{Connection, OptionalExtension};

/// Where a version belongs: what stands on both sides of it in time, and the next number.
pub(super) struct Place {
    before: Option<[u8; 32]>,
    pub(super) after: Option<[u8; 32]>,
    pub(super) next: VersionSeq,
}

impl Place {
    /// Whether the same text stands just before, or just after: it stood there longer than was known.
    pub(super) fn is_beside(&self, text: &Fingerprint) -> bool {
        [self.before, self.after].contains(&Some(text.content.0))
    }
}

/// Where what was observed at a time belongs.
pub(super) fn of(db: &Connection, id: ArticleId, at: i64) -> Result<Place, StoreError> {
    let side = |condition: &str, order: &str| -> Result<Option<[u8; 32]>, StoreError> {
        Ok(db
            .prepare_cached(&format!(
                "SELECT content_sha256 FROM version WHERE article_id = ?1 AND observed_at {condition}
                 ORDER BY observed_at {order}, seq {order} LIMIT 1"
            ))?
            .query_row([id.0, at], |row| row.get(0))
            .optional()?)
    };
    let last: i64 = db
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM version WHERE article_id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    Ok(Place { before: side("<= ?2", "DESC")?, after: side("> ?2", "ASC")?, next: VersionSeq(last + 1) })
}

/// Writes a version that was observed before others. A number once given stays (it is chained, and people
/// have written it down), and the latest number is the latest text: so the older one gets the next number,
/// and the latest text the one after that, as it was observed.
pub(super) fn before_others(
    db: &Connection,
    row: &HeadRow,
    new: NewVersion<'_>,
    at: i64,
) -> Result<(), StoreError> {
    let id = row.article;
    let Some(latest) = versions::one(db, id, row.head.seq)? else {
        return Err(StoreError::Corrupt(format!("article {id} has no version {}", row.head.seq)));
    };
    search::remove(db, row.version)?;
    let seq = VersionSeq(new.seq.0 + 1);
    let older = new.write(db, at)?;
    search::remove(db, older.version)?;
    let written = NewVersion {
        article_id: id,
        seq,
        cause: Cause::Import,
        fetch: row.fetch,
        observed: row.observed,
        url: &row.version_url,
        article: &latest.article,
        fingerprint: &latest.fingerprint,
    }
    .write(db, at)?;
    set_version(db, id, written.version, written.reading, seq)
}
