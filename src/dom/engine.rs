//! Which parser makes the tree of a page.

use std::sync::atomic::{AtomicBool, Ordering};

use html5ever::tree_builder::{TreeBuilder, TreeSink};
use scraper::{Html, HtmlTreeSink};

use super::tokenizer;

/// Who cuts a page into tags and texts. The tree is built by html5ever in both cases, and is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parser {
    /// The tokenizer of this house.
    #[default]
    Fast,
    /// html5ever's own, some six times slower: what the other is held against.
    Reference,
}

static BY_REFERENCE: AtomicBool = AtomicBool::new(false);

impl Parser {
    /// Makes it the one that [`Document::parse`](super::Document::parse) uses from now on, in the whole
    /// process.
    pub fn choose(self) {
        BY_REFERENCE.store(self == Self::Reference, Ordering::Relaxed);
    }

    /// The one that is in use.
    #[must_use]
    pub fn chosen() -> Self {
        if BY_REFERENCE.load(Ordering::Relaxed) { Self::Reference } else { Self::Fast }
    }

    /// The tree of a page.
    pub(super) fn tree(self, html: &str) -> Html {
        match self {
            Self::Reference => Html::parse_document(html),
            Self::Fast => {
                let sink = HtmlTreeSink::new(Html::new_document());
                tokenizer::feed(html, TreeBuilder::new(sink, Default::default())).sink.finish()
            }
        }
    }
}
