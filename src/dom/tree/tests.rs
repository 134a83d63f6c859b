//! Trees beside those that `scraper` makes.

use ego_tree::NodeRef;
use html5ever::tree_builder::QuirksMode;
use scraper::{Html, Node};

use super::{Kind, Tree};
use crate::dom::Parser;

impl Tree {
    /// Whether it is the tree that `scraper` made, node by node; html5ever's tokenizer and ours tell of quirks
    /// alike.
    pub(in crate::dom) fn is_of(&self, html: &Html) -> bool {
        let quirks = |mode: QuirksMode| mode == QuirksMode::Quirks;
        let nodes: Vec<NodeRef<'_, Node>> = html.tree.root().descendants().collect();
        quirks(self.quirks) == quirks(html.quirks_mode)
            && nodes.len() == self.nodes.len()
            && nodes.iter().enumerate().all(|(place, node)| self.is_at(place, *node, &nodes))
    }

    fn is_at(&self, place: usize, node: NodeRef<'_, Node>, nodes: &[NodeRef<'_, Node>]) -> bool {
        let slot = &self.nodes[place];
        let at = |id: u32| nodes.get(id as usize).map(|node| node.id());
        let first = (slot.end as usize > place + 1).then(|| nodes[place + 1].id());
        at(slot.parent) == node.parent().map(|node| node.id())
            && at(slot.previous) == node.prev_sibling().map(|node| node.id())
            && first == node.first_child().map(|node| node.id())
            && self.is_such(&slot.kind, node.value())
    }

    fn is_such(&self, kind: &Kind, node: &Node) -> bool {
        match (kind, node) {
            (Kind::Document, Node::Document) | (Kind::Fragment, Node::Fragment) => true,
            (Kind::Doctype(own), Node::Doctype(other)) => {
                **own == [other.name.clone(), other.public_id.clone(), other.system_id.clone()]
            }
            (Kind::Comment(own), Node::Comment(other)) => *own == other.comment,
            (Kind::Text(own), Node::Text(other)) => *own == other.text,
            (Kind::Element(own), Node::Element(other)) => {
                let name = self.name(*own);
                let mut attributes: Vec<_> = self.attributes(*own).iter().collect();
                attributes.sort_unstable_by(|one, two| one.name.cmp(&two.name));
                (&name.local, &name.namespace) == (&other.name.local, &other.name.ns)
                    && attributes.len() == other.attrs.len()
                    && attributes
                        .iter()
                        .zip(&other.attrs)
                        .all(|(one, (name, value))| one.name == *name && one.value == *value)
            }
            _ => false,
        }
    }
}

#[test]
fn nodes_that_were_moved_about_stand_in_document_order() {
    for html in [
        "<table><tr><td><p id=a></table><table><p id=b><tr><td>x</table>",
        "<p><b><i>a</p>b</b>c</i>d",
        "<a><div><a>x</div>y",
        "<template><p>a<template>b</template></template><p>c",
        "<svg><a xlink:href=b href=a xml:lang=c lang=d></svg>",
        "<body a=1>x<body a=2 b=3>",
        "<frameset><frame></frameset>",
        "",
    ] {
        assert!(Parser::Fast.tree(html).is_of(&Html::parse_document(html)), "{html}");
    }
}

#[test]
fn more_names_than_usual_are_told_apart() {
    let html: String = (0..400).map(|n| format!("<x-{n}>{n}</x-{n}>")).collect();
    assert!(Parser::Fast.tree(&html).is_of(&Html::parse_document(&html)));
}
