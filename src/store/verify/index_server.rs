//! The search index of a server against the texts of the latest versions: each text's words are computed
//! again, and compared there.

use super::super::{StoreError, search};
use super::Work;
use crate::store::engine::OptionalExtension;

impl Work<'_> {
    pub(super) fn index_on_server(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        let mut texts = db.prepare("SELECT id, title, coalesce(body, '') FROM head_text ORDER BY id")?;
        let mut texts = texts.query([])?;
        while let Some(row) = texts.next()? {
            let id: i64 = row.get(0)?;
            let (title, body): (String, String) = (row.get(1)?, row.get(2)?);
            let same: Option<bool> = db
                .prepare_cached("SELECT tsv = ?2::text::tsvector FROM fts WHERE id = ?1")?
                .query_row((id, search::vector_of(&title, &body)), |row| row.get(0))
                .optional()?;
            if same != Some(true) {
                self.entry(id, "the search index does not hold its words")?;
            }
            self.done.indexed += 1;
        }
        let left: Vec<i64> = db
            .prepare("SELECT id FROM fts WHERE id NOT IN (SELECT id FROM head_text) ORDER BY id")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.left(left)
    }
}
