//! The search index against the texts of the latest versions, word by word.
//!
//! FTS5's own check of this kind writes, and would hold up a crawl. So the words that stand in the index
//! are summed up by entry, and compared with those of the texts, indexed anew in memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::store::engine::{Connection, OptionalExtension};

use super::super::StoreError;
use super::{Fault, Work};
use crate::model::{ArticleId, VersionSeq};

/// Texts that are indexed at a time.
const BATCH: usize = 500;

/// As the schema has it.
const INDEX: &str = "CREATE VIRTUAL TABLE words USING fts5 (
        title, body, content = '', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE VIRTUAL TABLE places USING fts5vocab (words, instance);";

impl Work<'_> {
    pub(super) fn index(&mut self) -> Result<(), StoreError> {
        let mut indexed = sums(self.db)?;
        let memory = Connection::Sqlite(rusqlite::Connection::open_in_memory()?);
        memory.execute_batch(INDEX)?;
        let mut statement =
            self.db.prepare("SELECT id, title, coalesce(body, '') FROM head_text ORDER BY id")?;
        let mut rows = statement.query([])?;
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            let transaction = memory.unchecked_transaction()?;
            while batch.len() < BATCH
                && let Some(row) = rows.next()?
            {
                let id: i64 = row.get(0)?;
                transaction
                    .prepare_cached("INSERT INTO words (rowid, title, body) VALUES (?1, ?2, ?3)")?
                    .execute((id, row.get::<_, String>(1)?, row.get::<_, String>(2)?))?;
                batch.push(id);
            }
            transaction.commit()?;
            let texts = sums(&memory)?;
            for id in &batch {
                if indexed.remove(id) != texts.get(id).copied() {
                    self.entry(*id, "the search index does not hold its words")?;
                }
            }
            self.done.indexed += i64::try_from(batch.len()).unwrap_or(0);
            if batch.len() < BATCH {
                break;
            }
            memory.execute("INSERT INTO words (words) VALUES ('delete-all')", [])?;
        }
        let mut left: Vec<i64> = indexed.into_keys().collect();
        left.sort_unstable();
        self.left(left)
    }

    /// What the index holds beside the latest versions.
    pub(super) fn left(&mut self, ids: Vec<i64>) -> Result<(), StoreError> {
        ids.into_iter()
            .try_for_each(|id| self.entry(id, "the search index holds words of it; it is not the latest"))
    }

    pub(super) fn entry(&mut self, id: i64, message: &str) -> Result<(), StoreError> {
        let version: Option<(i64, i64, String)> = self
            .db
            .prepare_cached("SELECT article_id, seq, url FROM version WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        let Some((article, seq, url)) = version else {
            self.fault(
                "index",
                format!("the search index holds words of version row {id}, which is not there"),
            );
            return Ok(());
        };
        self.found(Fault {
            check: "index",
            article: Some(ArticleId(article)),
            version: Some(VersionSeq(seq)),
            url: Some(url),
            message: message.to_owned(),
        });
        Ok(())
    }
}

/// Entry → the sum of its words at their places.
fn sums(db: &Connection) -> Result<HashMap<i64, u64>, StoreError> {
    let mut sums = HashMap::new();
    let mut statement = db.prepare("SELECT term, doc, col, \"offset\" FROM places")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut hash = DefaultHasher::new();
        let text = |i: usize| row.get_ref(i).map(|value| value.as_bytes().unwrap_or_default());
        (text(0)?, text(2)?, row.get::<_, i64>(3)?).hash(&mut hash);
        let sum: &mut u64 = sums.entry(row.get(1)?).or_default();
        *sum = sum.wrapping_add(hash.finish());
    }
    Ok(sums)
}
