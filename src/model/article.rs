//! An article: clean and typed, named by the terms of schema.org's `NewsArticle`.

use std::collections::BTreeMap;

use super::{Dateline, ExtractorId, FieldName, Fingerprint, Sha256, When};

/// What a block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading inside the body.
    Heading,
    /// A quotation set apart.
    Quote,
    /// An item of a list.
    ListItem,
    /// Text whose line breaks matter (`<pre>`).
    Preformatted,
    /// The row of a table, cells joined by ` | `.
    TableRow,
}

impl BlockKind {
    /// The stable name used in the archive.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paragraph => "p",
            Self::Heading => "h",
            Self::Quote => "q",
            Self::ListItem => "li",
            Self::Preformatted => "pre",
            Self::TableRow => "tr",
        }
    }

    /// Reads the stable name; an unknown one is a paragraph.
    #[must_use]
    pub fn from_stored(name: &str) -> Self {
        match name {
            "h" => Self::Heading,
            "q" => Self::Quote,
            "li" => Self::ListItem,
            "pre" => Self::Preformatted,
            "tr" => Self::TableRow,
            _ => Self::Paragraph,
        }
    }
}

/// One block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text: Unicode NFC, white space folded, never empty.
    pub text: String,
}

/// The comment form that a page carried: found, kept as evidence, never part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentForm {
    /// Its visible text, lines joined by `\n`.
    pub text: String,
    /// The selector or phrase rule that found it.
    pub rule: String,
}

/// Something that was cut out, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The rule: `remove .sharedaddy`, `drop_paragraph ^Baca juga`, `comment_form.phrase`, …
    pub rule: String,
    /// How many characters of text it took out.
    pub chars: usize,
    /// The text that went, for `--explain`.
    pub text: String,
}

/// A picture of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Absolute address.
    pub url: String,
    /// The caption, if the page prints one.
    pub caption: Option<String>,
}

/// How an article was read: enough to explain it, and to tell our change from the newspaper's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Identifier of the site file (or preset) that was used.
    pub site: String,
    /// The layout that matched; `generic` when none did.
    pub layout: String,
    /// SHA-256 of the site file's text.
    pub site_file_sha256: Sha256,
    /// Site file and code together.
    pub extractor: ExtractorId,
    /// Field → the source that gave it.
    pub fields: BTreeMap<FieldName, String>,
}

/// A news article, read from one page, free of boilerplate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The headline.
    pub title: String,
    /// The place line at the head of the text.
    pub dateline: Option<Dateline>,
    /// Authors in the order of the byline.
    pub authors: Vec<String>,
    /// Section or desk.
    pub section: Option<String>,
    /// BCP 47 language tag, e.g. `id`.
    pub language: Option<String>,
    /// When the page says it was published.
    pub published: Option<When>,
    /// When the page says it was last modified.
    pub modified: Option<When>,
    /// `link rel=canonical`, when the page names one.
    pub canonical_url: Option<String>,
    /// The text. It never holds the title; the dateline stands in [`Article::dateline`] only.
    pub body: Vec<Block>,
    /// Pictures, lead picture first.
    pub images: Vec<Image>,
    /// The comment form that was cut off.
    pub comment_form: Option<CommentForm>,
    /// What else was cut out.
    pub removed: Vec<Removal>,
    /// How it was read.
    pub reading: Reading,
}

impl Article {
    /// The number of words (runs between white space) in the body.
    #[must_use]
    pub fn words(&self) -> usize {
        self.body.iter().map(|block| block.text.split_whitespace().count()).sum()
    }

    /// The text of the body: its blocks with an empty line between two.
    #[must_use]
    pub fn text(&self) -> String {
        let blocks: Vec<&str> = self.body.iter().map(|block| block.text.as_str()).collect();
        blocks.join("\n\n")
    }

    /// The hashes that decide whether this is a new version.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self)
    }
}
