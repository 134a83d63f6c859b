//! What tasks ask of the archive.

use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::state::RunState;
use super::work::PageJob;
use crate::model::{HostKey, Known};
use crate::store::{HeadInfo, Reader, StoreError};

impl RunState {
    /// A read-only connection, lent.
    pub fn reader(&self) -> Result<Lent<'_>, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.archive.reader()?,
        };
        Ok(Lent { reader: Some(reader), home: &self.readers })
    }

    /// Until when a host is taken or rests. Looking needs no lock: hundreds of hosts that wait must not keep those
    /// from writing that work.
    pub async fn busy_until(&self, host: &HostKey, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        match self.archive.busy_until(host, now) {
            Some(asked) => asked.await,
            None => self.reader()?.busy_until(host, now),
        }
    }

    /// What there is of a page before it is read: its head, if it is an article's, and what is known of it.
    pub async fn glance(&self, job: &PageJob) -> Result<(Option<HeadInfo>, Known), StoreError> {
        if job.article.is_none()
            && let Some(asked) = self.archive.known_of_new(&job.url, &job.site.id)
            && let Some(known) = asked.await?
        {
            return Ok((None, known));
        }
        let reader = self.reader()?;
        Ok((reader.head_for(&job.url)?, reader.known_of(&job.url, &job.site.id)?))
    }
}

/// A reader that goes home when dropped.
pub struct Lent<'a> {
    reader: Option<Reader>,
    home: &'a Mutex<Vec<Reader>>,
}

impl Deref for Lent<'_> {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        self.reader.as_ref().expect("taken only when dropped")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(reader) = self.reader.take() {
            self.home.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        }
    }
}
