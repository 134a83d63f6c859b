//! How each page of a site was read, in the order in which they were.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::store::engine::{Connection, Row};
use jiff::Timestamp;

use super::StoreError;
use super::health::shown;
use super::sql::time;
use crate::model::{FieldName, SeenReading, Sighting};

/// Pages of one site that are told of: the latest.
const MOST: usize = 1000;

/// By site: pages since then, the oldest first. A page that was read several times counts as it was
/// read last: after the site file was mended and the archive read again, the fault is over.
pub(super) fn sightings(
    db: &Connection,
    since: Timestamp,
) -> Result<BTreeMap<String, Vec<Sighting>>, StoreError> {
    let mut out: BTreeMap<String, Vec<Sighting>> = BTreeMap::new();
    let mut add = |site: String, sighting: Sighting| {
        let pages = out.entry(site).or_default();
        pages.push(sighting);
        // Only the latest are told of: what is older need not be held until the end.
        if pages.len() >= MOST + MOST / 4 {
            latest(pages);
        }
    };
    let mut readings = Readings::default();
    let mut statement = db.prepare(
        "SELECT s.key, f.at, v.url, r.id, r.site, r.layout, r.fields
         FROM version v
         JOIN fetch f ON f.id = v.fetch_id
         JOIN site s ON s.id = f.site_id
         LEFT JOIN head h ON h.version_id = v.id
         JOIN reading r ON r.id = coalesce(h.reading_id, v.reading_id)
         WHERE f.at >= ?1
           AND NOT EXISTS (SELECT 1 FROM version w WHERE w.article_id = v.article_id
                           AND w.fetch_id = v.fetch_id AND w.seq > v.seq)",
    )?;
    let mut rows = statement.query([since.as_millisecond()])?;
    while let Some(row) = rows.next()? {
        let read = Some(readings.of(&row, 3)?);
        add(row.get(0)?, Sighting { at: time(row.get(1)?), url: row.get(2)?, read });
    }
    // What could not be read, unless it could at another time; a wall says nothing about the file.
    let mut statement = db.prepare(&format!(
        "SELECT s.key, max(f.at), f.requested
         FROM fetch f JOIN site s ON s.id = f.site_id
         WHERE f.at >= ?1 AND f.outcome = 'extract_failed'
           AND coalesce(f.error, '') NOT IN ({})
           AND NOT EXISTS (SELECT 1 FROM fetch g WHERE g.site_id = f.site_id AND g.at > f.at
                           AND g.requested = f.requested AND g.outcome IN ('new', 'changed', 'same'))
         GROUP BY s.key, f.requested",
        shown()
    ))?;
    let mut rows = statement.query([since.as_millisecond()])?;
    while let Some(row) = rows.next()? {
        add(row.get(0)?, Sighting { at: time(row.get(1)?), url: row.get(2)?, read: None });
    }
    out.values_mut().for_each(latest);
    Ok(out)
}

/// Leaves the latest pages, in the order of time.
fn latest(pages: &mut Vec<Sighting>) {
    pages.sort_by_key(|page| page.at);
    pages.drain(..pages.len().saturating_sub(MOST));
}

/// Ways of reading by their numbers. Few stand behind many pages: each is unpacked and held once.
#[derive(Default)]
pub(super) struct Readings(HashMap<i64, Arc<SeenReading>>);

impl Readings {
    /// The way of reading in a row: its number, site file, layout and fields with their sources (JSON) stand from a
    /// column on.
    pub(super) fn of(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Arc<SeenReading>> {
        let number: i64 = row.get(column)?;
        if let Some(known) = self.0.get(&number) {
            return Ok(Arc::clone(known));
        }
        let fields: String = row.get(column + 3)?;
        let read = Arc::new(read_by(row.get(column + 1)?, row.get(column + 2)?, &fields));
        self.0.insert(number, Arc::clone(&read));
        Ok(read)
    }
}

fn read_by(site_file: String, layout: String, fields: &str) -> SeenReading {
    let fields: BTreeMap<String, String> = serde_json::from_str(fields).unwrap_or_default();
    let body = fields.get(FieldName::Body.as_str());
    SeenReading {
        site_file,
        layout,
        // The reader says of a body of its own which selector of the site's it did not take.
        rotten: body.is_some_and(|source| source.contains(" (not ")),
        fields: FieldName::ALL.into_iter().filter(|name| fields.contains_key(name.as_str())).collect(),
    }
}
