//! A copy of the archive as it is at one moment, made while a crawl may go on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::OpenFlags;
use rusqlite::backup::{Backup, StepResult};

use super::engine::Connection;
use super::place::Place;
use super::{Archive, CopyError, CopyProgress, CopyStep, StoreError, open};

/// Pages copied between two calls of `tell`: 16 MiB.
const STEP: i32 = 4096;

/// How far a copy is: in pages of a file, or in rows of a server's tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupProgress {
    /// What is copied.
    pub done: i64,
    /// What there is to copy.
    pub all: i64,
}

/// What a finished copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupDone {
    /// Articles in the copy.
    pub articles: i64,
    /// Versions in the copy.
    pub versions: i64,
    /// Bytes of its file.
    pub bytes: u64,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// Something stands there already.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// It would take the place of the archive that is to be copied.
    #[error("{} is the archive itself", .0.display())]
    Itself(PathBuf),
    /// Somebody works with what stands there.
    #[error("{} is an archive in use: a write-ahead log stands beside it", .0.display())]
    InUse(PathBuf),
    /// The file cannot be made.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The copy was made, but does not open as the archive does.
    #[error("the copy is not sound: {0}; nothing was put in place")]
    Unsound(String),
    /// Reading the archive or writing the copy failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BackupError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Exists(_) => "backup_exists",
            Self::Itself(_) => "backup_itself",
            Self::InUse(_) => "backup_in_use",
            Self::File { .. } => "backup_file",
            Self::Unsound(_) => "backup_unsound",
            Self::Store(error) => error.code(),
        }
    }
}

impl Archive {
    /// Copies the archive to a file, out of one snapshot: writers go on, and what they write meanwhile is not in the
    /// copy. A file is copied by SQLite's backup API; of an archive on a server every row is copied and compared, as
    /// [`Archive::copy_to`] does. The copy is made under another name in the same folder, opened, looked through,
    /// flushed to the disk, and only then takes its name. What stood there stays until then, and is only replaced
    /// when `replace` says so.
    ///
    /// # Errors
    /// [`BackupError`]; then nothing was put in place, and what stood there is as it was.
    pub fn backup(
        &self,
        to: &Path,
        replace: bool,
        now: Timestamp,
        tell: &mut dyn FnMut(BackupProgress),
    ) -> Result<BackupDone, BackupError> {
        look_at_place(self.path(), to, replace)?;
        let part = Part(beside(to));
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::metadata(folder).map_err(|source| BackupError::File { path: to.to_owned(), source })?;
        // The name is of this process alone: what stands there is left of one that was killed.
        part.remove();
        let expected = self.copy_into(&part.0, now, tell)?;
        let unsound = |error: StoreError| BackupError::Unsound(error.to_string());
        let opened = open::immutable(&part.0).map_err(unsound)?;
        let found = figures(&opened).map_err(unsound)?;
        let structure: String =
            opened.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|e| unsound(e.into()))?;
        drop(opened);
        if found != expected || structure != "ok" {
            let told = format!("{} of {} articles, structure: {structure}", found.0, expected.0);
            return Err(BackupError::Unsound(told));
        }
        let bytes = put_in_place(&part.0, to, replace)?;
        Ok(BackupDone { articles: found.0, versions: found.1, bytes })
    }

    /// Makes the copy; how many articles and versions it is to hold.
    fn copy_into(
        &self,
        part: &Path,
        now: Timestamp,
        tell: &mut dyn FnMut(BackupProgress),
    ) -> Result<(i64, i64), BackupError> {
        if !matches!(self.place, Place::File(_)) {
            let mut tell = |progress: CopyProgress| match progress.step {
                CopyStep::Write => tell(BackupProgress { done: progress.done, all: progress.all }),
                CopyStep::Index | CopyStep::Compare => {}
            };
            let copied = self.copy_to(part, now, &mut tell).map_err(|error| match error {
                CopyError::Store(error) => at(part, error),
                error => BackupError::Unsound(error.to_string()),
            })?;
            return Ok((copied.articles, copied.versions));
        }
        let reader = self.reader()?;
        let snapshot = reader.db.unchecked_transaction().map_err(StoreError::from)?;
        let expected = figures(&snapshot)?;
        copy(snapshot.file()?, part, tell).map_err(|error| at(part, error))?;
        Ok(expected)
    }
}

