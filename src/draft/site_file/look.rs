//! One page of a site, read generically, with what each of its elements holds of the story.

use std::collections::HashMap;

use super::super::marks;
use super::super::tree::Tree;
use super::super::wants::Wants;
use crate::dom::{Document, Node, NodeId, Selector};
use crate::model::{Article, PageUrl};

/// A page.
pub(super) struct Look {
    pub(super) doc: Document,
    pub(super) url: Option<PageUrl>,
    /// What the generic reader reads off it.
    pub(super) article: Article,
    tree: Tree,
    places: HashMap<NodeId, usize>,
}

/// What some elements hold together, in letters and digits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holds {
    /// Of the story.
    pub(super) story: usize,
    /// Of all text.
    pub(super) text: usize,
}

impl Look {
    pub(super) fn new(source: &str, url: Option<PageUrl>, article: Article) -> Self {
        let doc = Document::parse(source);
        let (mut tree, places) = Tree::read(doc.root());
        marks::mark(&mut tree, &doc, &places, &Wants::default(), &article);
        Self { doc, url, article, tree, places }
    }

    /// Letters of the story that an element holds.
    pub(super) fn story(&self, node: Node<'_>) -> usize {
        self.places.get(&node.id()).map_or(0, |at| self.tree.items[*at].mark.story)
    }

    /// The story's letters on the whole page.
    pub(super) fn all(&self) -> usize {
        self.story(self.doc.root()).max(1)
    }

    /// The outermost elements that a selector finds, in document order.
    pub(super) fn outermost(&self, selector: &Selector) -> Vec<Node<'_>> {
        let mut out: Vec<Node<'_>> = Vec::new();
        for node in self.doc.select(selector) {
            if !out.iter().any(|outer| node.is_within(*outer)) {
                out.push(node);
            }
        }
        out
    }

    /// What a selector's elements hold.
    pub(super) fn holds(&self, selector: &Selector) -> Holds {
        let nodes = self.outermost(selector);
        let story = nodes.iter().map(|node| self.story(*node)).sum();
        let text = nodes.iter().map(|node| letters(*node)).sum();
        Holds { story, text }
    }
}

/// How many letters and digits an element shows.
pub(super) fn letters(node: Node<'_>) -> usize {
    node.text().chars().filter(|c| c.is_alphanumeric()).count()
}

/// How well a selector gives the story of a page: 1 for all of it and nothing else.
pub(super) fn fit(look: &Look, selector: &Selector) -> f64 {
    let holds = look.holds(selector);
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let fit = 2.0 * holds.story as f64 / (holds.text.max(holds.story) + look.all()).max(1) as f64;
    fit
}
