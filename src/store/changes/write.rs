//! Rows are written with the version or event that they tell of, and again when its text is taken out.

use super::super::engine::{Connection, Row, params};
use super::super::sql::{DAY, hash, parsed};
use super::super::{StoreError, versions};
use super::{ChangeKey, ChangeRow, Told};
use crate::diff;
use crate::model::{Article, ArticleId, Cause, ChangeKind, EventKind, Sha256, Version, VersionSeq};

/// Versions that have a row, as [`Written::read`] takes them.
pub(in crate::store) const VERSIONS: &str =
    "SELECT v.id, v.article_id, a.site_id, v.seq, v.cause, v.observed_at,
        v.content_sha256
     FROM version v JOIN article a ON a.id = v.article_id WHERE v.seq > 1";

/// Events that may have one, as [`event`] takes them.
pub(in crate::store) const EVENTS: &str = "SELECT e.id, e.article_id, a.site_id, e.kind, e.at
     FROM event e JOIN article a ON a.id = e.article_id
     WHERE e.kind IN ('gone', 'restored', 'redirected', 'front_page', 'paywalled')";

/// A version that was written, without its text.
pub(in crate::store) struct Written {
    pub(in crate::store) id: i64,
    pub(in crate::store) article: ArticleId,
    site: i64,
    pub(in crate::store) seq: VersionSeq,
    cause: Cause,
    at: i64,
    content: Sha256,
}

impl Written {
    pub(in crate::store) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            article: ArticleId(row.get(1)?),
            site: row.get(2)?,
            seq: VersionSeq(row.get(3)?),
            cause: parsed(row, 4, Cause::from_stored)?,
            at: row.get(5)?,
            content: hash(row, 6)?,
        })
    }

    /// Its row; `to` is its text, where somebody has it at hand.
    fn row(&self, db: &Connection, to: Option<&Article>) -> Result<ChangeRow, StoreError> {
        let key = ChangeKey { at: self.at, event: false, row: self.id };
        let before = VersionSeq(self.seq.0 - 1);
        let from = readable(db, self.article, before)?;
        let read = if to.is_none() { readable(db, self.article, self.seq)? } else { None };
        let to = to.or(read.as_ref().map(|version| &version.article));
        let reverted = self.reverts(db)?;
        let told = match (from, to) {
            (Some(from), Some(to)) => {
                let mut change = diff::caused(&from.article, to, self.cause);
                if reverted && !change.is_empty() {
                    change.revert();
                }
                Told::of(&change, self.cause)
            }
            _ => Told::redacted(self.cause),
        };
        let flap = reverted && flips(db, self.article, self.seq, self.at)? >= 2;
        Ok(ChangeRow { key, article: self.article, site: self.site, seq: Some(self.seq), told, flap })
    }

    /// It reads again as a version before the one before it.
    fn reverts(&self, db: &Connection) -> Result<bool, StoreError> {
        Ok(db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM version WHERE article_id = ?1 AND seq < ?2 AND content_sha256 = ?3)",
            )?
            .query_row((self.article.0, self.seq.0 - 1, self.content.0), |row| row.get(0))?)
    }
}

/// A version whose text is there to be compared.
fn readable(db: &Connection, article: ArticleId, seq: VersionSeq) -> Result<Option<Version>, StoreError> {
    match versions::one(db, article, seq) {
        // A text that is damaged keeps nobody from writing the next; `verify` tells of it.
        Err(StoreError::Corrupt(_)) => Ok(None),
        found => Ok(found?.filter(|version| version.redacted.is_none())),
    }
}

/// How many versions of the day before took back what had been there.
fn flips(db: &Connection, id: ArticleId, seq: VersionSeq, at: i64) -> Result<i64, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT count(*) FROM version v WHERE article_id = ?1 AND seq < ?2 AND observed_at > ?3 AND EXISTS (
                SELECT 1 FROM version w WHERE w.article_id = ?1 AND w.seq < v.seq - 1 AND w.content_sha256 = v.content_sha256)",
        )?
        .query_row((id.0, seq.0, at.saturating_sub(DAY)), |row| row.get(0))?)
}

