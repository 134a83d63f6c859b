//! Why a page gives no article.

use thiserror::Error;

use super::instead::Shown;
use crate::model::{FieldName, Instead};

/// Why a page gives no article.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the page is empty")]
    Empty,
    /// It is something else than a page.
    #[error("this is {what}, not a page; kliping reads HTML and plain text")]
    NotHtml {
        /// What it is.
        what: &'static str,
    },
    /// A form asks for a password where the text should be.
    #[error("the page asks for a password instead of showing a text")]
    Protected,
    /// A page without headline or text.
    #[error("no article was found: the {missing} is missing")]
    NoArticle {
        /// The field that is missing.
        missing: FieldName,
    },
    /// A rule of the site says that such a page is none.
    #[error("this page is no article: `{rule}` matches")]
    NotArticle {
        /// The selector that says so.
        rule: String,
    },
    /// It is what the site shows instead of an article.
    #[error("the page shows {}: {}", .0.what.what(), .0.sign)]
    Instead(Shown),
    /// Our own fault.
    #[error("reading the page failed inside kliping; please report the page")]
    Panicked,
}

impl ReadError {
    /// A stable code for the archive and for JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotHtml { .. } => "not_html",
            Self::Protected => "protected",
            Self::NoArticle { .. } => "no_article",
            Self::NotArticle { .. } => "not_article",
            Self::Instead(shown) => shown.what.as_str(),
            Self::Panicked => "panicked",
        }
    }

    /// What the page shows instead of an article, if it is known.
    #[must_use]
    pub fn instead(&self) -> Option<Instead> {
        match self {
            Self::Instead(shown) => Some(shown.what),
            Self::Protected => Some(Instead::LoginPage),
            Self::Empty | Self::NoArticle { .. } => Some(Instead::Empty),
            Self::NotHtml { .. } | Self::NotArticle { .. } | Self::Panicked => None,
        }
    }

    /// Whether something broke: an answer without a page, or our own reading.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Empty | Self::Panicked)
    }

    /// Whether the address leads to something that was never meant to be an article.
    #[must_use]
    pub fn is_no_article_by_design(&self) -> bool {
        matches!(self, Self::NotHtml { .. } | Self::Protected | Self::NotArticle { .. })
            || self.instead().is_some_and(Instead::is_absence)
    }
}
