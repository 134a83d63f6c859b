//! What stands in the place of a copy: nothing, a part of one, or an archive. A part is marked, and is opened
//! by nothing but the copy that goes on with it.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::OpenFlags;

use super::super::StoreError;
use super::super::place::Place;
use crate::store::engine::{Connection, OptionalExtension, Value, params};

/// The chore of an archive that is a part of a copy.
const COPY: &str = "copy";

/// What stands in the place of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// Nothing, or an archive without a row.
    Nothing,
    /// A part of a copy.
    Half,
    /// An archive with so many articles.
    Whole(i64),
}

/// A connection to an archive that is whole.
pub(in crate::store) fn whole(db: Connection, path: &Path) -> Result<Connection, StoreError> {
    if marked(&db)? { Err(StoreError::HalfCopy(path.to_owned())) } else { Ok(db) }
}

fn marked(db: &Connection) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM chore WHERE what = ?1")?.exists([COPY])?)
}

/// Marks an empty archive as a part of a copy.
pub(super) fn mark(db: &Connection, now: Timestamp) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO chore (what, since_at) VALUES (?1, ?2) ON CONFLICT (what) DO NOTHING",
        params![COPY, now.as_millisecond()],
    )?;
    Ok(())
}

/// The copy is whole.
pub(super) fn unmark(db: &Connection) -> Result<(), StoreError> {
    db.execute("DELETE FROM chore WHERE what = ?1", [COPY])?;
    Ok(())
}

/// Looks at the place of a copy, and changes nothing there.
pub(super) fn look(place: &Place) -> Result<There, StoreError> {
    let db = match place.read_only_half() {
        Ok(db) => db,
        Err(StoreError::NoArchive(_)) => return Ok(There::Nothing),
        // A copy that was killed while it made the tables.
        Err(error @ StoreError::OlderSchema { .. }) => {
            return if is_bare(place)? { Ok(There::Nothing) } else { Err(error) };
        }
        Err(error) => return Err(error),
    };
    if marked(&db)? {
        return Ok(There::Half);
    }
    let (rows, articles): (i64, i64) = db.query_row(
        "SELECT (SELECT count(*) FROM site) + (SELECT count(*) FROM run) + (SELECT count(*) FROM queue),
            (SELECT count(*) FROM article)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(if rows == 0 { There::Nothing } else { There::Whole(articles) })
}

/// Whether a file of an older schema holds no row of an archive. On a server all tables come at once.
fn is_bare(place: &Place) -> Result<bool, StoreError> {
    let path = match place {
        Place::File(path) => path,
        #[cfg(feature = "postgres")]
        Place::Server(_) => return Ok(false),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = rusqlite::Connection::open_with_flags(path, flags)?;
    let sql =
        "SELECT (SELECT count(*) FROM site) + (SELECT count(*) FROM run) + (SELECT count(*) FROM queue)";
    Ok(db.query_row(sql, [], |row| row.get::<_, i64>(0))? == 0)
}

/// What tells one archive from another, of the row that was copied last.
const TELLING: &[(&str, &str, &str)] = &[
    ("site", "id", "key"),
    ("run", "id", "started_at"),
    ("article", "id", "site_id"),
    ("blob", "id", "sha256"),
    ("chain", "n", "sha256"),
];

/// Whether a part of a copy is one of this archive.
pub(super) fn is_of(source: &Connection, target: &Connection) -> Result<bool, StoreError> {
    for (table, key, tells) in TELLING {
        let last: Option<(i64, Value)> = target
            .prepare(&format!("SELECT {key}, {tells} FROM {table} ORDER BY {key} DESC LIMIT 1"))?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((last, wanted)) = last else { continue };
        let found: Option<Value> = source
            .prepare(&format!("SELECT {tells} FROM {table} WHERE {key} = ?1"))?
            .query_row([last], |row| row.get(0))
            .optional()?;
        if found.is_none_or(|found| found != wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}
