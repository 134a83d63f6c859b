//! What a copy still needs when all rows are there: the search index, and numbers that go on behind the last.

use super::super::search;
use super::error::CopyError;
use super::tables::TABLES;
use crate::store::engine::{Connection, TransactionBehavior};

/// Texts that are put into the index in one transaction.
const TEXTS: usize = 200;

/// Builds the search index from the texts. What stood in it goes: it is of a copy that was broken off.
pub(super) fn index(
    read: &Connection,
    write: &mut Connection,
    tell: &mut dyn FnMut(i64),
) -> Result<(), CopyError> {
    let in_file = write.sqlite().is_some();
    write.execute_batch(if in_file {
        "INSERT INTO fts (fts) VALUES ('delete-all')"
    } else {
        "DELETE FROM fts"
    })?;
    let _snapshot = if in_file { None } else { Some(read.unchecked_transaction()?) };
    let mut texts = read.prepare("SELECT id, title, coalesce(body, '') FROM head_text ORDER BY id")?;
    let mut texts = texts.query([])?;
    let mut done = 0;
    loop {
        let mut some: Vec<(i64, String, String)> = Vec::with_capacity(TEXTS);
        while some.len() < TEXTS
            && let Some(row) = texts.next()?
        {
            some.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
        let transaction = write.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (id, title, body) in &some {
            search::add(&transaction, *id, title, body)?;
        }
        transaction.commit()?;
        done += i64::try_from(some.len()).unwrap_or(0);
        tell(done);
        if some.len() < TEXTS {
            return Ok(());
        }
    }
}

/// Lets a server number its next rows behind those that are there. A file does so by itself.
pub(super) fn number_on(db: &Connection) -> Result<(), CopyError> {
    if db.sqlite().is_some() {
        return Ok(());
    }
    for table in TABLES.iter().filter(|table| table.key == ["id"] && table.only.is_none()) {
        let name = table.name;
        db.query_row(
            &format!(
                "SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)
                 FROM \"{name}\""
            ),
            [],
            |_| Ok(()),
        )?;
    }
    Ok(())
}
