//! CSS selectors (Selectors Level 4: with `:is`, `:where`, `:has`, `:not`, `:nth-*`).

use std::fmt;
use std::sync::Arc;

mod css;
mod element;
mod error;
mod explain;
mod key;
mod matching;
mod pseudo;
mod structure;
#[cfg(test)]
mod tests;
mod xpath;

pub use error::SelectorError;
pub use key::Key;
pub(in crate::dom) use key::Part;

use super::Node;

/// A compiled CSS selector or comma-separated list of selectors, with its text.
#[derive(Clone)]
pub struct Selector(Arc<Inner>);

struct Inner {
    compiled: css::Compiled,
    text: Box<str>,
    parts: Box<[Part]>,
    /// Whether it counts places or looks at `:scope`: then it is asked with a memory.
    counts: bool,
}

impl Selector {
    /// Compiles a selector.
    ///
    /// # Errors
    /// [`SelectorError`] in our own words, with the place within `css` and usually with a remedy.
    pub fn parse(css: &str) -> Result<Self, SelectorError> {
        explain::before(css)?;
        match css::compile(css) {
            Ok(compiled) => {
                let counts = [":nth", "-of-type", ":has", ":scope"].iter().any(|name| css.contains(name));
                let (text, parts) = (css.trim().into(), key::parts(css, compiled.len()));
                Ok(Self(Arc::new(Inner { compiled, text, parts, counts })))
            }
            Err(kind) => Err(explain::after(css, &kind)),
        }
    }

    /// The selector as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// What the parts of the list want at the least of an element.
    pub(in crate::dom) fn parts(&self) -> &[Part] {
        &self.0.parts
    }

    pub(in crate::dom) fn counts(&self) -> bool {
        self.0.counts
    }
}

impl PartialEq for Selector {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Selector {}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

impl fmt::Debug for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Selector({})", self.0.text)
    }
}
