//! Every change against the versions and events that it tells of: they are compared again.

use super::super::StoreError;
use super::super::changes::{self, COLUMNS, ChangeRow};
use super::super::engine::OptionalExtension;
use super::{Fault, Work};

impl Work<'_> {
    pub(super) fn changes(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        let mut right = 0;
        let mut versions = db.prepare(changes::VERSIONS)?;
        let mut versions = versions.query([])?;
        while let Some(row) = versions.next()? {
            right += self.change(&changes::told_of(db, &changes::Written::read(&row)?)?)?;
        }
        let mut events = db.prepare(changes::EVENTS)?;
        let mut events = events.query([])?;
        while let Some(row) = events.next()? {
            if let Some(row) = changes::event(&row)? {
                right += self.change(&row)?;
            }
        }
        let there: i64 = db.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?;
        if there > right {
            self.fault(
                "change",
                format!("{} rows tell of no version and no event: run `kliping rebuild`", there - right),
            );
        }
        self.kinds()
    }

    /// 1: there is a row with the key of this one, be it right or wrong.
    fn change(&mut self, right: &ChangeRow) -> Result<i64, StoreError> {
        let (article, version) = (Some(right.article), right.seq);
        // A text that was found wrong tells another change: that is named once.
        if let Some(seq) = version
            && (seq.0 - 1..=seq.0).any(|seq| self.told.contains(&(right.article.0, seq)))
        {
            return Ok(1);
        }
        let found = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM change c WHERE c.at = ?1 AND c.part = ?2 AND c.row_id = ?3"
            ))?
            .query_row((right.key.at, right.key.event, right.key.row), changes::read)
            .optional()?;
        if found.as_ref() != Some(right) {
            let what = if found.is_none() { "is missing" } else { "tells another change than its versions" };
            let message = format!("the row among the changes {what}: run `kliping rebuild`");
            self.found(Fault { check: "change", article, version, url: None, message });
        }
        Ok(i64::from(found.is_some()))
    }

    /// The rows by kind against the rows by time.
    fn kinds(&mut self) -> Result<(), StoreError> {
        let sum = "(SELECT coalesce(sum((SELECT count(*) FROM bit WHERE c.kinds & (CAST(1 AS BIGINT) << n) <> 0)), 0) FROM change c)";
        let (told, listed, both): (i64, i64, i64) = self.db.query_row(
            &format!(
                "WITH RECURSIVE bit (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM bit WHERE n < 31)
                 SELECT {sum}, (SELECT count(*) FROM change_kind), (SELECT count(*) FROM change_kind k
                    JOIN change c ON c.at = k.at AND c.part = k.part AND c.row_id = k.row_id WHERE c.kinds & (CAST(1 AS BIGINT) << CAST(k.kind AS INTEGER)) <> 0)"
            ),
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        if told != listed || told != both {
            self.fault("change", format!("{listed} rows tell of the kinds of changes, {both} of them rightly; there should be {told}: run `kliping rebuild`"));
        }
        Ok(())
    }
}
