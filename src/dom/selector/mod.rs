//! CSS selectors (Selectors Level 4: with `:is`, `:where`, `:has`, `:not`, `:nth-*`).

use std::fmt;

mod error;
mod explain;
mod pseudo;
mod structure;
#[cfg(test)]
mod tests;
mod xpath;

pub use error::SelectorError;

/// A compiled CSS selector or comma-separated list of selectors, with its text.
#[derive(Clone)]
pub struct Selector {
    compiled: scraper::Selector,
    text: Box<str>,
}

impl Selector {
    /// Compiles a selector.
    ///
    /// # Errors
    /// [`SelectorError`] in our own words, with the place within `css` and usually with a remedy.
    pub fn parse(css: &str) -> Result<Self, SelectorError> {
        explain::before(css)?;
        match scraper::Selector::parse(css) {
            Ok(compiled) => Ok(Self { compiled, text: css.trim().into() }),
            Err(kind) => Err(explain::after(css, &kind)),
        }
    }

    /// The selector as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(in crate::dom) fn compiled(&self) -> &scraper::Selector {
        &self.compiled
    }
}

impl PartialEq for Selector {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Selector {}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Selector({})", self.text)
    }
}
