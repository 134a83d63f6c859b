//! What is wrong with a selector, where, and what to write instead.

use std::fmt;
use std::ops::Range;

/// A mistake in a selector or query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectorError {
    /// The whole selector as it was written.
    pub selector: String,
    /// Where in it the mistake stands, in bytes.
    pub span: Range<usize>,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl SelectorError {
    pub(in crate::dom) fn new(selector: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { selector: selector.to_owned(), span, message: message.into(), help: None }
    }

    pub(in crate::dom) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same mistake in a longer text that begins with the selector.
    pub(in crate::dom) fn within(mut self, text: &str) -> Self {
        text.clone_into(&mut self.selector);
        self
    }

    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "selector_syntax"
    }
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SelectorError {}
