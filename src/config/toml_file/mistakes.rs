//! Collects what is wrong with one file.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::diagnostic::Diagnostic;

/// A stretch of a file's text, in bytes.
pub type Place = Range<usize>;

/// What is wrong with one file, found so far.
#[derive(Debug)]
pub struct Mistakes {
    file: PathBuf,
    source: Arc<str>,
    found: Vec<Diagnostic>,
}

impl Mistakes {
    /// None so far.
    #[must_use]
    pub fn new(file: &Path, source: &str) -> Self {
        Self { file: file.to_owned(), source: source.into(), found: Vec::new() }
    }

    /// Adds one; the help may be empty.
    pub fn add(&mut self, span: Place, message: impl Into<String>, help: impl Into<String>) {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        let (file, source) = (self.file.clone(), Arc::clone(&self.source));
        self.found.push(Diagnostic { message: message.into(), file, source, span, help });
    }

    /// The text of the file.
    #[must_use]
    pub fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The place of a part of a string's value: exact where the string is written without escapes,
    /// else the whole string.
    #[must_use]
    pub fn within(&self, string: &Place, value: &str, part: &Place) -> Place {
        let written = self.source.get(string.clone()).unwrap_or_default();
        for quote in ["\"\"\"", "'''", "\"", "'"] {
            let inner = written.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
            if inner == Some(value) {
                let start = string.start + quote.len();
                return start + part.start..start + part.end;
            }
        }
        string.clone()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, in the order of the file.
    #[must_use]
    pub fn into_vec(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|mistake| mistake.span.start);
        self.found
    }
}
