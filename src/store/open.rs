//! Opening an SQLite file and making sure that it is an archive of ours.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use rusqlite::{ErrorCode, OpenFlags};

use super::engine::Connection;
use super::{Mode, StoreError, schema};

/// How long a connection waits for another process.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// How long the writer does: whoever is stopped in the middle of a transaction keeps all others from
/// writing, and that is no reason for them to give up a run.
const WRITER_BUSY: Duration = Duration::from_secs(30);

/// Opens the read-write connection and brings the schema up to date.
pub(super) fn read_write(path: &Path, mode: Mode) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if mode == Mode::Create {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(|e| io(folder, &e))?;
        }
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    look(path, mode)?;
    let connection = rusqlite::Connection::open_with_flags(path, flags).map_err(|e| name(path, e))?;
    connection.busy_timeout(WRITER_BUSY)?;
    let mut connection = Connection::Sqlite(connection);
    schema::bring_up_to_date(&mut connection, path).map_err(|e| rename(path, e))?;
    Ok(connection)
}

/// Opens a read-only connection. It writes nothing, not even a migration.
pub(super) fn read_only(path: &Path) -> Result<Connection, StoreError> {
    look(path, Mode::ReadOnly)?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let attempt = |uri: String| -> Result<Connection, StoreError> {
        let connection = rusqlite::Connection::open_with_flags(uri, flags).map_err(|e| name(path, e))?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "query_only", true)?;
        let connection = Connection::Sqlite(connection);
        schema::check(&connection, path).map_err(|e| rename(path, e))?;
        Ok(connection)
    };
    match attempt(uri(path, "mode=ro")) {
        // A WAL archive in a folder that cannot be written has no place for its shared memory. When
        // no writer is at work (no WAL), the file may be read as one that does not change.
        Err(StoreError::Io(_) | StoreError::ReadOnly(_) | StoreError::DiskFull) if !has_wal(path) => {
            attempt(uri(path, "mode=ro&immutable=1"))
        }
        other => other,
    }
}

/// Opens a file that nobody else knows, without leaving anything beside it.
pub(super) fn immutable(path: &Path) -> Result<Connection, StoreError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let uri = uri(path, "mode=ro&immutable=1");
    let connection = rusqlite::Connection::open_with_flags(uri, flags).map_err(|e| name(path, e))?;
    let connection = Connection::Sqlite(connection);
    schema::check(&connection, path).map_err(|e| rename(path, e))?;
    Ok(connection)
}

/// Tells a missing file and a file that is no SQLite from everything else, before SQLite is asked.
fn look(path: &Path, mode: Mode) -> Result<(), StoreError> {
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return if mode == Mode::Create { Ok(()) } else { Err(StoreError::NoArchive(path.to_owned())) };
        }
        Err(e) => return Err(io(path, &e)),
    };
    if file.metadata().map_err(|e| io(path, &e))?.is_dir() {
        return Err(StoreError::Io(format!("{} is a folder", path.display())));
    }
    let mut head = Vec::with_capacity(16);
    file.by_ref().take(16).read_to_end(&mut head).map_err(|e| io(path, &e))?;
    match head.as_slice() {
        // A run that was killed before its first transaction leaves an empty file.
        [] if mode == Mode::ReadOnly => Err(StoreError::NoArchive(path.to_owned())),
        [] | b"SQLite format 3\0" => Ok(()),
        _ => Err(StoreError::NotSqlite(path.to_owned())),
    }
}

fn has_wal(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    fs::metadata(wal).is_ok_and(|wal| wal.len() > 0)
}

/// The path as a `file:` URI (RFC 8089), so that parameters can be given.
fn uri(path: &Path, parameters: &str) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                uri.push(*byte as char)
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri.push('?');
    uri.push_str(parameters);
    uri
}

fn io(path: &Path, error: &std::io::Error) -> StoreError {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(format!("{}: {error}", path.display()))
        }
        std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => StoreError::Io(format!("{}: {error}", path.display())),
    }
}

/// Errors of opening, with the file's name in them.
fn name(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotSqlite(path.to_owned()),
        Some(ErrorCode::CannotOpen) if !parent_writable(path) => {
            StoreError::ReadOnly(format!("{}: its folder cannot be written", path.display()))
        }
        _ => rename(path, error.into()),
    }
}

fn parent_writable(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::metadata(folder).is_ok_and(|meta| !meta.permissions().readonly())
}

fn rename(path: &Path, error: StoreError) -> StoreError {
    let named = |text: String| {
        if text.contains(&*path.to_string_lossy()) { text } else { format!("{}: {text}", path.display()) }
    };
    match error {
        StoreError::Io(text) => StoreError::Io(named(text)),
        StoreError::Corrupt(text) => StoreError::Corrupt(named(text)),
        StoreError::ReadOnly(text) => StoreError::ReadOnly(named(text)),
        other => other,
    }
}
