//! How far a named export has read.

use crate::store::engine::{OptionalExtension, params};
use jiff::Timestamp;

use super::{Pending, Reader, StoreError, Writer};

impl Reader {
    /// How far a name has read: the number of a version; none when it never did.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn cursor(&self, name: &str) -> Result<Option<i64>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT last_id FROM cursor WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?)
    }
}

impl Writer {
    /// Notes how far a name has read.
    pub fn set_cursor(&self, name: String, last: i64, now: Timestamp) -> Pending<()> {
        self.job(move |tx| {
            tx.prepare_cached(
                "INSERT INTO cursor (name, last_id, at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id, at = excluded.at",
            )?
            .execute(params![name, last, now.as_millisecond()])?;
            Ok(())
        })
    }
}
