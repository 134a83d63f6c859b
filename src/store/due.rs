//! What is to be asked for.

use std::cmp::Reverse;

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::sql::{most_of, parsed, time, url};
use super::{DuePage, Reader, StoreError};
use crate::model::{ArticleId, HostKey, Validators, Via};

/// Nothing waits longer than a month, whatever stands in its row: a clock that once ran ahead, or a
/// server that said "in ten years", must not put a page off for good.
const FARTHEST_MS: i64 = 31 * 24 * 3600 * 1000;
/// What was looked at later than this from now was looked at by a wrong clock.
const AHEAD_MS: i64 = 60 * 1000;

/// Whether an article `h` is to be looked at again: now (?1), when it was last looked at by then (?2);
/// [`FARTHEST_MS`] (?3), [`AHEAD_MS`] (?4).
const DUE: &str = "h.state <> 'redacted' AND (h.next_check_at <= ?1 AND h.last_checked_at <= ?2
    OR h.next_check_at > ?1 + ?3 AND h.last_checked_at > ?1 + ?4)";
/// Whether an address `q` is to be asked for: now (?1), [`FARTHEST_MS`] (?3).
const WANTED: &str =
    "q.settled_at IS NULL AND (q.not_before IS NULL OR q.not_before <= ?1 OR q.not_before > ?1 + ?3)";

/// What is asked of [`super::Reader::due`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueQuery {
    /// The host.
    pub host: HostKey,
    /// Now.
    pub now: Timestamp,
    /// Only articles that were last looked at by then: the start of a run, which looks at each once.
    pub checked_by: Timestamp,
    /// Addresses that are no article yet.
    pub new: bool,
    /// Known articles.
    pub known: bool,
    /// Only pages of these sites.
    pub sites: Vec<String>,
    /// At most so many.
    pub limit: usize,
}

impl Reader {
    /// The known articles among what is due, in the order in which they come.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn rechecks(&self, query: &DueQuery) -> Result<Vec<ArticleId>, StoreError> {
        rechecks(&self.db, query)
    }

    /// Those of the articles that are still due.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn due_of(&self, query: &DueQuery, articles: &[ArticleId]) -> Result<Vec<DuePage>, StoreError> {
        known(&self.db, query, articles)
    }
}

pub(super) fn pages(db: &Connection, query: &DueQuery) -> Result<Vec<DuePage>, StoreError> {
    let mut due = if query.new { new(db, query)? } else { Vec::new() };
    if query.known && due.len() < query.limit {
        let rest = DueQuery { limit: query.limit - due.len(), ..query.clone() };
        due.extend(known(db, query, &rechecks(db, &rest)?)?);
    }
    Ok(due)
}

/// The sites as a JSON array, for `json_each`.
fn sites(query: &DueQuery) -> String {
    serde_json::Value::from(query.sites.clone()).to_string()
}

