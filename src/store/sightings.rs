//! How each page of a site was read, in the order in which they were.

use std::collections::BTreeMap;

use crate::store::engine::Connection;
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
        if pages.len() >= 4 * MOST {
            latest(pages);
        }
    };
    let mut statement = db.prepare(
        "SELECT s.key, f.at, v.url, r.site, r.layout, r.fields
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
        let read = read_by(row.get(3)?, row.get(4)?, &row.get::<_, String>(5)?);
        add(row.get(0)?, Sighting { at: time(row.get(1)?), url: row.get(2)?, read: Some(read) });
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

/// How a page was read, by what is stored of it: site file, layout, and the fields with their sources (JSON).
pub(super) fn read_by(site_file: String, layout: String, fields: &str) -> SeenReading {
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
