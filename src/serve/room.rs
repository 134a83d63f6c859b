//! What all requests share: the options, what was compared for lists and feeds, the figures of the sites.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::excerpt::Excerpt;
use super::kept::Kept;
use super::options::Options;
use super::telling;
use crate::model::PageUrl;
use crate::store::room::{Figures, SiteFigures};
use crate::store::{ChangeRow, Reader, StoreError};

/// Excerpts that are kept, about a kilobyte each: the first page of two hundred sites.
const EXCERPTS: usize = 8_000;
/// Entries of feeds, and of the API, that are kept: some kilobytes each. The first are of two hundred feeds.
const ENTRIES: usize = 6_000;
const OBJECTS: usize = 1_000;

/// How long a page waits for the first figures.
const PATIENCE: Duration = Duration::from_secs(5);

/// The figures, as they were counted last.
#[derive(Debug)]
pub struct Overview {
    /// When.
    pub at: Timestamp,
    /// Of the archive.
    pub archive: Figures,
    /// Of the sites, in the order of letters.
    pub sites: Vec<SiteFigures>,
}

/// What all requests share.
#[derive(Debug)]
pub struct Room {
    /// What the caller decided.
    pub options: Options,
    /// The telling words of changes.
    excerpts: Kept<Excerpt>,
    /// Changes as entries of a feed, with the address they were asked by.
    pub entries: Kept<(String, String)>,
    /// Edits as the API tells them, a line each, with the article's address.
    pub objects: Kept<(PageUrl, String)>,
    overview: Mutex<Option<Arc<Overview>>>,
    counted: Condvar,
}

impl Room {
    /// A room in which nobody has been.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            excerpts: Kept::new(EXCERPTS),
            entries: Kept::new(ENTRIES),
            objects: Kept::new(OBJECTS),
            overview: Mutex::default(),
            counted: Condvar::new(),
        }
    }

    /// The telling words of a change; none when the archive no longer holds them. Whether a text was taken
    /// out stands in the row, which is read anew each time: then nothing that was kept of it is shown.
    ///
    /// # Errors
    /// As every reading of the archive.
    pub fn excerpt(&self, reader: &Reader, row: &ChangeRow) -> Result<Option<Arc<Excerpt>>, StoreError> {
        if !row.told.redacted
            && let Some(kept) = self.excerpts.get(row.key)
        {
            return Ok(Some(kept));
        }
        Ok(telling::excerpt(reader, row)?.map(|excerpt| self.excerpts.put(row.key, excerpt)))
    }

    /// Puts new figures up.
    pub fn show(&self, overview: Overview) {
        *self.overview.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(overview));
        self.counted.notify_all();
    }

    /// The figures; none when they have not been counted in time.
    pub fn overview(&self) -> Option<Arc<Overview>> {
        let overview = self.overview.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.counted.wait_timeout_while(overview, PATIENCE, |overview| overview.is_none());
        waited.map_or_else(|poisoned| poisoned.into_inner().0.clone(), |(overview, _)| overview.clone())
    }
}
