//! Whether the archive has an observation already.

use crate::model::Fingerprint;
use crate::store::engine::{Connection, params};
use crate::store::{FetchRecord, Incoming, StoreError};

/// Exported times and those of most WARC files are told to the second.
const SECOND: i64 = 999;

/// Whether this very observation is in the archive.
pub(in crate::store) fn known_capture(db: &Connection, fetch: &FetchRecord) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM address a JOIN fetch f ON f.article_id = a.article_id
             WHERE a.key = ?1 AND f.at BETWEEN ?2 AND ?2 + ?3",
        )?
        .exists(params![fetch.answered().key(), fetch.at.as_millisecond(), SECOND])?)
}

/// Two versions can be of one moment, when the second is our own re-reading of the first: our export is
/// known by its text, a page by its moment.
pub(super) fn is_known(
    db: &Connection,
    incoming: &Incoming,
    fingerprint: &Fingerprint,
) -> Result<bool, StoreError> {
    if incoming.exported.is_none() {
        return known_capture(db, &incoming.fetch);
    }
    let at = incoming.fetch.at.as_millisecond();
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM address a JOIN version v ON v.article_id = a.article_id
             WHERE a.key = ?1 AND v.observed_at BETWEEN ?2 AND ?2 + ?4 AND v.content_sha256 = ?3",
        )?
        .exists(params![incoming.fetch.requested.key(), at, fingerprint.content.0, SECOND])?)
}
