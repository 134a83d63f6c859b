//! Articles of all sites or of one, newest first, page by page.

use crate::store::engine::{Row, params};

use super::super::sql::most_of;
use super::super::{ArticleRow, Reader, StoreError, list};
use crate::model::ArticleId;

/// Behind which article a page begins: when it was first seen (milliseconds since 1970 UTC), and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewestKey(pub i64, pub i64);

impl NewestKey {
    /// Before everything.
    pub const TOP: Self = Self(i64::MAX, i64::MAX);
}

impl Reader {
    /// Articles in the order of `kliping list`, the newest first, each with its key: those behind `after`, at
    /// most so many.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn newest(
        &self,
        site: Option<&str>,
        after: NewestKey,
        most: usize,
    ) -> Result<Vec<(NewestKey, ArticleRow)>, StoreError> {
        let most = most_of(most);
        let key = |row: &Row<'_>| Ok(NewestKey(row.get(0)?, row.get(1)?));
        let keys: Vec<NewestKey> = match site {
            None => self
                .db
                .prepare_cached(
                    "SELECT first_seen_at, id FROM article WHERE (first_seen_at, id) < (?1, ?2)
                     ORDER BY first_seen_at DESC, id DESC LIMIT ?3",
                )?
                .query_map(params![after.0, after.1, most], key)?
                .collect::<rusqlite::Result<_>>()?,
            Some(site) => self
                .db
                .prepare_cached(
                    "SELECT first_seen_at, id FROM article
                     WHERE site_id = (SELECT id FROM site WHERE key = ?1) AND (first_seen_at, id) < (?2, ?3)
                     ORDER BY first_seen_at DESC, id DESC LIMIT ?4",
                )?
                .query_map(params![site, after.0, after.1, most], key)?
                .collect::<rusqlite::Result<_>>()?,
        };
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            rows.extend(list::one(&self.db, ArticleId(key.1))?.map(|row| (key, row)));
        }
        Ok(rows)
    }
}
