//! What follows from the facts, built again: heads, search index, likeness of texts, lines and openings that
//! a site's articles share, keys of addresses, changes. In one transaction: all of it or nothing.

mod head;

use crate::store::engine::{Connection, params};

use super::{StoreError, addresses, alike, changes, lines, openings, search};
use crate::model::ArticleId;

/// What was built again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Articles.
    pub articles: i64,
    /// Articles that had no head, or one that pointed at another version than the latest.
    pub heads: i64,
    /// Articles in the search index.
    pub indexed: i64,
    /// Articles without any version: there is nothing to build a head from.
    pub bare: i64,
}

pub(super) fn rebuild(db: &Connection) -> Result<Rebuilt, StoreError> {
    let mut done = Rebuilt {
        articles: db.query_row("SELECT count(*) FROM article", [], |row| row.get(0))?,
        ..Rebuilt::default()
    };
    let wrong: Vec<(i64, bool)> = db
        .prepare(
            "SELECT a.id, h.article_id IS NULL FROM article a LEFT JOIN head h ON h.article_id = a.id
             LEFT JOIN (SELECT v.article_id, v.id, l.n FROM version v
                JOIN (SELECT article_id, count(*) AS n, max(seq) AS seq FROM version GROUP BY article_id) l
                ON l.article_id = v.article_id AND l.seq = v.seq) last ON last.article_id = a.id
             WHERE h.article_id IS NULL OR h.version_id IS DISTINCT FROM last.id OR h.versions IS DISTINCT FROM last.n
             ORDER BY a.id",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (id, headless) in wrong {
        let there = if headless { head::make(db, ArticleId(id))? } else { point(db, id)? };
        if there {
            done.heads += 1;
        } else {
            done.bare += 1;
        }
    }
    search::rebuild(db)?;
    done.indexed = db.query_row("SELECT count(*) FROM head_text", [], |row| row.get(0))?;
    alike::rebuild(db)?;
    lines::rebuild(db)?;
    openings::rebuild(db)?;
    addresses::rebuild(db)?;
    changes::rebuild(db)?;
    Ok(done)
}

/// Lets a head point at the latest version.
fn point(db: &Connection, id: i64) -> Result<bool, StoreError> {
    let rows = db
        .prepare_cached(
            "UPDATE head SET (version_id, reading_id, versions) = (SELECT v.id, v.reading_id,
                (SELECT count(*) FROM version WHERE article_id = ?1)
                FROM version v WHERE v.article_id = ?1 ORDER BY v.seq DESC LIMIT 1)
             WHERE article_id = ?1 AND EXISTS (SELECT 1 FROM version WHERE article_id = ?1)",
        )?
        .execute(params![id])?;
    Ok(rows == 1)
}