fn new(db: &Connection, query: &DueQuery) -> Result<Vec<DuePage>, StoreError> {
    let places: Vec<(i64, String)> = db
        .prepare_cached(
            "SELECT id, site FROM place WHERE host = ?1 AND site IN (SELECT value FROM json_each(?2))",
        )?
        .query_map([query.host.as_str(), &sites(query)], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut due = Vec::new();
    for (place, site) in places {
        due.extend(at_place(db, query, place, &site)?);
    }
    // Each place's pages come in order: what is left to do is to put them into one.
    due.sort_by_key(|(order, _)| *order);
    due.truncate(query.limit);
    Ok(due.into_iter().map(|(_, page)| page).collect())
}

/// What a page comes by: the higher priority first, the newest first, the first that was added.
type Order = (Reverse<i64>, Reverse<i64>, i64);

fn at_place(
    db: &Connection,
    query: &DueQuery,
    place: i64,
    site: &str,
) -> Result<Vec<(Order, DuePage)>, StoreError> {
    let key = params![query.now.as_millisecond(), place, FARTHEST_MS, most_of(query.limit)];
    Ok(db
        .prepare_cached(&format!(
            "SELECT id, priority, newest, url, tries, via,
                coalesce(not_before, added_at) AS due_at, error FROM queue q
             WHERE place_id = ?2 AND {WANTED} ORDER BY priority DESC, newest DESC, id LIMIT ?4"
        ))?
        .query_map(key, |row| {
            let order = (Reverse(row.get("priority")?), Reverse(row.get("newest")?), row.get("id")?);
            let page = DuePage {
                url: url(row, "url")?,
                site: site.to_owned(),
                article: None,
                validators: Validators::default(),
                tries: row.get("tries")?,
                via: parsed(row, "via", |name| Some(Via::from_stored(name)))?,
                since: time(row.get("due_at")?),
                trouble: row.get("error")?,
            };
            Ok((order, page))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// The articles that are to be looked at again, the most overdue first, by how long they were to wait.
/// All that are due must be gone through to know which these are: so for many pages at once.
pub(super) fn rechecks(db: &Connection, query: &DueQuery) -> Result<Vec<ArticleId>, StoreError> {
    let (now, before) = (query.now.as_millisecond(), query.checked_by.as_millisecond());
    let (host, most) = (query.host.as_str(), most_of(query.limit));
    let key = params![now, before, FARTHEST_MS, AHEAD_MS, host, sites(query), most];
    Ok(db
        .prepare_cached(&format!(
            "SELECT h.article_id
             FROM head h JOIN article a ON a.id = h.article_id JOIN site s ON s.id = a.site_id
             WHERE h.host = ?5 AND {DUE} AND s.key IN (SELECT value FROM json_each(?6))
             ORDER BY CAST(?1 - h.next_check_at AS REAL) / max(h.next_check_at - h.last_checked_at, 1000) DESC,
                      h.article_id
             LIMIT ?7"
        ))?
        .query_map(key, |row| row.get(0).map(ArticleId))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Those of the articles that are still to be looked at, in the same order.
pub(super) fn known(
    db: &Connection,
    query: &DueQuery,
    articles: &[ArticleId],
) -> Result<Vec<DuePage>, StoreError> {
    let (now, before) = (query.now.as_millisecond(), query.checked_by.as_millisecond());
    let mut row = db.prepare_cached(&format!(
        "SELECT h.ask_url, s.key, h.etag, h.last_modified, h.failures, h.next_check_at, h.trouble
         FROM head h JOIN article a ON a.id = h.article_id JOIN site s ON s.id = a.site_id
         WHERE h.article_id = ?5 AND {DUE}"
    ))?;
    let mut due = Vec::with_capacity(articles.len());
    for article in articles {
        let page = row.query_row(params![now, before, FARTHEST_MS, AHEAD_MS, article.0], |row| {
            Ok(DuePage {
                url: url(row, 0)?,
                site: row.get(1)?,
                article: Some(*article),
                validators: Validators { etag: row.get(2)?, last_modified: row.get(3)? },
                tries: row.get(4)?,
                via: Via::Recheck,
                since: time(row.get(5)?),
                trouble: row.get(6)?,
            })
        });
        due.extend(page.optional()?);
    }
    Ok(due)
}

/// How many pages [`pages`] would give without its limit.
pub(super) fn count(db: &Connection, query: &DueQuery) -> Result<usize, StoreError> {
    let (now, before) = (query.now.as_millisecond(), query.checked_by.as_millisecond());
    let mut count: i64 = 0;
    let (host, sites) = (query.host.as_str(), sites(query));
    if query.new {
        let sql = format!(
            "SELECT count(*) FROM place p JOIN queue q ON q.place_id = p.id
             WHERE p.host = ?2 AND {WANTED} AND p.site IN (SELECT value FROM json_each(?4))"
        );
        let key = params![now, host, FARTHEST_MS, sites];
        count += db.prepare_cached(&sql)?.query_row(key, |row| row.get::<_, i64>(0))?;
    }
    if query.known {
        let sql = format!(
            "SELECT count(*) FROM head h JOIN article a ON a.id = h.article_id JOIN site s ON s.id = a.site_id
             WHERE h.host = ?5 AND {DUE} AND s.key IN (SELECT value FROM json_each(?6))"
        );
        let key = params![now, before, FARTHEST_MS, AHEAD_MS, host, sites];
        count += db.prepare_cached(&sql)?.query_row(key, |row| row.get::<_, i64>(0))?;
    }
    Ok(usize::try_from(count).unwrap_or(0))
}

pub(super) fn hosts(db: &Connection, now: Timestamp) -> Result<Vec<HostKey>, StoreError> {
    let sql = format!(
        "SELECT p.host FROM place p WHERE EXISTS (SELECT 1 FROM queue q WHERE q.place_id = p.id AND {WANTED})
         UNION SELECT h.host FROM head h WHERE {DUE} ORDER BY 1"
    );
    let key = [now.as_millisecond(), i64::MAX, FARTHEST_MS, AHEAD_MS];
    Ok(db
        .prepare_cached(&sql)?
        .query_map(key, |row| row.get(0).map(HostKey::from_stored))?
        .collect::<rusqlite::Result<_>>()?)
}
