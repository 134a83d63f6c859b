//! Taking text out: of versions, stored pages, search index, queue and notes. Hashes, numbers, dates and
//! the reason stay, and so does the chain; a tombstone on every address keeps the text from coming back.

mod pages;
mod plan;

use crate::store::engine::{Connection, params};

use super::{Reader, StoreError, Tombstone, changes, event, guard, queue, search};
use crate::model::{ArticleId, ArticleState, EventKind, PageUrl};

pub use plan::Redaction;

/// What stands where a title was.
pub(super) const REDACTED: &str = "[redacted]";

/// The chore of cleaning the file afterwards.
pub(super) const SCRUB: &str = "scrub";

/// Events that tell what a page said: their words go, too.
const QUOTING: &str =
    "kind NOT IN ('missing', 'gone', 'restored', 'redirected', 'moved', 'reverted', 'redacted')";

impl Reader {
    /// What taking out the text of an article would take; of the versions from one to another, if named.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn redaction(
        &self,
        article: ArticleId,
        versions: Option<(i64, i64)>,
    ) -> Result<Redaction, StoreError> {
        plan::plan(&self.db, article, versions)
    }

    /// Whether an address is never asked for again, since when and why.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn tombstone(&self, url: &PageUrl) -> Result<Option<Tombstone>, StoreError> {
        queue::tombstone(&self.db, &url.key())
    }
}

/// Takes out the text of an article, or of the versions that are named (from, to).
pub(super) fn redact(
    db: &Connection,
    id: ArticleId,
    named: Option<(i64, i64)>,
    reason: &str,
    at: i64,
) -> Result<Redaction, StoreError> {
    let plan = plan::plan(db, id, named)?;
    db.prepare_cached(
        "INSERT INTO chore (what, since_at) VALUES (?1, ?2)
         ON CONFLICT (what) DO UPDATE SET since_at = excluded.since_at",
    )?
    .execute(params![SCRUB, at])?;
    if plan.versions.is_empty() {
        return Ok(plan);
    }
    guard::lifted(db, "redact", || {
        let words = plan::words(db, &plan)?;
        take_texts(db, id, &plan, at)?;
        pages::take(db, &plan.pages, &words, at)?;
        take_notes(db, id, &plan)?;
        if plan.latest {
            close(db, id, reason, at)?;
        }
        Ok(())
    })?;
    let what = if plan.whole { reason.to_owned() } else { format!("{}: {reason}", plan.told()) };
    event::write(db, id, at, EventKind::Redacted, None, Some(&what))?;
    Ok(plan)
}

fn take_texts(db: &Connection, id: ArticleId, plan: &Redaction, at: i64) -> Result<(), StoreError> {
    if plan.latest {
        let head: i64 = db
            .prepare_cached("SELECT version_id FROM head WHERE article_id = ?1")?
            .query_row([id.0], |row| row.get(0))?;
        search::remove(db, head)?;
        db.prepare_cached("DELETE FROM simhash WHERE article_id = ?1")?.execute([id.0])?;
    }
    let mut take = db.prepare_cached(
        "UPDATE version SET title = ?3, dateline = NULL, authors = NULL, body = NULL, meta = NULL, redacted_at = ?4
         WHERE article_id = ?1 AND seq = ?2",
    )?;
    for seq in &plan.versions {
        take.execute(params![id.0, seq.0, REDACTED, at])?;
    }
    changes::withhold(db, id, &plan.versions)
}

/// What was noted of the pages in their own words, and what lists said of them.
fn take_notes(db: &Connection, id: ArticleId, plan: &Redaction) -> Result<(), StoreError> {
    db.prepare_cached("UPDATE fetch SET message = NULL WHERE article_id = ?1 AND message IS NOT NULL")?
        .execute([id.0])?;
    db.prepare_cached(&format!("UPDATE event SET detail = NULL WHERE article_id = ?1 AND {QUOTING}"))?
        .execute([id.0])?;
    for key in &plan.keys {
        if let Some(row) = queue::find(db, key)? {
            db.prepare_cached("DELETE FROM queue WHERE id = ?1")?.execute([row])?;
        }
    }
    Ok(())
}

/// The article is not looked at again, by none of its addresses.
fn close(db: &Connection, id: ArticleId, reason: &str, at: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO tombstone (key, at, reason) SELECT key, ?2, ?3 FROM address WHERE article_id = ?1
         ON CONFLICT (key) DO UPDATE SET at = excluded.at, until = NULL, reason = excluded.reason",
    )?
    .execute(params![id.0, at, reason])?;
    db.prepare_cached(
        "UPDATE head SET state = ?2, state_since = ?3, next_check_at = NULL, last_changed_at = ?3, moved_to = NULL,
            trouble = NULL WHERE article_id = ?1",
    )?
    .execute(params![id.0, ArticleState::Redacted.as_str(), at])?;
    Ok(())
}

/// The article of a site whose text was taken out and that read so.
pub(super) fn reads_so(db: &Connection, content: &[u8; 32], site: i64) -> Result<Option<i64>, StoreError> {
    use crate::store::engine::OptionalExtension;
    Ok(db
        .prepare_cached(
            "SELECT a.id FROM version v JOIN article a ON a.id = v.article_id
             WHERE v.content_sha256 = ?1 AND v.redacted_at IS NOT NULL AND a.site_id = ?2 LIMIT 1",
        )?
        .query_row(params![content, site], |row| row.get(0))
        .optional()?)
}

/// Refuses an address from now on.
pub(super) fn refuse(db: &Connection, url: &PageUrl, at: i64, reason: &str) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO tombstone (key, at, reason) VALUES (?1, ?2, ?3) ON CONFLICT (key) DO NOTHING",
    )?
    .execute(params![url.key(), at, reason])?;
    Ok(())
}
