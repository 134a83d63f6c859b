//! Sites in figures: what their requests brought, how their pages were read, what they wait for.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::super::health::shown;
use super::super::sightings::Readings;
use super::super::sql::{DAY, most_of, time, time_opt};
use super::super::{Reader, StoreError};
use crate::model::Sighting;

/// What the requests of a day brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DayCount {
    /// Days since 1970 UTC.
    pub day: i64,
    /// Requests for pages.
    pub requests: i64,
    /// New articles.
    pub new: i64,
    /// New versions.
    pub changed: i64,
    /// Pages that could not be read.
    pub unread: i64,
    /// Requests that failed.
    pub errors: i64,
    /// Pages that robots.txt forbids.
    pub forbidden: i64,
}

/// A site in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFigures {
    /// Its identifier.
    pub site: String,
    /// Its name for people.
    pub name: Option<String>,
    /// Articles.
    pub articles: i64,
    /// When a page of it last answered with an article (or 304).
    pub last_answer: Option<Timestamp>,
    /// Days with requests, the oldest first.
    pub days: Vec<DayCount>,
    /// What it waits for.
    pub waits: SiteWaits,
}

/// What a site waits for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteWaits {
    /// Lists that its articles are found by.
    pub lists: i64,
    /// Those that could not be had three times in a row.
    pub failing: i64,
    /// When the next of them is due; none: at the next run.
    pub next_list: Option<Timestamp>,
}

impl Reader {
    /// The sites by their numbers: identifier, and name for people.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn site_numbers(&self) -> Result<Vec<(i64, String, Option<String>)>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT id, key, name FROM site ORDER BY key")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The number of a site, and its name for people; none when nothing of it is archived.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn site_number(&self, key: &str) -> Result<Option<(i64, Option<String>)>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT id, name FROM site WHERE key = ?1")?
            .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The number of a site that is asked for; -1, which is nobody's, when nothing of it is archived.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn site_asked(&self, key: Option<&str>) -> Result<Option<i64>, StoreError> {
        let Some(key) = key else { return Ok(None) };
        Ok(Some(self.site_number(key)?.map_or(-1, |(number, _)| number)))
    }

    /// All sites in figures, in the order of letters. Reads all requests since then.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn site_figures(&self, since: Timestamp) -> Result<Vec<SiteFigures>, StoreError> {
        let db = self.db.unchecked_transaction()?;
        let articles: HashMap<i64, i64> = db
            .prepare("SELECT site_id, count(*) FROM article GROUP BY site_id")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut waits = waits(&db)?;
        let mut out = Vec::new();
        for (number, site, name) in self.site_numbers()? {
            out.push(SiteFigures {
                articles: articles.get(&number).copied().unwrap_or(0),
                last_answer: last_answer(&db, number)?,
                days: days(&db, number, since)?,
                waits: waits.remove(&site).unwrap_or_default(),
                site,
                name,
            });
        }
        Ok(out)
    }

    /// How the latest pages of one site were read, the oldest first; at most so many.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn site_sightings(&self, site: i64, most: usize) -> Result<Vec<Sighting>, StoreError> {
        let mut statement = self.db.prepare_cached(&format!(
            "SELECT f.at, f.requested, f.outcome, r.id, r.site, r.layout, r.fields
             FROM fetch f LEFT JOIN head h ON h.article_id = f.article_id LEFT JOIN reading r ON r.id = h.reading_id
             WHERE f.site_id = ?1 AND (f.outcome IN ('new', 'changed', 'import')
                OR f.outcome = 'extract_failed' AND coalesce(f.error, '') NOT IN ({}))
             ORDER BY f.at DESC LIMIT ?2",
            shown()
        ))?;
        let mut rows = statement.query(params![site, most_of(most)])?;
        let mut readings = Readings::default();
        let mut out: Vec<Sighting> = Vec::new();
        while let Some(row) = rows.next()? {
            let failed = row.get::<_, String>(2)? == "extract_failed";
            let is_read = !failed && row.get::<_, Option<i64>>(3)?.is_some();
            let read = if is_read { Some(readings.of(&row, 3)?) } else { None };
            out.push(Sighting { at: time(row.get(0)?), url: row.get(1)?, read });
        }
        // What could be read at another time is no failure.
        let read: HashSet<String> = out.iter().filter(|s| s.read.is_some()).map(|s| s.url.clone()).collect();
        out.retain(|sighting| sighting.read.is_some() || !read.contains(&sighting.url));
        out.reverse();
        Ok(out)
    }

    /// The address that a site's newest article is asked by.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn newest_address(&self, site: i64) -> Result<Option<String>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT h.ask_url FROM fetch f JOIN head h ON h.article_id = f.article_id
                 WHERE f.site_id = ?1 ORDER BY f.at DESC LIMIT 1",
            )?
            .query_row([site], |row| row.get(0))
            .optional()?)
    }
}

fn waits(db: &Connection) -> Result<BTreeMap<String, SiteWaits>, StoreError> {
    Ok(db
        .prepare("SELECT site, count(*), sum(failures >= 3), min(next_at) FROM source GROUP BY site")?
        .query_map([], |row| {
            let waits =
                SiteWaits { lists: row.get(1)?, failing: row.get(2)?, next_list: time_opt(row.get(3)?) };
            Ok((row.get(0)?, waits))
        })?
        .collect::<rusqlite::Result<_>>()?)
}

fn last_answer(db: &Connection, site: i64) -> Result<Option<Timestamp>, StoreError> {
    let at: Option<i64> = db
        .prepare_cached(
            "SELECT at FROM fetch WHERE site_id = ?1 AND outcome IN ('new', 'changed', 'same', 'not_modified', 'import')
             ORDER BY at DESC LIMIT 1",
        )?
        .query_row([site], |row| row.get(0))
        .optional()?;
    Ok(time_opt(at))
}

fn days(db: &Connection, site: i64, since: Timestamp) -> Result<Vec<DayCount>, StoreError> {
    let rows = db
        .prepare_cached(
            "SELECT at / ?3 AS day, count(*), sum(outcome IN ('new', 'import')), sum(outcome = 'changed'),
                sum(outcome = 'extract_failed'), sum(outcome = 'error'), sum(outcome = 'robots')
             FROM fetch WHERE site_id = ?1 AND at >= ?2 GROUP BY day ORDER BY day",
        )?
        .query_map(params![site, since.as_millisecond(), DAY], |row| {
            Ok(DayCount {
                day: row.get(0)?,
                requests: row.get(1)?,
                new: row.get(2)?,
                changed: row.get(3)?,
                unread: row.get(4)?,
                errors: row.get(5)?,
                forbidden: row.get(6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
