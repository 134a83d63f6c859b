//! Every stored page, unpacked, against its SHA-256.

use crate::store::engine::OptionalExtension;

use super::super::sql::hash;
use super::super::{StoreError, pages};
use super::{Fault, Work};
use crate::model::{ArticleId, VersionSeq, sha256};

impl Work<'_> {
    pub(super) fn pages(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        self.done.pages_out =
            db.query_row("SELECT count(*) FROM blob WHERE data IS NULL", [], |row| row.get(0))?;
        let told: i64 = db.query_row("SELECT coalesce(sum(pages), 0) FROM taken", [], |row| row.get(0))?;
        if self.done.pages_out != told {
            let out = self.done.pages_out;
            self.fault("page", format!("{out} stored pages are gone; `redact` and `prune` took {told}"));
        }
        let mut statement = db.prepare("SELECT id, sha256 FROM blob WHERE data IS NOT NULL ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get("id")?;
            let expected = hash(&row, "sha256")?;
            self.done.pages += 1;
            match pages::read(db, id) {
                Ok(Some(bytes)) if sha256(&bytes) == expected => self.done.page_bytes += bytes.len() as u64,
                Ok(Some(bytes)) => {
                    let found = sha256(&bytes);
                    self.page(id, &format!("its SHA-256 is {found} instead of {expected}"))?;
                }
                Ok(None) => {}
                Err(error) => self.page(id, &error.to_string())?,
            }
        }
        Ok(())
    }

    /// A fault of a page, by the first version that was read from it.
    fn page(&mut self, id: i64, what: &str) -> Result<(), StoreError> {
        let version: Option<(i64, i64, String)> = self
            .db
            .prepare_cached(
                "SELECT v.article_id, v.seq, v.url FROM fetch f JOIN version v ON v.fetch_id = f.id
                 WHERE f.blob_id = ?1 ORDER BY v.id LIMIT 1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let fetch: Option<(Option<i64>, String)> = self
            .db
            .prepare_cached(
                "SELECT article_id, coalesce(url, requested) FROM fetch WHERE blob_id = ?1 ORDER BY id LIMIT 1",
            )?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (article, seq, url, message) = match (version, fetch) {
            (Some((article, seq, url)), _) => {
                (Some(article), Some(seq), Some(url), format!("stored page {id}: {what}"))
            }
            (None, Some((article, url))) => (article, None, Some(url), format!("stored page {id}: {what}")),
            (None, None) => (None, None, None, format!("page {id}, which others are packed with: {what}")),
        };
        self.found(Fault {
            check: "page",
            article: article.map(ArticleId),
            version: seq.map(VersionSeq),
            url,
            message,
        });
        Ok(())
    }
}
