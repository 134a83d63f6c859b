//! What the next page of a site is packed with: remembered from page to page, as a page alone would look it up.

use crate::store::engine::{Connection, OptionalExtension};

use super::super::super::pages::{self, Fit, Page};
use super::super::super::{StoreError, template};

/// What the next page of a site is packed with.
pub(super) enum Base {
    /// A reference, by its row, and for how many pages in a row it did little.
    Reference { blob: i64, bytes: Vec<u8>, misses: i64 },
    /// None: the last pages had too little in common. The last of them.
    Last(Vec<u8>),
}

impl Base {
    /// None where the next page asks for more: it is the site's first, or a reference is to be made anew.
    pub(super) fn of(db: &Connection, site: &str) -> Result<Option<Self>, StoreError> {
        let found: Option<(Option<i64>, i64, i64)> = db
            .prepare_cached(
                "SELECT blob_id, page_id, misses FROM page_reference
                 WHERE site_id = (SELECT id FROM site WHERE key = ?1)",
            )?
            .query_row([site], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?;
        Ok(match found {
            Some((Some(blob), _, misses)) => {
                pages::read(db, blob)?.map(|bytes| Self::Reference { blob, bytes, misses })
            }
            Some((None, last, _)) => pages::read(db, last)?.map(Self::Last),
            None => None,
        })
    }

    /// What the page after this one is packed with.
    pub(super) fn after(&mut self, page: &Page, did: bool) {
        match self {
            Self::Reference { misses, .. } => *misses = if did { 0 } else { *misses + 1 },
            Self::Last(bytes) => bytes.clone_from(&page.bytes),
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Reference { bytes, .. } | Self::Last(bytes) => bytes,
        }
    }

    /// Packs a page; none: now there is enough in common to make a reference.
    pub(super) fn fit(&self, page: &Page) -> Option<(Option<i64>, Fit)> {
        match self {
            Self::Reference { blob, bytes, misses } => {
                let tried = pages::is_tried(*misses).then_some((*blob, bytes.as_slice()));
                Some((Some(*blob), Fit::of(&page.bytes, tried, *misses)))
            }
            Self::Last(last) => (template::common(&page.bytes, last).len() < pages::SMALLEST)
                .then(|| (None, Fit::of(&page.bytes, None, 0))),
        }
    }
}
