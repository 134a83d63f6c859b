//! Which parser makes the tree of a page.

use std::sync::atomic::{AtomicBool, Ordering};

use ego_tree::{NodeId, Tree};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use scraper::{Html, HtmlTreeSink, Node};

use super::limits::Limits;
use super::tokenizer;

/// Who cuts a page into tags and texts. The tree is built by html5ever in both cases, and is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parser {
    /// The tokenizer of this house.
    Fast,
    /// html5ever's own, some six times slower: what the other is held against.
    Reference,
}

static BY_REFERENCE: AtomicBool = AtomicBool::new(false);

/// A page seldom has more nodes than one in so many bytes; its tree has to be moved then.
const BYTES_A_NODE: usize = 64;

/// html5ever's tree builder, and `scraper`'s tree behind it.
fn builder(html: &str) -> TreeBuilder<NodeId, HtmlTreeSink> {
    let mut document = Html::new_document();
    document.tree = Tree::with_capacity(Node::Document, html.len() / BYTES_A_NODE);
    TreeBuilder::new(HtmlTreeSink::new(document), Default::default())
}

/// A page without what lies beyond the limits.
pub(super) fn limited(html: &str) -> String {
    tokenizer::limited(html, builder(html))
}

impl Parser {
    /// Makes it the one that [`Document::parse`](super::Document::parse) uses from now on, in the whole
    /// process.
    pub fn choose(self) {
        BY_REFERENCE.store(self == Self::Reference, Ordering::Relaxed);
    }

    /// The one that is in use.
    pub(super) fn chosen() -> Self {
        if BY_REFERENCE.load(Ordering::Relaxed) { Self::Reference } else { Self::Fast }
    }

    /// The tree of a page, without what lies beyond the limits. html5ever's tokenizer knows of none, and is
    /// given a text from which it was taken out.
    pub(super) fn tree(self, html: &str) -> Html {
        match self {
            Self::Reference => Html::parse_document(&limited(html)),
            Self::Fast => tokenizer::feed(html, builder(html), Some(Limits::default())).sink.finish(),
        }
    }
}
