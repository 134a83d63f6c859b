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
    /// Where the syntax is wrong, by the first byte of the line.
    broken_lines: Vec<usize>,
}

impl Mistakes {
    /// None so far.
    #[must_use]
    pub fn new(file: &Path, source: &str) -> Self {
        Self { file: file.to_owned(), source: source.into(), found: Vec::new(), broken_lines: Vec::new() }
    }

    /// Adds one; the help may be empty.
    pub fn add(&mut self, span: Place, message: impl Into<String>, help: impl Into<String>) {
        if !self.broken_lines.is_empty() && self.broken_lines.contains(&self.line_of(span.start)) {
            return;
        }
        let help = Some(help.into()).filter(|help| !help.is_empty());
        let (file, source) = (self.file.clone(), Arc::clone(&self.source));
        self.found.push(Diagnostic { message: message.into(), file, source, span, help });
    }

    /// Adds a mistake of syntax. What else is wrong on the same line follows from it as a rule, and is
    /// not told.
    pub(super) fn add_syntax(&mut self, span: Place, message: String, help: &str) {
        let line = self.line_of(span.start);
        if !self.broken_lines.contains(&line) {
            self.add(span, message, help);
            self.broken_lines.push(line);
        }
    }

    fn line_of(&self, at: usize) -> usize {
        let before = self.source.get(..at).unwrap_or(&self.source);
        before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The text of the file.
    #[must_use]
    pub fn source(&self) -> &Arc<str> {
        &self.source
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
