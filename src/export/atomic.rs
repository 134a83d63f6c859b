//! Files that are there whole or not at all.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::ExportError;

/// A file that takes its name only when it is complete: it is written under another name in the same
/// folder, flushed to the disk and renamed. Dropped before [`AtomicFile::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct AtomicFile {
    out: Option<BufWriter<File>>,
    part: Option<PathBuf>,
    path: PathBuf,
}

impl AtomicFile {
    /// Starts a file; makes its folder if there is none. What is no ordinary file (a pipe, a device) is
    /// written as it stands.
    ///
    /// # Errors
    /// [`ExportError::File`] when folder or file cannot be made.
    pub fn create(path: &Path) -> Result<Self, ExportError> {
        let special = fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
        if special {
            let file = File::options().write(true).open(path).map_err(ExportError::file(path))?;
            return Ok(Self { out: Some(BufWriter::new(file)), part: None, path: path.to_owned() });
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).map_err(ExportError::file(folder))?;
        }
        if path.is_dir() {
            let error = io::Error::new(io::ErrorKind::IsADirectory, "it is a folder");
            return Err(ExportError::file(path)(error));
        }
        let part = beside(path);
        let file = File::create(&part).map_err(ExportError::file(&part))?;
        Ok(Self { out: Some(BufWriter::new(file)), part: Some(part), path: path.to_owned() })
    }

    /// Where the file is written until it has its name, for writers that want a path.
    #[must_use]
    pub fn part(&self) -> &Path {
        self.part.as_deref().unwrap_or(&self.path)
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// [`ExportError::File`] when it cannot be flushed or renamed; what stood there before is untouched.
    pub fn commit(mut self) -> Result<(), ExportError> {
        let Some(out) = self.out.take() else { return Ok(()) };
        let error = ExportError::file(&self.path);
        let done =
            out.into_inner().map_err(io::IntoInnerError::into_error).and_then(|file| match &self.part {
                Some(part) => file.sync_all().and_then(|()| fs::rename(part, &self.path)),
                None => Ok(()),
            });
        done.map_err(error)?;
        self.part = None;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.as_mut().map_or(Ok(0), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            let _ = fs::remove_file(part);
        }
    }
}

/// `.name.PID.part`: hidden, in the same folder, of this process alone.
fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Writes a small file at once; one that has these bytes already is not touched. Tells whether it wrote.
///
/// # Errors
/// [`ExportError::File`] when it cannot be written.
pub fn write_if_changed(path: &Path, bytes: &[u8]) -> Result<bool, ExportError> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder).map_err(ExportError::file(folder))?;
    let part = beside(path);
    let done = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    done.map_err(|error| {
        let _ = fs::remove_file(&part);
        ExportError::file(path)(error)
    })?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/out.jsonl");
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"one").unwrap();
        assert!(!path.exists());
        file.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");

        let mut broken = AtomicFile::create(&path).unwrap();
        broken.write_all(b"half").unwrap();
        drop(broken);
        assert_eq!(fs::read(&path).unwrap(), b"one", "what stood there stays");
        assert_eq!(names(path.parent().unwrap()), ["out.jsonl"]);
    }

    #[test]
    fn a_folder_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = AtomicFile::create(folder.path()).unwrap_err();
        assert_eq!(error.code(), "export_file");
        assert!(error.to_string().contains("it is a folder"), "{error}");
    }

    #[test]
    fn equal_bytes_are_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.md");
        assert!(write_if_changed(&path, b"x").unwrap());
        assert!(!write_if_changed(&path, b"x").unwrap());
        assert!(write_if_changed(&path, b"y").unwrap());
        assert_eq!(names(path.parent().unwrap()), ["b.md"]);
    }
}
