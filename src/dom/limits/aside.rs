//! The texts of scripts and style sheets, kept beside the tree: half of a news page is none of its
//! text, and the parser would go through it letter by letter.

use super::names::{Name, name};

const SCRIPT: Name = name("script");
const STYLE: Name = name("style");
/// Shorter texts stay in the tree (bytes).
const SHORT: usize = 100;
/// Stands before the number of a script's text where the text stood: a character that Unicode gives to
/// nobody.
const MARK: char = '\u{fdd0}';

/// The texts of scripts that were taken out of a page, in document order.
#[derive(Debug, Default)]
pub(in crate::dom) struct Scripts(Vec<String>);

impl Scripts {
    /// Takes the text of an element out, if it is one that only lookups want: what stands there instead.
    /// JSON-LD stays, every page's is read.
    pub(super) fn take(&mut self, name: Name, tag: &str, text: &str) -> Option<String> {
        if text.len() <= SHORT {
            return None;
        }
        if name == STYLE {
            return Some(String::new());
        }
        // An attribute may be spelt with references (`ld&#x2B;json`).
        if name != SCRIPT || tag.contains('&') || tag.to_ascii_lowercase().contains("ld+json") {
            return None;
        }
        self.0.push(text.to_owned());
        Some(format!("{MARK}{}", self.0.len() - 1))
    }

    /// The text of a script, given what stands in the tree.
    pub(in crate::dom) fn text(&self, inside: String) -> String {
        let number = inside.strip_prefix(MARK).and_then(|number| number.parse::<usize>().ok());
        number.and_then(|number| self.0.get(number)).cloned().unwrap_or(inside)
    }
}
