//! The texts of the site files in a folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::config::diagnostic::Diagnostic;
use crate::config::utf8;

/// The text of every `*.toml` of a folder, by name, and of some files more; and what cannot be read.
/// A missing folder is empty.
pub(super) fn read(dir: &Path, more: &[PathBuf]) -> (Vec<(PathBuf, String)>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut paths = list(dir).unwrap_or_else(|error| {
        found.push(unreadable(dir, &error));
        Vec::new()
    });
    paths.sort();
    let known: Vec<PathBuf> = paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let new = |path: &&PathBuf| path.canonicalize().map_or(true, |path| !known.contains(&path));
    paths.extend(more.iter().filter(new).cloned());
    let mut texts = Vec::new();
    for path in paths {
        match fs::read(&path) {
            Ok(bytes) => match utf8(&bytes, &path) {
                Ok(text) => texts.push((path, text.to_owned())),
                Err(mistake) => found.push(mistake),
            },
            Err(error) => found.push(unreadable(&path, &error)),
        }
    }
    (texts, found)
}

fn list(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic {
        message: format!("this cannot be read: {error}"),
        file: path.to_owned(),
        source: "".into(),
        span: 0..0,
        help: None,
    }
}
