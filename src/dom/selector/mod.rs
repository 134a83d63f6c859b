//! CSS selectors (Selectors Level 4: with `:is`, `:where`, `:has`, `:not`, `:nth-*`).

use std::cell::OnceCell;
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

use html5ever::local_name;

use super::Node;

/// A compiled CSS selector or comma-separated list of selectors, with its text.
#[derive(Clone)]
pub struct Selector(Arc<Inner>);

struct Inner {
    compiled: css::Compiled,
    text: Box<str>,
    keys: Box<[Key]>,
    needs: Box<[Box<[u16]>]>,
    /// Whether the parser's own selection must be asked: it remembers what it counted.
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
                let (text, keys, needs) = (css.trim().into(), key::keys(css), key::needs(css));
                Ok(Self(Arc::new(Inner { compiled, text, keys, needs, counts })))
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
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.0.keys
    }

    /// What a page must have for a part of the list to match anything on it.
    pub(in crate::dom) fn needs(&self) -> &[Box<[u16]>] {
        &self.0.needs
    }

    /// Whether an element has what a part of the list wants; only then the selector need be asked.
    pub(in crate::dom) fn may_match(&self, node: Node<'_>) -> bool {
        // Looked up once, however many parts the list has.
        let (element, classes) = (node.name(), OnceCell::new());
        self.0.keys.iter().any(|key| match key {
            Key::Any => true,
            Key::Tag(name) => *element == **name,
            Key::Attr(name) => node.attr(name).is_some(),
            Key::Id(id) => node.attr("id") == Some(id),
            Key::Class(class) => classes.get_or_init(|| node.attribute(&local_name!("class"))).is_some_and(|all| {
                all.len() >= class.len() && all.split_ascii_whitespace().any(|one| one == &**class)
            }),
        })
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