/// Refuses what must not be written over.
fn look_at_place(archive: &Path, to: &Path, replace: bool) -> Result<(), BackupError> {
    let Ok(there) = fs::metadata(to) else { return Ok(()) };
    let same = |a: &Path, b: &Path| {
        fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
    };
    if same(to, archive) {
        return Err(BackupError::Itself(to.to_owned()));
    }
    if !there.is_file() {
        let what = if there.is_dir() { io::ErrorKind::IsADirectory } else { io::ErrorKind::InvalidInput };
        return Err(BackupError::File { path: to.to_owned(), source: what.into() });
    }
    if !replace {
        return Err(BackupError::Exists(to.to_owned()));
    }
    // A log that stays behind would be played into the new file, and ruin it.
    if fs::metadata(with(to, "-wal")).is_ok_and(|log| log.len() > 0) {
        return Err(BackupError::InUse(to.to_owned()));
    }
    Ok(())
}

fn figures(db: &Connection) -> Result<(i64, i64), StoreError> {
    let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM version)";
    Ok(db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The snapshot keeps the pages as they are: no step has to begin anew because somebody wrote.
fn copy(
    from: &rusqlite::Connection,
    to: &Path,
    tell: &mut dyn FnMut(BackupProgress),
) -> Result<(), StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = rusqlite::Connection::open_with_flags(to, flags)?;
    // A copy that is cut short is thrown away; it is flushed once, as a whole, before it gets its name.
    target.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(from, &mut target)?;
    loop {
        let step = backup.step(STEP)?;
        let progress = backup.progress();
        let all = i64::from(progress.pagecount);
        tell(BackupProgress { done: all - i64::from(progress.remaining), all });
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            // Nobody else knows the copy, and the snapshot is ours: only the disk can be slow.
            _ => std::thread::sleep(std::time::Duration::from_millis(10)),
        }
    }
    drop(backup);
    target.close().map_err(|(_, error)| error.into())
}

/// Flushes the copy and gives it its name; tells its size.
fn put_in_place(part: &Path, to: &Path, replace: bool) -> Result<u64, BackupError> {
    let failed = |source| BackupError::File { path: to.to_owned(), source };
    let file = fs::File::open(part).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    let bytes = file.metadata().map_err(failed)?.len();
    if replace {
        for left in ["-wal", "-shm"] {
            let _ = fs::remove_file(with(to, left));
        }
        fs::rename(part, to).map_err(failed)?;
    } else {
        // Unlike a rename, a link never takes the place of what came there meanwhile.
        match fs::hard_link(part, to) {
            Ok(()) => {}
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Exists(to.to_owned()));
            }
            // File systems without links.
            Err(_) if to.exists() => return Err(BackupError::Exists(to.to_owned())),
            Err(_) => fs::rename(part, to).map_err(failed)?,
        }
    }
    // The name itself must survive a power cut, too; where folders cannot be flushed, it need not be.
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(bytes)
}

/// The half-made copy; gone when it did not get its name.
struct Part(PathBuf);

impl Part {
    fn remove(&self) {
        for end in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(with(&self.0, end));
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}

/// `.name.PID.part`: hidden, in the same folder, of this process alone.
fn beside(to: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(to.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    to.with_file_name(name)
}

fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// An error with the copy's name in it, where it says nothing of the place.
fn at(part: &Path, error: StoreError) -> BackupError {
    match error {
        StoreError::Io(text) | StoreError::ReadOnly(text) if !text.contains('/') => {
            BackupError::File { path: part.to_owned(), source: io::Error::other(text) }
        }
        other => other.into(),
    }
}
