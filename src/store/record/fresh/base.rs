//! What the next page of a site is packed with: remembered from page to page, as a page alone would look it up.

use crate::store::engine::{Connection, OptionalExtension};

use super::super::super::codec::{self, Packed};
use super::super::super::pages::{self, Fit, Page};
use super::super::super::{StoreError, template};
use crate::model::{Sha256, sha256};

/// A reference that the statement is yet to make stands for this number.
pub(super) const MADE: i64 = -1;

/// What the next page of a site is packed with.
pub(super) enum Base {
    /// Nothing: it is the site's first.
    Nothing,
    /// A reference, by its row, and for how many pages in a row it did little.
    Reference { blob: i64, bytes: Vec<u8>, misses: i64 },
    /// None: the last pages had too little in common. The last of them.
    Last(Vec<u8>),
}

/// A page packed.
pub(super) struct Packing {
    pub(super) fit: Fit,
    /// Whether it is the first page of its site.
    pub(super) first: bool,
    /// The site's reference.
    pub(super) reference: Option<i64>,
    pub(super) made: Option<Made>,
}

/// What a page and the one before it have in common: the site's reference from now on.
pub(super) struct Made {
    pub(super) sha256: Sha256,
    pub(super) size: usize,
    pub(super) packed: Packed,
    /// The page before it, and how it is packed with that, if it gets smaller.
    pub(super) last: Sha256,
    pub(super) repacked: Option<Packed>,
}

impl Base {
    /// None where the next page asks for more.
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
            None => Some(Self::Nothing),
        })
    }

    /// What the page after this one is packed with; none: it is to be looked up.
    pub(super) fn after(self, page: &Page, packing: &Packing) -> Option<Self> {
        if packing.made.is_some() {
            return None;
        }
        Some(match self {
            Self::Reference { blob, bytes, misses } => {
                Self::Reference { blob, bytes, misses: if packing.fit.helped { 0 } else { misses + 1 } }
            }
            Self::Last(_) | Self::Nothing => Self::Last(page.bytes.clone()),
        })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Nothing => &[],
            Self::Reference { bytes, .. } | Self::Last(bytes) => bytes,
        }
    }

    /// Packs a page.
    pub(super) fn pack(&self, page: &Page) -> Packing {
        let packing = |fit, reference| Packing { fit, first: false, reference, made: None };
        match self {
            Self::Nothing => Packing { first: true, ..packing(Fit::first(&page.bytes), None) },
            Self::Reference { blob, bytes, misses } => {
                let tried = pages::is_tried(*misses).then_some((*blob, bytes.as_slice()));
                packing(Fit::of(&page.bytes, tried, *misses), Some(*blob))
            }
            Self::Last(last) => {
                let common = template::common(&page.bytes, last);
                if common.len() < pages::SMALLEST {
                    return packing(Fit::of(&page.bytes, None, 0), None);
                }
                let with = |bytes| Fit::of(bytes, Some((MADE, &common)), 0);
                let before = with(last);
                let made = Made {
                    sha256: sha256(&common),
                    size: common.len(),
                    packed: codec::pack_rare(&common),
                    last: sha256(last),
                    repacked: before.base.map(|_| before.packed),
                };
                Packing { made: Some(made), ..packing(with(&page.bytes), None) }
            }
        }
    }
}
