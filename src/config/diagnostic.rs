//! A mistake in a file: what, where, and what to write instead.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// A mistake in a file that a user wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong, in a sentence.
    pub message: String,
    /// The file.
    pub file: PathBuf,
    /// The file's text; empty when it could not be read.
    pub source: Arc<str>,
    /// Where in the text, in bytes.
    pub span: Range<usize>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Line and column of the mistake, both from 1; columns count characters.
    #[must_use]
    pub fn position(&self) -> (usize, usize) {
        let before = &self.source[..floor(&self.source, self.span.start)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The mistake as a user sees it: the message, `file:line:column`, the line with carets under
    /// the mistake, and the help.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let path = self.file.display().to_string();
        let title = Level::ERROR.primary_title(self.message.as_str());
        let (start, end) = (floor(&self.source, self.span.start), floor(&self.source, self.span.end));
        let snippet = Snippet::source(&*self.source)
            .path(path.as_str())
            .annotation(AnnotationKind::Primary.span(start..end.max(start)));
        let mut group = if self.source.is_empty() {
            title.element(annotate_snippets::Origin::path(path.as_str()))
        } else {
            title.element(snippet)
        };
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }
}

/// `file:line:column: message`, on one line.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.position();
        write!(f, "{}:{line}:{column}: {}", self.file.display(), self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// The nearest boundary of a character at or before a place.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
