//! Addresses that wait to be asked for. Those that turned out to be no article stay, settled, so
//! that a feed which names them again does not bring them back.

mod row;
#[cfg(feature = "postgres")]
mod server;

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::sql::time;
use super::{Enqueued, StoreError, Tombstone};
use crate::model::{Candidate, PageUrl, SourceKind, Via};

#[cfg(feature = "postgres")]
pub(super) use row::key_hash;
pub(super) use row::{find, insert, take_over};

/// So many addresses are given to a server at once.
#[cfg(feature = "postgres")]
const AT_ONCE: usize = 1000;

pub(super) fn enqueue(
    db: &Connection,
    site: &str,
    candidates: &[Candidate],
    now: Timestamp,
) -> Result<Enqueued, StoreError> {
    let now = now.as_millisecond();
    let mut tally = Enqueued::default();
    #[cfg(feature = "postgres")]
    if db.postgres().is_some() && candidates.len() > 1 {
        for some in candidates.chunks(AT_ONCE) {
            let rest = server::enqueue(db, site, some, now, &mut tally)?;
            rest.into_iter().try_for_each(|candidate| one(db, site, candidate, now, &mut tally))?;
        }
        return Ok(tally);
    }
    candidates.iter().try_for_each(|candidate| one(db, site, candidate, now, &mut tally))?;
    Ok(tally)
}

/// Puts an address into the queue, unless it is refused or known.
fn one(
    db: &Connection,
    site: &str,
    candidate: &Candidate,
    now: i64,
    tally: &mut Enqueued,
) -> Result<(), StoreError> {
    let key = candidate.url.key();
    let modified = candidate.modified.map(|t| t.as_millisecond());
    if refused(db, &key, now)? {
        tally.refused += 1;
    } else if let Some((article, checked)) = known(db, &key)? {
        // Asked for by name, an article is looked at again whatever its source says.
        if candidate.via == Via::User || modified.is_some_and(|modified| modified > checked) {
            db.prepare_cached(
                "UPDATE head SET next_check_at = min(coalesce(next_check_at, ?2), ?2) WHERE article_id = ?1",
            )?
            .execute([article, now])?;
            tally.refreshed += 1;
        } else {
            tally.known += 1;
        }
    } else if insert(db, &key, site, candidate, now)? {
        tally.new += 1;
    } else {
        tally.known += 1;
    }
    Ok(())
}

/// What a list says of an address in words.
#[cfg(feature = "postgres")]
fn words(candidate: &Candidate) -> impl Iterator<Item = &str> {
    candidate.title.as_deref().into_iter().chain(candidate.content.as_deref())
}

/// What a person asks for comes first, then what is news, then what may be years old.
fn priority(via: Via) -> i64 {
    match via {
        Via::User => 40,
        Via::Redirect => 30,
        Via::Source(SourceKind::Feed | SourceKind::Api) => 20,
        Via::Source(SourceKind::Section) | Via::Recheck | Via::Import => 10,
        Via::Source(SourceKind::Sitemap) => 0,
    }
}

/// Whether a tombstone stands on a key.
pub(super) fn refused(db: &Connection, key: &str, now: i64) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("SELECT 1 FROM tombstone WHERE key = ?1 AND (until IS NULL OR until > ?2)")?
        .exists(params![key, now])?)
}

/// The tombstone on a key.
pub(super) fn tombstone(db: &Connection, key: &str) -> Result<Option<Tombstone>, StoreError> {
    Ok(db
        .prepare_cached("SELECT at, reason FROM tombstone WHERE key = ?1")?
        .query_row([key], |row| Ok(Tombstone { at: time(row.get("at")?), reason: row.get("reason")? }))
        .optional()?)
}

fn known(db: &Connection, key: &str) -> Result<Option<(i64, i64)>, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT h.article_id, h.last_checked_at FROM address a JOIN head h USING (article_id) WHERE a.key = ?1",
        )?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

pub(super) fn dequeue(db: &Connection, url: &PageUrl) -> Result<(), StoreError> {
    if let Some(id) = find(db, &url.key())? {
        db.prepare_cached("DELETE FROM queue WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

/// Nothing is to be had there: not asked again until a source says that it changed.
pub(super) fn settle(db: &Connection, url: &PageUrl, at: i64, why: &str) -> Result<(), StoreError> {
    if let Some(id) = find(db, &url.key())? {
        db.prepare_cached(
            "UPDATE queue SET settled_at = ?2, error = ?3, tries = tries + 1, content = NULL WHERE id = ?1",
        )?
        .execute(params![id, at, why])?;
    }
    Ok(())
}

/// Tries again later, slower each time; after `most` tries the address is settled.
pub(super) fn retry(
    db: &Connection,
    url: &PageUrl,
    at: i64,
    why: &str,
    first_wait: i64,
    most: i64,
    not_before: Option<i64>,
) -> Result<(), StoreError> {
    let Some(id) = find(db, &url.key())? else { return Ok(()) };
    let tries: i64 =
        db.prepare_cached("SELECT tries FROM queue WHERE id = ?1")?.query_row([id], |row| row.get(0))?;
    if tries + 1 >= most {
        return settle(db, url, at, why);
    }
    let wait = first_wait.saturating_mul(1 << tries.clamp(0, 20));
    let next = not_before.unwrap_or(at.saturating_add(wait));
    db.prepare_cached("UPDATE queue SET tries = tries + 1, not_before = ?2, error = ?3 WHERE id = ?1")?
        .execute(params![id, next, why])?;
    Ok(())
}
