//! A list's addresses on PostgreSQL: what is known of all of them is asked in one statement, and those that nobody
//! knows are added in one.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::store::engine::{Connection, params};

use super::super::{Enqueued, StoreError, sql};
use super::row::{key_hash, place};
use super::{priority, words};
use crate::model::{Candidate, PageUrl, Via};

/// Of each address, in their order: whether it is refused, when it was last looked at if it is an article's, and
/// what waits under its hash.
const LOOK: &str = "SELECT EXISTS (SELECT 1 FROM tombstone t WHERE t.key = c.key AND (until IS NULL OR until > ?2)),
        (SELECT h.last_checked_at FROM address a JOIN head h USING (article_id) WHERE a.key = c.key),
        (SELECT count(*) FROM queue q WHERE q.key_hash = c.hash),
        (SELECT q.url FROM queue q WHERE q.key_hash = c.hash LIMIT 1),
        (SELECT q.settled_at FROM queue q WHERE q.key_hash = c.hash LIMIT 1)
     FROM ROWS FROM (jsonb_to_recordset(?1::text::jsonb) AS (key TEXT, hash BIGINT)) WITH ORDINALITY AS c (key, hash, n)
     ORDER BY n";

const ADD: &str = "INSERT INTO queue (key_hash, place_id, url, via, priority, newest, added_at, tries, published_at, title,
        content)
     SELECT hash, place, url, via, priority, newest, ?2, 0, published, title, content
     FROM ROWS FROM (jsonb_to_recordset(?1::text::jsonb) AS (hash BIGINT, place BIGINT, url TEXT, via TEXT, priority BIGINT,
        newest BIGINT, published BIGINT, title TEXT, content TEXT))
        WITH ORDINALITY AS c (hash, place, url, via, priority, newest, published, title, content, n)
     ORDER BY n RETURNING 1";

/// What is known of an address.
struct Seen {
    refused: bool,
    /// When its article was last looked at.
    checked: Option<i64>,
    /// How many addresses wait or are settled under its hash, and the first of them.
    queued: i64,
    url: Option<PageUrl>,
    settled: Option<i64>,
}

impl Seen {
    /// Whether a list that names it again changes nothing.
    fn stays(&self, key: &str, modified: Option<i64>) -> bool {
        let since = match self.checked {
            Some(checked) => checked,
            None if self.queued == 1 && self.url.as_ref().is_some_and(|url| url.key() == key) => {
                self.settled.unwrap_or(i64::MAX)
            }
            None => return false,
        };
        modified.is_none_or(|modified| modified <= since)
    }
}

/// Adds what is new; gives what must be looked at one by one.
pub(super) fn enqueue<'c>(
    db: &Connection,
    site: &str,
    candidates: &'c [Candidate],
    now: i64,
    tally: &mut Enqueued,
) -> Result<Vec<&'c Candidate>, StoreError> {
    let keys: Vec<(String, i64)> = candidates
        .iter()
        .map(|candidate| candidate.url.key())
        .map(|key| (key_hash(&key), key))
        .map(|(hash, key)| (key, hash))
        .collect();
    let seen = look(db, &keys, now)?;
    let (mut rest, mut new) = (Vec::new(), Vec::new());
    let (mut hashes, mut places) = (HashSet::new(), HashMap::new());
    for ((candidate, (key, hash)), seen) in candidates.iter().zip(&keys).zip(&seen) {
        let plain = candidate.via != Via::User && hashes.insert(*hash) && !words(candidate).any(holds_nul);
        let modified = candidate.modified.map(|t| t.as_millisecond());
        if !plain {
            rest.push(candidate);
        } else if seen.refused {
            tally.refused += 1;
        } else if seen.checked.is_none() && seen.queued == 0 {
            new.push(row(db, site, candidate, *hash, &mut places)?);
        } else if seen.stays(key, modified) {
            tally.known += 1;
        } else {
            rest.push(candidate);
        }
    }
    tally.new += new.len();
    if !new.is_empty() {
        db.prepare_cached(ADD)?.execute(params![Value::from(new).to_string(), now])?;
    }
    Ok(rest)
}

fn look(db: &Connection, keys: &[(String, i64)], now: i64) -> Result<Vec<Seen>, StoreError> {
    let asked: Vec<Value> = keys.iter().map(|(key, hash)| json!({ "key": key, "hash": hash })).collect();
    let asked = Value::from(asked).to_string();
    Ok(db
        .prepare_cached(LOOK)?
        .query_map(params![asked, now], |row| {
            let waits = row.get::<_, i64>(2)? > 0;
            Ok(Seen {
                refused: row.get(0)?,
                checked: row.get(1)?,
                queued: row.get(2)?,
                url: waits.then(|| sql::url(row, 3)).transpose()?,
                settled: row.get(4)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// A row of the queue.
fn row(
    db: &Connection,
    site: &str,
    candidate: &Candidate,
    hash: i64,
    places: &mut HashMap<String, i64>,
) -> Result<Value, StoreError> {
    let url = candidate.url.without_tracking();
    let host = url.host_key();
    let place = match places.get(host.as_str()) {
        Some(place) => *place,
        None => {
            let place = place(db, &host, site)?;
            places.insert(host.as_str().to_owned(), place);
            place
        }
    };
    let published = candidate.published.map(|t| t.as_millisecond());
    let modified = candidate.modified.map(|t| t.as_millisecond());
    Ok(json!({
        "hash": hash, "place": place, "url": url.as_str(), "via": candidate.via.as_str(),
        "priority": priority(candidate.via), "newest": published.or(modified).unwrap_or(0),
        "published": published, "title": candidate.title, "content": candidate.content,
    }))
}

fn holds_nul(text: &str) -> bool {
    text.contains('\0')
}
