//! One element of a page.

use std::fmt;

use html5ever::local_name;
use scraper::ElementRef;

use super::{Selector, Take, text};

/// An element, borrowed from its [`Document`](super::Document). Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'d>(pub(super) ElementRef<'d>);

/// The identity of an element within its document, for sets and maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(usize);

/// A step of a walk through the tree.
#[derive(Debug, Clone, Copy)]
pub enum Step<'d> {
    /// An element starts; its contents follow.
    Enter(Node<'d>),
    /// A run of text, as it stands in the page (character references resolved).
    Text(&'d str),
    /// An element ends.
    Leave(Node<'d>),
}

impl<'d> Node<'d> {
    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'d str {
        &self.element().name.local
    }

    /// The value of an attribute, as written (not trimmed).
    #[must_use]
    pub fn attr(self, name: &str) -> Option<&'d str> {
        let found = self.element().attrs.iter().find(|(key, _)| *key.local == *name);
        found.map(|(_, value)| &**value)
    }

    /// The value of `class`, which is asked for more often than all others.
    pub(super) fn class_attr(self) -> Option<&'d str> {
        let found = self.element().attrs.iter().find(|(key, _)| key.local == local_name!("class"));
        found.map(|(_, value)| &**value)
    }

    /// The attributes, each with its value, in no certain order.
    pub fn attrs(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.element().attrs.iter().map(|(key, value)| (&*key.local, &**value))
    }

    /// The classes, each once.
    pub fn classes(self) -> impl Iterator<Item = &'d str> {
        self.0.value().classes()
    }

    /// Its identity.
    #[must_use]
    pub fn id(self) -> NodeId {
        // The tree never changes after parsing, so an element's place in memory is its identity.
        NodeId(std::ptr::from_ref(self.0.value()) as usize)
    }

    /// The element around it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        self.0.parent().and_then(ElementRef::wrap).map(Self)
    }

    /// The elements around it, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// Elements directly inside, in order.
    pub fn child_elements(self) -> impl Iterator<Item = Self> {
        self.0.child_elements().map(Self)
    }

    /// All elements inside, at any depth, in document order; not itself, and nothing in `<template>`.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        let root = *self.0;
        let mut next = root.first_child();
        std::iter::from_fn(move || {
            loop {
                let node = next?;
                let element = ElementRef::wrap(node);
                // The contents of a template hang under a fragment, which is no element.
                let inside = element.and_then(|_| node.first_child());
                next = inside.or_else(|| {
                    let mut at = node;
                    while at != root {
                        if let Some(sibling) = at.next_sibling() {
                            return Some(sibling);
                        }
                        at = at.parent()?;
                    }
                    None
                });
                if let Some(element) = element {
                    return Some(Self(element));
                }
            }
        })
    }

    /// The element after it under the same parent.
    #[must_use]
    pub fn next_element(self) -> Option<Self> {
        self.0.next_siblings().find_map(ElementRef::wrap).map(Self)
    }

    /// The element before it under the same parent.
    #[must_use]
    pub fn previous_element(self) -> Option<Self> {
        self.0.prev_siblings().find_map(ElementRef::wrap).map(Self)
    }

    /// Enters and leaves every element inside and passes all text, in document order, without
    /// recursion; what a `<template>` holds is passed over. Starts with entering and ends with leaving
    /// itself.
    pub fn walk(self) -> impl Iterator<Item = Step<'d>> {
        let root = *self.0;
        let mut cursor = Some((root, false));
        std::iter::from_fn(move || {
            while let Some((node, leaving)) = cursor {
                let element = ElementRef::wrap(node).map(Self);
                let after = || match node.next_sibling() {
                    _ if node == root => None,
                    Some(sibling) => Some((sibling, false)),
                    None => node.parent().map(|parent| (parent, true)),
                };
                cursor = match (element, leaving) {
                    (Some(_), false) => Some(node.first_child().map_or((node, true), |child| (child, false))),
                    _ => after(),
                };
                match (element, node.value()) {
                    (Some(element), _) if leaving => return Some(Step::Leave(element)),
                    (Some(element), _) => return Some(Step::Enter(element)),
                    (None, scraper::Node::Text(text)) => return Some(Step::Text(text)),
                    _ => {}
                }
            }
            None
        })
    }

    /// Whether it is this element or one inside it.
    #[must_use]
    pub fn is_within(self, outer: Self) -> bool {
        self == outer || self.ancestors().any(|node| node == outer)
    }

    /// Whether a selector matches it.
    #[must_use]
    pub fn matches(self, selector: &Selector) -> bool {
        selector.may_match(self) && selector.compiled().matches(&self.0)
    }

    /// The elements inside that a selector matches, in document order; never inside `<template>`.
    pub fn select<'s>(self, selector: &'s Selector) -> impl Iterator<Item = Self> + use<'d, 's> {
        let counted = selector.counts().then(|| self.0.select(selector.compiled()).map(Self));
        let walked = (!selector.counts()).then(|| self.elements().filter(|node| node.matches(selector)));
        let counted = counted.into_iter().flatten().filter(|node| !node.in_template());
        counted.chain(walked.into_iter().flatten())
    }

    /// What a query takes from this element; none when it is empty.
    #[must_use]
    pub fn take(self, take: &Take) -> Option<String> {
        let value = match take {
            Take::Text => self.text(),
            Take::Attr(name) => self.attr(name)?.trim().to_owned(),
        };
        (!value.is_empty()).then_some(value)
    }

    /// The text that a reader sees: white space folded, blocks and `<br>` on lines of their own,
    /// nothing of `<script>`, `<style>`, `<template>` and `<noscript>`.
    #[must_use]
    pub fn text(self) -> String {
        text::visible(self)
    }

    /// All text inside as it stands in the page, white space and scripts included.
    #[must_use]
    pub fn raw_text(self) -> String {
        self.0.text().collect()
    }

    /// Its name and attributes, by the way that the compiler sees through.
    fn element(self) -> &'d scraper::node::Element {
        match (*self.0).value() {
            scraper::Node::Element(element) => element,
            _ => self.0.value(),
        }
    }

    fn in_template(self) -> bool {
        // The parser hangs the contents of a template under a fragment of its own.
        self.0.ancestors().any(|node| node.value().is_fragment())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::{Document, Selector, Step};

    #[test]
    fn a_walk_enters_and_leaves_in_document_order() {
        let doc = Document::parse("<body>a<p>b<i>c</i></p>d<br></body>");
        let body = doc.first(&Selector::parse("body").unwrap()).unwrap();
        let steps: Vec<String> = body
            .walk()
            .map(|step| match step {
                Step::Enter(node) => format!("<{}", node.name()),
                Step::Text(text) => text.to_owned(),
                Step::Leave(node) => format!("{}>", node.name()),
            })
            .collect();
        assert_eq!(steps.join(" "), "<body a <p b <i c i> p> d <br br> body>");
    }

    #[test]
    fn relatives_are_found() {
        let doc = Document::parse("<ul><li id=a>x<li id=b>y<b>z</b></ul>");
        let node = |css: &str| doc.first(&Selector::parse(css).unwrap()).unwrap();
        let (list, a, b) = (node("ul"), node("#a"), node("#b"));
        assert_eq!(a.next_element(), Some(b));
        assert_eq!(b.parent(), Some(list));
        assert!(b.is_within(list) && b.is_within(b) && !list.is_within(b));
        assert_eq!(list.elements().map(|n| n.name()).collect::<Vec<_>>(), ["li", "li", "b"]);
    }

    #[test]
    fn the_contents_of_a_template_are_not_part_of_the_page() {
        let doc = Document::parse("<template><p>rangka</p></template><p>isi</p>");
        assert_eq!(doc.select(&Selector::parse("p").unwrap()).count(), 1);
        assert_eq!(doc.root().text(), "isi");
    }

    #[test]
    fn selection_is_in_document_order_even_after_foster_parenting() {
        let doc = Document::parse("<table><tr><td><p id=a></table><table><p id=b><tr><td><p id=c></table>");
        let ids: Vec<_> =
            doc.select(&Selector::parse("p").unwrap()).filter_map(|node| node.attr("id")).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}