/// The row of an event; none when no reader is told of it.
pub(in crate::store) fn event(row: &Row<'_>) -> rusqlite::Result<Option<ChangeRow>> {
    let Some(kind) = parsed(row, 3, EventKind::from_stored)?.told() else { return Ok(None) };
    let key = ChangeKey { at: row.get(4)?, event: true, row: row.get(0)? };
    let (article, site) = (ArticleId(row.get(1)?), row.get(2)?);
    Ok(Some(ChangeRow { key, article, site, seq: None, told: Told::event(kind), flap: false }))
}

/// Tells of a version that was just written, and whose text is this.
pub(in crate::store) fn add_version(db: &Connection, id: i64, text: &Article) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(&format!("{VERSIONS} AND v.id = ?1"))?;
    let written = statement.query_map([id], Written::read)?.next().transpose()?;
    written.map_or(Ok(()), |written| put(db, &written.row(db, Some(text))?))
}

/// Tells of an event that was just written.
pub(in crate::store) fn add_event(db: &Connection, id: i64) -> Result<(), StoreError> {
    let mut statement = db.prepare_cached(&format!("{EVENTS} AND e.id = ?1"))?;
    let found = statement.query_map([id], event)?.next().transpose()?.flatten();
    found.map_or(Ok(()), |row| put(db, &row))
}

/// Tells no more of versions whose text was taken out, and of those after them.
pub(in crate::store) fn withhold(
    db: &Connection,
    article: ArticleId,
    taken: &[VersionSeq],
) -> Result<(), StoreError> {
    let mut statement =
        db.prepare_cached(&format!("{VERSIONS} AND v.article_id = ?1 AND v.seq >= ?2 AND v.seq - 1 <= ?2"))?;
    for seq in taken {
        let rows: Vec<Written> =
            statement.query_map([article.0, seq.0], Written::read)?.collect::<rusqlite::Result<_>>()?;
        rows.iter().try_for_each(|written| put(db, &written.row(db, None)?))?;
    }
    Ok(())
}

/// The row that a version must have.
pub(in crate::store) fn told_of(db: &Connection, written: &Written) -> Result<ChangeRow, StoreError> {
    written.row(db, None)
}

/// Compares all versions anew.
pub(in crate::store) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM change; DELETE FROM change_kind;")?;
    let mut statement = db.prepare(VERSIONS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        put(db, &Written::read(&row)?.row(db, None)?)?;
    }
    let mut statement = db.prepare(EVENTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        event(&row)?.map_or(Ok(()), |row| put(db, &row))?;
    }
    Ok(())
}

fn put(db: &Connection, row: &ChangeRow) -> Result<(), StoreError> {
    let ChangeKey { at, event, row: id } = row.key;
    let Told { kinds, weight, added, removed, cause, stealth, redacted } = row.told;
    if redacted {
        // It may have been told before.
        let mut drop = db.prepare_cached(
            "DELETE FROM change_kind WHERE kind = ?1 AND at = ?2 AND part = ?3 AND row_id = ?4",
        )?;
        for kind in ChangeKind::ALL {
            drop.execute(params![kind.number(), at, event, id])?;
        }
    }
    db.prepare_cached(
        "INSERT INTO change (at, part, row_id, article_id, site_id, seq, cause, kinds, weight, added,
            removed, stealth, flap, redacted)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (at, part, row_id) DO UPDATE SET kinds = excluded.kinds, weight = excluded.weight,
            added = excluded.added, removed = excluded.removed, stealth = excluded.stealth, redacted = excluded.redacted",
    )?
    .execute(params![
        at,
        event,
        id,
        row.article.0,
        row.site,
        row.seq.map(|seq| seq.0),
        cause.as_str(),
        kinds.0,
        weight,
        added,
        removed,
        stealth,
        row.flap,
        redacted,
    ])?;
    let mut add =
        db.prepare_cached("INSERT INTO change_kind (kind, at, part, row_id) VALUES (?1, ?2, ?3, ?4)")?;
    for kind in kinds.list() {
        add.execute(params![kind.number(), at, event, id])?;
    }
    Ok(())
}
