//! The file's structure, the references between rows, and the schema.

use std::collections::BTreeMap;

use crate::store::engine::Connection;

use super::super::{StoreError, schema};
use super::Work;

impl Work<'_> {
    /// What SQLite itself finds.
    pub(super) fn file(&mut self) -> Result<(), StoreError> {
        let lines = |sql: &str| -> rusqlite::Result<Vec<String>> {
            self.db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
        };
        for line in lines("PRAGMA integrity_check(100)")? {
            if line != "ok" {
                self.fault("file", line.trim().to_owned());
            }
        }
        let lost = self
            .db
            .prepare("PRAGMA foreign_key_check")?
            .query_map([], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, String>(2)?))
            })?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for (table, row, parent) in lost {
            let row = row.map_or_else(|| "a row".to_owned(), |row| format!("row {row}"));
            self.fault("references", format!("{row} of {table} names a row of {parent} that is not there"));
        }
        Ok(())
    }

    /// Whether facts are guarded: who lifts that does it inside of a transaction, and puts it back.
    pub(super) fn guard(&mut self) -> Result<(), StoreError> {
        let lifted = self
            .db
            .prepare("SELECT what FROM guard")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<String>>>()?;
        for what in lifted {
            self.fault("schema", format!("facts are not guarded: the table guard holds `{what}`"));
        }
        Ok(())
    }

    /// Tables, views, indexes and triggers against those that the migrations make.
    pub(super) fn schema(&mut self) -> Result<(), StoreError> {
        let ours = objects(&schema::blank()?)?;
        let theirs = objects(self.db)?;
        for (name, (kind, sql)) in &ours {
            match theirs.get(name) {
                None => self.fault("schema", format!("the {kind} {name} is missing")),
                Some((_, found)) if found != sql => {
                    self.fault("schema", format!("the {kind} {name} is not the one that kliping made"));
                }
                Some(_) => {}
            }
        }
        for (name, (kind, _)) in
            theirs.iter().filter(|(name, (kind, _))| kind == "trigger" && !ours.contains_key(*name))
        {
            self.fault("schema", format!("the {kind} {name} is not kliping's"));
        }
        Ok(())
    }
}

/// Name → kind and text of what the schema holds, but for what SQLite and FTS5 keep for themselves.
fn objects(db: &Connection) -> Result<BTreeMap<String, (String, Option<String>)>, StoreError> {
    Ok(db
        .prepare("SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'fts\\_%' ESCAPE '\\'")?
        .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
        .collect::<rusqlite::Result<_>>()?)
}
