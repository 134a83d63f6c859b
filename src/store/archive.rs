//! The archive as a whole: one file or one schema of a server, one writer, any number of readers.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::engine::Connection;
use super::place::Place;
use super::{Reader, StoreError, Writer, writer};

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
            return Ok(Self { place, writer: Writer::closed(), thread: None, opened });
        }
        let connection = place.read_write(mode)?;
        let (writer, thread) = Writer::start(connection)?;
        Ok(Self { place, writer, thread: Some(thread), opened: Mutex::default() })
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
