//! The archive as a whole: one file or one schema of a server, one writer, any number of readers.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

#[cfg(feature = "postgres")]
use super::desk::Desk;
use super::engine::Connection;
use super::place::Place;
use super::{Pending, Reader, StoreError, Writer, writer};
use crate::model::{HostKey, Known, PageUrl};

/// How an archive is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For writing; made when it does not exist.
    Create,
    /// For writing; it must exist.
    ReadWrite,
    /// For reading; it must exist. Works while another process writes.
    ReadOnly,
}

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    pub(super) place: Place,
    writer: Writer,
    thread: Option<writer::Thread>,
    /// The connection that was opened to see whether it can be read, for the first reader.
    opened: Mutex<Option<Connection>>,
    #[cfg(feature = "postgres")]
    desk: Mutex<Option<Desk>>,
}

impl Archive {
    /// Opens an archive. For writing, its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError`]: `no_archive`, `not_sqlite`, `not_archive`, `newer_schema`, `older_schema`
    /// (reading only), `read_only`, `disk_full`, `corrupt`, `busy`, `io`.
    pub fn open(path: impl AsRef<Path>, mode: Mode) -> Result<Self, StoreError> {
        let place = Place::of(path.as_ref())?;
        if mode == Mode::ReadOnly {
            let opened = Mutex::new(Some(place.read_only()?));
            return Ok(Self::of(place, Writer::closed(), None, opened));
        }
        let connection = place.read_write(mode)?;
        let (writer, thread) = Writer::start(connection)?;
        Ok(Self::of(place, writer, Some(thread), Mutex::default()))
    }

    fn of(
        place: Place,
        writer: Writer,
        thread: Option<writer::Thread>,
        opened: Mutex<Option<Connection>>,
    ) -> Self {
        Self {
            place,
            writer,
            thread,
            opened,
            #[cfg(feature = "postgres")]
            desk: Mutex::default(),
        }
    }

    /// The file; an archive on a server by its address, without the password.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.place.shown()
    }

    /// The one that writes. Of an archive opened for reading, every job fails with `read_only`.
    #[must_use]
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// A reader with a connection of its own.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn reader(&self) -> Result<Reader, StoreError> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take();
        let connection = opened.map_or_else(|| self.place.read_only(), Ok)?;
        Ok(Reader::new(connection, self.place.shown().to_owned()))
    }

    /// What a server knows of a page that no article has; none when one has it. It is asked together with what is
    /// asked at the same time. No answer to wait for: the archive is a file, where a [`Reader`] answers at once.
    #[must_use]
    pub fn known_of_new(&self, url: &PageUrl, site: &str) -> Option<Pending<Option<Known>>> {
        #[cfg(feature = "postgres")]
        return self.at_desk(|desk| desk.known_of_new(url, site));
        #[cfg(not(feature = "postgres"))]
        {
            let _ = (url, site);
            None
        }
    }

    /// As [`Reader::busy_until`], asked of a server as [`Archive::known_of_new`] is.
    #[must_use]
    pub fn busy_until(&self, host: &HostKey, now: Timestamp) -> Option<Pending<Option<Timestamp>>> {
        #[cfg(feature = "postgres")]
        return self.at_desk(|desk| desk.busy_until(host, now));
        #[cfg(not(feature = "postgres"))]
        {
            let _ = (host, now);
            None
        }
    }

    #[cfg(feature = "postgres")]
    fn at_desk<T>(&self, ask: impl FnOnce(&Desk) -> Pending<T>) -> Option<Pending<T>> {
        if matches!(self.place, Place::File(_)) {
            return None;
        }
        let mut desk = self.desk.lock().unwrap_or_else(PoisonError::into_inner);
        if desk.is_none() {
            match self.reader().and_then(Desk::open) {
                Ok(opened) => *desk = Some(opened),
                Err(error) => return Some(Pending::kept(Err(error))),
            }
        }
        desk.as_ref().map(ask)
    }

    /// Waits until everything that was given to the writer is stored, and closes the file.
    ///
    /// # Errors
    /// When the last clean-up of the write-ahead log fails; what was stored before is safe.
    pub fn close(mut self) -> Result<(), StoreError> {
        self.thread.take().map_or(Ok(()), writer::Thread::stop)
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        if let Some(thread) = self.thread.take() {
            // Everything acknowledged is committed already; a failed clean-up loses nothing.
            let _ = thread.stop();
        }
    }
}
