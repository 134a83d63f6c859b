//! The syntax of TOML, and its mistakes in words for people who do not know TOML.

use toml::de::DeTable;

use super::{Mistakes, Table};

/// The parsed text of a file.
pub struct Tree<'t> {
    root: toml::Spanned<DeTable<'t>>,
}

impl<'t> Tree<'t> {
    /// Parses a text; what is no TOML goes to `mistakes`, and the rest is still there.
    #[must_use]
    pub fn parse(text: &'t str, mistakes: &mut Mistakes) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let (message, help) = explain(error.message(), text.get(span.clone()).unwrap_or_default());
            mistakes.add(span, message, help);
        }
        Self { root }
    }

    /// The table that holds everything.
    #[must_use]
    pub fn root(&self) -> Table<'_> {
        Table::new(self.root.get_ref(), 0..0, String::new())
    }
}

/// The parser's message in a sentence, and what to do about it.
fn explain(message: &str, at: &str) -> (String, &'static str) {
    let message = message.trim_end_matches(", expected nothing");
    let help = if message.contains("escape") {
        "inside \"…\" a backslash starts an escape; write regexes between '…', where it means itself"
    } else if message.contains("duplicate key") {
        "each key stands once in a table; put all values into one list"
    } else if message.contains("string") || message.contains("quot") || at == "'" || at == "\"" {
        "a text stands between quotation marks, both on the same line"
    } else if message.contains("array") || message.contains("`]`") {
        "a list looks like `[\"a\", \"b\"]`"
    } else if message.contains("key with no value") || message.contains("`=`") {
        "a line looks like `key = \"value\"`"
    } else {
        ""
    };
    (format!("this is not TOML: {message}"), help)
}
