//! What the selectors found on a page, before it is cleaned.

use std::fmt;

use super::{BlockKind, DatelinePrior, Image, Reading, Removal, When};

/// A field of an article, by its name in site files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldName {
    /// The headline.
    Title,
    /// The place line.
    Dateline,
    /// The authors.
    Author,
    /// Stated time of publication.
    Published,
    /// Stated time of the last change.
    Modified,
    /// Section or desk.
    Section,
    /// Language tag.
    Language,
    /// The text.
    Body,
    /// Pictures.
    Image,
    /// The comment form.
    CommentForm,
}

impl FieldName {
    /// All fields, in the order in which a reader meets them.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Dateline,
        Self::Author,
        Self::Published,
        Self::Modified,
        Self::Section,
        Self::Language,
        Self::Body,
        Self::Image,
        Self::CommentForm,
    ];

    /// The name as site files and JSON write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Dateline => "dateline",
            Self::Author => "author",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Section => "section",
            Self::Language => "language",
            Self::Body => "body",
            Self::Image => "image",
            Self::CommentForm => "comment_form",
        }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A value and the source that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// The source as the site file writes it: `h1.entry-title`, `meta og:title`, `jsonld headline`.
    pub source: String,
}

/// A block of the body container, as read from the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its text, white space folded.
    pub text: String,
    /// How many characters of the text stand inside links.
    pub link_chars: usize,
}

/// Something worth telling about how a page was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable code, e.g. `required_missing`.
    pub code: &'static str,
    /// The field it is about.
    pub field: Option<FieldName>,
    /// What happened, in a sentence.
    pub message: String,
}

/// What the selectors found: each value with its source. Reading never fails half-way; what went
/// wrong stands in [`Draft::findings`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The headline.
    pub title: Option<Found<String>>,
    /// The dateline's text where a site file points at it.
    pub dateline: Option<Found<String>>,
    /// What the site's other stories tell of a borderline dateline.
    pub dateline_prior: DatelinePrior,
    /// Author texts as found, bylines not yet split.
    pub authors: Option<Found<Vec<String>>>,
    /// Time of publication.
    pub published: Option<Found<When>>,
    /// Time of the last change.
    pub modified: Option<Found<When>>,
    /// Section or desk.
    pub section: Option<Found<String>>,
    /// Language tag.
    pub language: Option<Found<String>>,
    /// The blocks of the body; nodes that the rules remove are already left out.
    pub body: Option<Found<Vec<DraftBlock>>>,
    /// Pictures.
    pub images: Vec<Image>,
    /// The comment form's text, found by structure.
    pub comment_form: Option<Found<String>>,
    /// The canonical address the page names.
    pub canonical_url: Option<String>,
    /// Nodes that were left out, by rule.
    pub removed: Vec<Removal>,
    /// Site, layout and extractor; its `fields` is filled by cleaning.
    pub reading: Reading,
    /// Names the page or its site goes by (`og:site_name`, title suffix): never part of a headline.
    pub site_names: Vec<String>,
    /// What else is worth telling.
    pub findings: Vec<Finding>,
}
