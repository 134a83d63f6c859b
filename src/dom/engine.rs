//! Which parser makes the tree of a page.

use std::sync::atomic::{AtomicBool, Ordering};

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{ParseOpts, parse_document};

use super::limits::Limits;
use super::tokenizer::{self, Spare};
use super::tree::{Names, Sink, Tree};

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

/// An empty tree with room for a page.
fn sink<'n>(html: &str, names: &'n Names, spare: &'n Spare) -> Sink<'n> {
    Sink::new(names, spare, html.len() / BYTES_A_NODE)
}

/// A page without what lies beyond the limits.
pub(super) fn limited(html: &str) -> String {
    let (names, spare) = (Names::default(), Spare::default());
    tokenizer::limited(html, TreeBuilder::new(sink(html, &names, &spare), Default::default()), &spare)
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
    pub(super) fn tree(self, html: &str) -> Tree {
        let (names, spare) = (Names::default(), Spare::default());
        let tree = match self {
            Self::Reference => {
                parse_document(sink(html, &names, &spare), ParseOpts::default()).one(limited(html))
            }
            Self::Fast => {
                let builder = TreeBuilder::new(sink(html, &names, &spare), Default::default());
                tokenizer::feed(html, builder, Some(Limits::default()), &spare).sink.finish()
            }
        };
        tree.finished(names)
    }
}
