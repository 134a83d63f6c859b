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
        let (root, mut errors) = DeTable::parse_recoverable(text);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let (message, help) = explain(error.message());
            mistakes.add_syntax(span, message, help);
        }
        Self { root }
    }

    /// The table that holds everything.
    #[must_use]
    pub fn root(&self) -> Table<'_> {
        Table::new(self.root.get_ref(), 0..0, String::new())
    }
}

/// What the parser says, the same in a sentence, and what to do about it; the first that fits.
const MEANINGS: &[(&str, &str, &str)] = &[
    (
        "missing escaped value",
        "inside \"…\" a backslash starts an escape, and this is none",
        "write patterns between '…', where a backslash means itself",
    ),
    (
        "duplicate key",
        "this key or table stands here for the second time",
        "keep one, and put all values into it",
    ),
    (
        "string values must be quoted",
        "a value is missing here, or its quotation marks",
        "write a text as \"…\" with straight quotation marks; `true`, `false` and numbers stand without",
    ),
    ("literal string", "this text does not end on its line", "put a `'` at its end"),
    ("basic string", "this text does not end on its line", "put a `\"` at its end"),
    ("multi-line", "this text does not end", "close it with the same three quotation marks"),
    ("missing comma", "a comma is missing between these two", "a list looks like `[\"a\", \"b\"]`"),
    ("extra comma", "there is a comma too many", "a list looks like `[\"a\", \"b\"]`"),
    ("unclosed array table", "the head of this table is not closed", "write `[[name]]`"),
    ("unclosed array", "this list is not closed", "put a `]` at its end"),
    ("unclosed table", "the head of this table is not closed", "write `[name]`"),
    ("unclosed inline table", "this table is not closed", "put a `}` at its end"),
    ("unquoted key", "this is no name of a key", "a line looks like `key = \"value\"`"),
    ("key with no value", "this key has no value", "a line looks like `key = \"value\"`"),
    (
        "unexpected key or value",
        "something stands after the value",
        "a text that holds a quotation mark stands between the other kind; a remark begins with `#`",
    ),
    ("date", "this is no date or time", "write 2024-06-20 or 2024-06-20T09:15:00+07:00"),
];

/// The parser's message in a sentence, and what to do about it.
fn explain(message: &str) -> (String, &'static str) {
    match MEANINGS.iter().find(|(said, _, _)| message.contains(said)) {
        Some((_, meaning, help)) => ((*meaning).to_owned(), help),
        None => (format!("this is not TOML: {message}"), ""),
    }
}
