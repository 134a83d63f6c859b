//! Stored pages that go. What others are packed with is packed anew without it first.

use crate::store::engine::{Connection, params};

use super::super::{StoreError, codec, pages, prune};

/// Empties pages, and every reference that holds a piece of the text.
pub(super) fn take(db: &Connection, out: &[i64], words: &[Vec<u8>], at: i64) -> Result<(), StoreError> {
    let mut out = out.to_vec();
    out.extend(references(db, words)?);
    for id in &out {
        let dependants: Vec<i64> = db
            .prepare_cached("SELECT id FROM blob WHERE base_id = ?1 AND data IS NOT NULL")?
            .query_map([id], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for page in dependants {
            if !out.contains(&page) {
                alone(db, page)?;
            }
        }
    }
    let (mut gone, mut bytes) = (0, 0);
    for id in &out {
        let size: Option<i64> = db
            .prepare_cached("SELECT length(data) FROM blob WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        if let Some(size) = size {
            (gone, bytes) = (gone + 1, bytes + size);
        }
        db.prepare_cached("UPDATE blob SET data = NULL WHERE id = ?1")?.execute([id])?;
        db.prepare_cached("UPDATE page_reference SET blob_id = NULL WHERE blob_id = ?1")?.execute([id])?;
    }
    prune::note(db, "redact", gone, bytes, at)
}

/// References that hold a piece of a text. They are made of what the pages of two articles have in common;
/// when both print the same story, that is the story.
fn references(db: &Connection, words: &[Vec<u8>]) -> Result<Vec<i64>, StoreError> {
    let bases: Vec<i64> = db
        .prepare(
            "SELECT DISTINCT base_id FROM blob WHERE base_id IS NOT NULL
             UNION SELECT blob_id FROM page_reference WHERE blob_id IS NOT NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut found = Vec::new();
    for base in bases {
        if let Some(bytes) = pages::read(db, base)?
            && words.iter().any(|word| holds(&bytes, word))
        {
            found.push(base);
        }
    }
    Ok(found)
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    !word.is_empty() && bytes.windows(word.len()).any(|window| window == word)
}

/// Packs a page by itself.
fn alone(db: &Connection, id: i64) -> Result<(), StoreError> {
    let Some(bytes) = pages::read(db, id)? else { return Ok(()) };
    let packed = codec::pack(&bytes);
    db.prepare_cached("UPDATE blob SET codec = ?2, base_id = NULL, data = ?3 WHERE id = ?1")?
        .execute(params![id, packed.codec, packed.data])?;
    Ok(())
}
