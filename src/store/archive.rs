//! The archive as a whole: one file, one writer, any number of readers.

use std::path::{Path, PathBuf};

use super::{Reader, StoreError, Writer, open, writer};

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
    path: PathBuf,
    writer: Writer,
    thread: Option<writer::Thread>,
}

impl Archive {
    /// Opens an archive. For writing, its schema is brought up to date.
    ///
    /// # Errors
    /// [`StoreError`]: `no_archive`, `not_sqlite`, `not_archive`, `newer_schema`, `older_schema`
    /// (reading only), `read_only`, `disk_full`, `corrupt`, `busy`, `io`.
    pub fn open(path: impl AsRef<Path>, mode: Mode) -> Result<Self, StoreError> {
        let path = path.as_ref().to_owned();
        if mode == Mode::ReadOnly {
            open::read_only(&path)?;
            return Ok(Self { path, writer: Writer::closed(), thread: None });
        }
        let connection = open::read_write(&path, mode)?;
        let (writer, thread) = Writer::start(connection)?;
        Ok(Self { path, writer, thread: Some(thread) })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
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
        Ok(Reader::new(open::read_only(&self.path)?, self.path.clone()))
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
