//! One element of a page.

use std::fmt;

use html5ever::{Attribute, LocalName, local_name};

use super::tree::{Element, Kind, NONE, Name, Slot, Tree};
use super::{Take, text};

/// An element, borrowed from its [`Document`](super::Document). Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    pub(super) tree: &'d Tree,
    pub(super) place: u32,
}

/// The identity of an element within its document, for sets and maps. Identities come in document order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// Its place in a list of bits.
    pub(super) const fn word_and_bit(self) -> (usize, u64) {
        (self.0 as usize / 64, 1 << (self.0 % 64))
    }
}

impl<'d> Node<'d> {
    /// The element at a place of a tree.
    pub(super) fn at(tree: &'d Tree, place: u32) -> Option<Self> {
        matches!(tree.slot(place).kind, Kind::Element(_)).then_some(Self { tree, place })
    }

    /// The `<html>` element.
    pub(super) fn root(tree: &'d Tree) -> Self {
        Self { tree, place: tree.root() }
    }

    /// The name, in lower case.
    #[must_use]
    pub fn name(self) -> &'d str {
        &self.called().text
    }

    /// The value of an attribute, as written (not trimmed).
    #[must_use]
    pub fn attr(self, name: &str) -> Option<&'d str> {
        self.attributes().iter().find(|one| *one.name.local == *name).map(|one| &*one.value)
    }

    /// The same by a name that is a number.
    pub(super) fn attribute(self, name: &LocalName) -> Option<&'d str> {
        self.attributes().iter().find(|one| one.name.local == *name).map(|one| &*one.value)
    }

    /// The attributes, each with its value, in the order of the page.
    pub fn attrs(self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.attributes().iter().map(|one| (&*one.name.local, &*one.value))
    }

    /// The classes, each once, by the alphabet.
    pub fn classes(self) -> impl Iterator<Item = &'d str> {
        let all = self.attribute(&local_name!("class")).unwrap_or_default();
        let mut classes: Vec<&str> = all.split_ascii_whitespace().collect();
        classes.sort_unstable();
        classes.dedup();
        classes.into_iter()
    }

    /// Its identity.
    #[must_use]
    pub const fn id(self) -> NodeId {
        NodeId(self.place)
    }

    /// The element around it.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let parent = self.slot().parent;
        if parent == NONE { None } else { Self::at(self.tree, parent) }
    }

    /// The elements around it, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// Elements directly inside, in order.
    pub fn child_elements(self) -> impl Iterator<Item = Self> {
        self.siblings(self.place + 1, self.slot().end)
    }

    /// The elements that start between two places, which are in one element.
    fn siblings(self, from: u32, to: u32) -> impl Iterator<Item = Self> {
        self.tree.siblings(from, to).filter_map(move |place| Self::at(self.tree, place))
    }

    /// The element after it under the same parent.
    #[must_use]
    pub fn next_element(self) -> Option<Self> {
        let slot = self.slot();
        let end = if slot.parent == NONE { slot.end } else { self.tree.slot(slot.parent).end };
        self.siblings(slot.end, end).next()
    }

    /// The element before it under the same parent.
    #[must_use]
    pub fn previous_element(self) -> Option<Self> {
        let mut before = self.slot().previous;
        while before != NONE {
            if let Some(node) = Self::at(self.tree, before) {
                return Some(node);
            }
            before = self.tree.slot(before).previous;
        }
        None
    }

    /// Whether it is this element or one inside it.
    #[must_use]
    pub fn is_within(self, outer: Self) -> bool {
        (outer.place..outer.slot().end).contains(&self.place)
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
        let inside = self.place + 1..self.slot().end;
        let texts = inside.into_iter().filter_map(|place| match &self.tree.slot(place).kind {
            Kind::Text(text) => Some(&**text),
            _ => None,
        });
        texts.collect()
    }

    /// Whether an element or a text is directly inside.
    pub(super) fn holds_anything(self) -> bool {
        let mut inside = self.tree.siblings(self.place + 1, self.slot().end);
        inside.any(|place| matches!(self.tree.slot(place).kind, Kind::Element(_) | Kind::Text(_)))
    }

    pub(super) fn slot(self) -> &'d Slot {
        self.tree.slot(self.place)
    }

    pub(super) fn element(self) -> Element {
        match self.slot().kind {
            Kind::Element(element) => element,
            _ => Element::default(),
        }
    }

    pub(super) fn called(self) -> &'d Name {
        self.tree.name(self.element())
    }

    pub(super) fn attributes(self) -> &'d [Attribute] {
        self.tree.attributes(self.element())
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && std::ptr::eq(self.tree, other.tree)
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name())?;
        self.attrs().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))?;
        f.write_str(">")
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::{Document, Selector};

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
}
