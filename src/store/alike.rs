//! Texts that are alike: the 64 bits of each article's latest text, a derived table of one row an article.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::{StoreError, versions};
use crate::model::{Article, ArticleId, Simhash, VersionSeq};

/// Remembers the bits of an article's latest text.
pub(super) fn set(db: &Connection, id: ArticleId, article: &Article) -> Result<(), StoreError> {
    match Simhash::of(article) {
        Some(bits) => db
            .prepare_cached(
                "INSERT INTO simhash (article_id, bits) VALUES (?1, ?2)
                 ON CONFLICT (article_id) DO UPDATE SET bits = excluded.bits",
            )?
            .execute(params![id.0, bits.0.cast_signed()])?,
        None => db.prepare_cached("DELETE FROM simhash WHERE article_id = ?1")?.execute([id.0])?,
    };
    Ok(())
}

/// The bits of an article's latest text; none when it is too short.
pub(super) fn of(db: &Connection, id: ArticleId) -> Result<Option<Simhash>, StoreError> {
    Ok(db
        .prepare_cached("SELECT bits FROM simhash WHERE article_id = ?1")?
        .query_row([id.0], |row| row.get(0).map(|bits: i64| Simhash(bits.cast_unsigned())))
        .optional()?)
}

/// Computes the bits of all articles anew.
pub(super) fn rebuild(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("DELETE FROM simhash;")?;
    let latest: Vec<(ArticleId, VersionSeq)> = db
        .prepare("SELECT h.article_id, v.seq FROM head h JOIN version v ON v.id = h.version_id WHERE v.body IS NOT NULL")?
        .query_map([], |row| Ok((ArticleId(row.get(0)?), VersionSeq(row.get(1)?))))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, seq) in latest {
        if let Some(version) = versions::one(db, id, seq)? {
            set(db, id, &version.article)?;
        }
    }
    Ok(())
}

/// All articles that have bits, by number.
pub(super) fn all(db: &Connection) -> Result<Vec<(ArticleId, Simhash)>, StoreError> {
    Ok(db
        .prepare("SELECT article_id, bits FROM simhash ORDER BY article_id")?
        .query_map([], |row| Ok((ArticleId(row.get(0)?), Simhash(row.get::<_, i64>(1)?.cast_unsigned()))))?
        .collect::<rusqlite::Result<_>>()?)
}
