//! A site file, compiled.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{CleanRules, CrawlRules, DiscoverRules, FieldRule};
use crate::dom::Selector;
use crate::model::{FieldName, Sha256, sha256};

/// How one site is read, found and cleaned.
#[derive(Debug, Clone)]
pub struct Site {
    /// The name of its file without `.toml`; for a preset without the leading `_`.
    pub id: String,
    /// The preset it extends.
    pub extends: Option<String>,
    /// What the site calls itself.
    pub name: Option<String>,
    /// The hosts it answers for, in lower case, without port.
    pub hosts: Vec<String>,
    /// BCP 47 tag of the language it writes in, when its pages do not say.
    pub language: Option<String>,
    /// IANA name of the zone its times are in, when its pages do not say; known to exist.
    pub timezone: Option<String>,
    /// A page on which one of these matches is no article: a list, a search, a password form.
    pub not_article: Vec<Selector>,
    /// Layouts, the site's own before its preset's.
    pub layouts: Vec<Layout>,
    /// What is cut out.
    pub clean: CleanRules,
    /// Where articles are found.
    pub discover: DiscoverRules,
    /// How politely it is asked.
    pub crawl: CrawlRules,
    /// What its pages must give.
    pub tests: Vec<SiteTest>,
    /// The file it was read from; none for what is built in.
    pub file: Option<PathBuf>,
    /// SHA-256 over the text of the file and of its preset's.
    pub sha256: Sha256,
}

impl Site {
    /// A site without any rule.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            id: String::new(),
            extends: None,
            name: None,
            hosts: Vec::new(),
            language: None,
            timezone: None,
            not_article: Vec::new(),
            layouts: Vec::new(),
            clean: CleanRules::default(),
            discover: DiscoverRules::default(),
            crawl: CrawlRules::default(),
            tests: Vec::new(),
            file: None,
            sha256: sha256(b""),
        }
    }
}

/// One way the pages of a site are built.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Its name within the site.
    pub id: String,
    /// It holds for a page on which this matches; without it, for every page.
    pub when: Option<Selector>,
    /// First day it was in use; breaks ties and serves old pages.
    pub from: Option<Date>,
    /// Last day it was in use.
    pub until: Option<Date>,
    /// The headline.
    pub title: Option<FieldRule>,
    /// The place line at the head of the text.
    pub dateline: Option<FieldRule>,
    /// The authors.
    pub author: Option<FieldRule>,
    /// Stated time of publication.
    pub published: Option<FieldRule>,
    /// Stated time of the last change.
    pub modified: Option<FieldRule>,
    /// Section or desk.
    pub section: Option<FieldRule>,
    /// Language tag.
    pub language: Option<FieldRule>,
    /// The element that holds the text.
    pub body: Option<FieldRule>,
    /// Pictures.
    pub image: Option<FieldRule>,
    /// The comment form.
    pub comment_form: Option<FieldRule>,
}

impl Layout {
    /// The rule of a field.
    #[must_use]
    pub fn field(&self, name: FieldName) -> Option<&FieldRule> {
        match name {
            FieldName::Title => self.title.as_ref(),
            FieldName::Dateline => self.dateline.as_ref(),
            FieldName::Author => self.author.as_ref(),
            FieldName::Published => self.published.as_ref(),
            FieldName::Modified => self.modified.as_ref(),
            FieldName::Section => self.section.as_ref(),
            FieldName::Language => self.language.as_ref(),
            FieldName::Body => self.body.as_ref(),
            FieldName::Image => self.image.as_ref(),
            FieldName::CommentForm => self.comment_form.as_ref(),
        }
    }

    /// The place of a field's rule.
    pub(super) fn field_mut(&mut self, name: FieldName) -> &mut Option<FieldRule> {
        match name {
            FieldName::Title => &mut self.title,
            FieldName::Dateline => &mut self.dateline,
            FieldName::Author => &mut self.author,
            FieldName::Published => &mut self.published,
            FieldName::Modified => &mut self.modified,
            FieldName::Section => &mut self.section,
            FieldName::Language => &mut self.language,
            FieldName::Body => &mut self.body,
            FieldName::Image => &mut self.image,
            FieldName::CommentForm => &mut self.comment_form,
        }
    }
}

/// What a stored page must give: one `[[test]]` of a site file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteTest {
    /// The page, in the folder beside the site file that is named like it, without `.toml`.
    pub fixture: String,
    /// The address it came from.
    pub url: Option<String>,
    /// The layout that must match.
    pub layout: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The dateline's raw text must begin with this.
    pub dateline: Option<String>,
    /// The authors, in order.
    pub author: Option<Vec<String>>,
    /// Time of publication, RFC 3339.
    pub published: Option<String>,
    /// Time of the last change, RFC 3339.
    pub modified: Option<String>,
    /// The section.
    pub section: Option<String>,
    /// How the text begins, the dateline included.
    pub body_starts: Option<String>,
    /// How the text ends.
    pub body_ends: Option<String>,
    /// Words that must stand in the text.
    pub contains: Vec<String>,
    /// Words that must not stand in the text.
    pub absent: Vec<String>,
    /// How many paragraphs the text has.
    pub paragraphs: Option<usize>,
    /// Whether a comment form must be found.
    pub comment_form: Option<bool>,
}
