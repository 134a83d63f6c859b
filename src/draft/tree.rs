//! A page as a tree of its own that can be cut and written again.

use std::collections::HashMap;

use crate::dom::{Node, NodeId, Step};

/// What an item is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A run of text.
    Text(String),
    /// An element with its attributes.
    Element(String, Vec<(String, String)>),
}

/// What an item is to the story.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    /// Characters of the story's text inside.
    pub(super) story: usize,
    /// A rule of the site, or a field, wants this element or one inside.
    pub(super) needed: bool,
    /// It stands inside the element that holds the story.
    pub(super) near: bool,
    /// Which rule takes it out, as a number.
    pub(super) rule: Option<usize>,
    /// It is the comment form, or inside of it.
    pub(super) form: bool,
}

/// One element or text.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) parent: usize,
    pub(super) children: Vec<usize>,
    pub(super) mark: Mark,
}

impl Item {
    /// The element's name; empty for text.
    pub(super) fn name(&self) -> &str {
        if let Kind::Element(name, _) = &self.kind { name } else { "" }
    }

    /// An attribute.
    pub(super) fn attr(&self, wanted: &str) -> Option<&str> {
        let Kind::Element(_, attrs) = &self.kind else { return None };
        attrs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

/// The page; the root is the first item.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) items: Vec<Item>,
}

impl Tree {
    /// Copies what lies below `root`, and tells where each element went.
    pub(super) fn read(root: Node<'_>) -> (Self, HashMap<NodeId, usize>) {
        let (mut items, mut places) = (Vec::<Item>::new(), HashMap::new());
        let mut open: Vec<usize> = Vec::new();
        for step in root.walk() {
            let kind = match step {
                Step::Enter(node) => {
                    places.insert(node.id(), items.len());
                    let attrs = node.attrs().map(|(name, value)| (name.to_owned(), value.to_owned()));
                    let mut attrs: Vec<_> = attrs.collect();
                    attrs.sort_unstable();
                    Kind::Element(node.name().to_owned(), attrs)
                }
                Step::Text(text) => Kind::Text(text.to_owned()),
                Step::Leave(_) => {
                    open.pop();
                    continue;
                }
            };
            let at = items.len();
            let parent = open.last().copied().unwrap_or(0);
            if matches!(kind, Kind::Element(..)) {
                open.push(at);
            }
            items.push(Item { kind, parent, children: Vec::new(), mark: Mark::default() });
            if at > 0 {
                items[parent].children.push(at);
            }
        }
        (Self { items }, places)
    }

    /// The items around one, nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&at| (at != 0).then(|| self.items[at].parent)).skip(1)
    }

    /// An item and all inside, in document order.
    pub(super) fn inside(&self, at: usize) -> Vec<usize> {
        let (mut out, mut open) = (Vec::new(), vec![at]);
        while let Some(at) = open.pop() {
            out.push(at);
            open.extend(self.items[at].children.iter().rev());
        }
        out
    }

    /// The text inside, as it stands.
    pub(super) fn text(&self, at: usize) -> String {
        let texts = self.inside(at).into_iter().filter_map(|at| match &self.items[at].kind {
            Kind::Text(text) => Some(text.as_str()),
            Kind::Element(..) => None,
        });
        texts.collect()
    }

    /// Takes an item out of its parent.
    pub(super) fn cut(&mut self, at: usize) {
        let parent = self.items[at].parent;
        self.items[parent].children.retain(|child| *child != at);
    }
}

/// Whether an element stands within a line of text.
pub(super) fn is_inline(name: &str) -> bool {
    const INLINE: [&str; 34] = [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em",
        "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "u", "var", "wbr",
    ];
    INLINE.contains(&name)
}
