//! Where the value of a field comes from.

use std::fmt;

use super::pattern::Pattern;
use crate::dom::{Document, Query};

/// One place a value may come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A CSS query.
    Css(Query),
    /// The content of `<meta name=…>` or `<meta property=…>`.
    Meta(String),
    /// A path in the page's JSON-LD, e.g. `author.name`.
    JsonLd(String),
    /// A path in the JSON that the page's scripts carry, at any depth, e.g. `detail.title`.
    Script(String),
    /// The same on every page: what the site's pages say wrongly or not at all.
    Value(String),
}

impl Source {
    /// The values it finds on a page, in document order, without the empty ones.
    #[must_use]
    pub fn values(&self, doc: &Document) -> Vec<String> {
        match self {
            Self::Css(query) => doc.query_all(query),
            Self::Meta(name) => doc.metas(name).into_iter().map(str::to_owned).collect(),
            Self::JsonLd(path) => doc.json_ld().get(path),
            Self::Script(path) => doc.script_data(path),
            Self::Value(value) => vec![value.clone()],
        }
    }
}

/// As it is shown to users: `h1.title`, `meta og:title`, `jsonld headline`.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Css(query) => query.fmt(f),
            Self::Meta(name) => write!(f, "meta {name}"),
            Self::JsonLd(path) => write!(f, "jsonld {path}"),
            Self::Script(path) => write!(f, "script {path}"),
            Self::Value(value) => write!(f, "value {value}"),
        }
    }
}

/// How one field is read.
#[derive(Debug, Clone, Default)]
pub struct FieldRule {
    /// Sources in order; the first value that passes wins.
    pub select: Vec<Source>,
    /// Whether a page without it is no article.
    pub required: bool,
    /// Formats of dates (strptime), tried in order after the well-known ones.
    pub formats: Vec<String>,
    /// Which part of the value counts; its named groups are `place` and `outlet` for a dateline,
    /// `value` elsewhere; without a named group the first group or the whole match.
    pub pattern: Option<Pattern>,
    /// Shortest text that passes, in characters.
    pub min_chars: Option<usize>,
    /// Words that a comment form is expected to hold; a check, not the means of finding it.
    pub text: Vec<String>,
}
