//! Texts that are alike: the 64 bits of each article's latest text, a derived table of one row an article.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::sql::hash;
use super::{Reader, StoreError, versions};
use crate::model::{Article, ArticleId, Sha256, Simhash, VersionSeq};

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

impl Reader {
    /// The bits of every article's latest text, by the article's number; without those that are too
    /// short to say anything.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn simhashes(&self) -> Result<(Vec<ArticleId>, Vec<Simhash>), StoreError> {
        let rows: i64 = self.db.query_row("SELECT count(*) FROM simhash", [], |row| row.get(0))?;
        let rows = usize::try_from(rows).unwrap_or(0);
        let (mut ids, mut all) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
        let mut statement = self.db.prepare("SELECT article_id, bits FROM simhash ORDER BY article_id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.push(ArticleId(row.get(0)?));
            all.push(Simhash(row.get::<_, i64>(1)?.cast_unsigned()));
        }
        Ok((ids, all))
    }

    /// An article's latest text, for comparison; none when it was taken out.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn latest_text(&self, article: ArticleId) -> Result<Option<String>, StoreError> {
        let sql = "SELECT v.body FROM head h JOIN version v ON v.id = h.version_id WHERE h.article_id = ?1";
        let found = self.db.prepare_cached(sql)?.query_row([article.0], |row| row.get(0)).optional()?;
        Ok(found.flatten())
    }

    /// The hash of an article's latest text: the same for what nobody could tell apart.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn latest_text_hash(&self, article: ArticleId) -> Result<Option<Sha256>, StoreError> {
        // The last of six hashes, one a field.
        let sql =
            "SELECT substr(v.field_sha256, 161, 32) AS body FROM head h JOIN version v ON v.id = h.version_id
            WHERE h.article_id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([article.0], |row| hash(row, 0)).optional()?)
    }
}
