//! Which articles are meant.

use jiff::Timestamp;

use crate::model::ArticleState;

/// Which articles to list or to export. The default means all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only of this site.
    pub site: Option<String>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// First seen before.
    pub until: Option<Timestamp>,
    /// With a version or an event at or after.
    pub changed_since: Option<Timestamp>,
    /// Only in this state.
    pub state: Option<ArticleState>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Which versions of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Versions {
    /// The latest only.
    #[default]
    Latest,
    /// All, oldest first.
    All,
}

/// Where a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchField {
    /// In titles.
    Title,
    /// In bodies.
    Body,
}

/// What to search for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The user's words.
    pub text: String,
    /// The words are FTS5 syntax; else each word is taken as it is, and all must be there.
    pub raw_fts: bool,
    /// Where to look; empty: everywhere.
    pub fields: Vec<SearchField>,
    /// Only of this site.
    pub site: Option<String>,
    /// First seen at or after.
    pub since: Option<Timestamp>,
    /// At most so many.
    pub limit: usize,
}
