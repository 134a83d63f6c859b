//! What a server knows of a page that nobody has read yet, in one statement.

use crate::store::engine::{Connection, params};

use super::super::{StoreError, lines, openings, queue, sql};
use super::listed;
use crate::model::{Known, PageUrl};

/// Of an article's page nothing but that it is one.
const KNOWN: &str = "SELECT known, q.url, q.via, q.title, q.published_at, q.content,
        (SELECT counted FROM lines_of WHERE NOT known AND site_id = site) AS counted,
        (SELECT string_agg(hash || ' ' || articles || ' ' || first_n, ',') FROM line
            WHERE NOT known AND site_id = site AND articles >= 3) AS lines,
        (SELECT string_agg(shape || ' ' || articles, ',') FROM opening WHERE NOT known AND site_id = site) AS openings
     FROM (SELECT EXISTS (SELECT 1 FROM address WHERE key = ?1) AS known,
            (SELECT id FROM site WHERE key = ?3) AS site OFFSET 0) page
        LEFT JOIN queue q ON NOT known AND q.key_hash = ?2";

/// None: the page is an article's.
pub(super) fn of_new(db: &Connection, url: &PageUrl, site: &str) -> Result<Option<Known>, StoreError> {
    let key = url.key();
    let mut statement = db.prepare_cached(KNOWN)?;
    let mut rows = statement.query(params![key, queue::key_hash(&key), site])?;
    let mut found: Option<Known> = None;
    while let Some(row) = rows.next()? {
        if row.get("known")? {
            return Ok(None);
        }
        if found.is_none() {
            let repeated = lines::from_text(row.get("counted")?, row.get("lines")?);
            let openings = openings::from_text(row.get("openings")?);
            found = Some(Known { repeated, openings, ..Known::default() });
        }
        // Two keys may have one hash.
        let waits = row.get::<_, Option<String>>("url")?.is_some() && sql::url(&row, "url")?.key() == key;
        if let Some(known) = found.as_mut().filter(|_| waits) {
            known.listed = listed(&row)?;
        }
    }
    Ok(found)
}
