//! What all requests share: the options, the ledger, the excerpts, the figures of the sites.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;

use super::excerpt::Excerpt;
use super::ledger::{Key, Ledger, Line, Told};
use super::options::Options;
use super::telling;
use crate::model::{Cause, VersionSeq};
use crate::store::room::{Figures, HappenedWhat, SiteFigures};
use crate::store::{Reader, StoreError};

/// Excerpts that are kept.
const EXCERPTS: usize = 4_000;

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
    ledger: RwLock<Ledger>,
    excerpts: Mutex<Excerpts>,
    overview: Mutex<Option<Arc<Overview>>>,
    counted: Condvar,
}

#[derive(Debug, Default)]
struct Excerpts {
    by_key: HashMap<Key, Arc<Excerpt>>,
    order: VecDeque<Key>,
}

impl Room {
    /// A room with the ledger of this reader's archive.
    ///
    /// # Errors
    /// As every reading of the archive.
    pub fn new(options: Options, reader: &Reader) -> Result<Self, StoreError> {
        // Rows first: what comes while the ledger is read is read twice rather than not at all.
        let rows = reader.last_rows()?;
        let ledger = Ledger::new(reader.happened()?, rows);
        Ok(Self {
            options,
            ledger: RwLock::new(ledger),
            excerpts: Mutex::default(),
            overview: Mutex::default(),
            counted: Condvar::new(),
        })
    }

    /// Looks something up in the ledger.
    pub fn ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.ledger.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads what the archive got since.
    ///
    /// # Errors
    /// As every reading of the archive.
    pub fn follow(&self, reader: &Reader) -> Result<(), StoreError> {
        let read = self.ledger(|ledger| ledger.read);
        let rows = reader.last_rows()?;
        if rows == read {
            return Ok(());
        }
        let news = reader.happened_after(read.0, read.1)?;
        self.ledger.write().unwrap_or_else(PoisonError::into_inner).add(news, rows);
        Ok(())
    }

    /// What a line tells, looked up or looked at; none when the archive no longer holds it.
    ///
    /// # Errors
    /// As every reading of the archive.
    pub fn look(&self, reader: &Reader, line: &Line) -> Result<Option<(Told, Arc<Excerpt>)>, StoreError> {
        let key = line.key();
        let kept = self.excerpts().by_key.get(&key).cloned();
        // The text may have been taken out since: then nothing of it is shown.
        if let (Some(told), Some(excerpt)) = (line.told, kept)
            && !self.is_redacted(reader, line)?
        {
            return Ok(Some((told, excerpt)));
        }
        let Some((told, excerpt)) = telling::look(reader, line)? else { return Ok(None) };
        let excerpt = Arc::new(excerpt);
        self.ledger.write().unwrap_or_else(PoisonError::into_inner).tell(key, told);
        self.keep(key, &excerpt);
        Ok(Some((told, excerpt)))
    }

    /// Compares the versions of a line so that it can be sorted; its excerpt is kept while there is room.
    ///
    /// # Errors
    /// As every reading of the archive.
    pub fn warm(&self, reader: &Reader, line: &Line) -> Result<Told, StoreError> {
        let key = line.key();
        let (told, excerpt) = match telling::look(reader, line) {
            Ok(Some((told, excerpt))) => (told, Some(excerpt)),
            // What cannot be read is not looked at again and again.
            Ok(None) | Err(StoreError::Corrupt(_)) => (Told::redacted(Cause::Publisher), None),
            Err(error) => return Err(error),
        };
        self.ledger.write().unwrap_or_else(PoisonError::into_inner).tell(key, told);
        if let Some(excerpt) = excerpt.filter(|_| self.excerpts().order.len() < EXCERPTS / 2) {
            self.keep(key, &Arc::new(excerpt));
        }
        Ok(told)
    }

    fn is_redacted(&self, reader: &Reader, line: &Line) -> Result<bool, StoreError> {
        let HappenedWhat::Edit(VersionSeq(seq)) = line.happened.what else { return Ok(false) };
        let article = line.happened.article;
        Ok(reader.is_redacted(article, VersionSeq(seq))?
            || reader.is_redacted(article, VersionSeq(seq - 1))?)
    }

    fn keep(&self, key: Key, excerpt: &Arc<Excerpt>) {
        let mut excerpts = self.excerpts();
        if excerpts.by_key.insert(key, Arc::clone(excerpt)).is_none() {
            excerpts.order.push_back(key);
        }
        if excerpts.order.len() > EXCERPTS
            && let Some(oldest) = excerpts.order.pop_front()
        {
            excerpts.by_key.remove(&oldest);
        }
    }

    fn excerpts(&self) -> MutexGuard<'_, Excerpts> {
        self.excerpts.lock().unwrap_or_else(PoisonError::into_inner)
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
