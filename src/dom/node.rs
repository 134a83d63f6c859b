//! One element of a page.

use std::fmt;

use html5ever::{Attribute, LocalName, local_name};

use super::tree::{Element, Kind, NONE, Name, Slot, Tree};
use super::{Selector, Take, index, text};

/// An element, borrowed from its [`Document`](super::Document). Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    tree: &'d Tree,
    place: u32,
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

/// Elements with so few nodes inside are walked through.
const FEW: usize = 32;

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
        &self.called().local
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
        let mut next = from;
        std::iter::from_fn(move || {
            while next < to {
                let place = next;
                next = self.tree.slot(place).end;
                if let Some(node) = Self::at(self.tree, place) {
                    return Some(node);
                }
            }
            None
        })
    }

    /// All elements inside, at any depth, in document order; not itself, and nothing in `<template>`.
    pub fn elements(self) -> impl Iterator<Item = Self> {
        let (mut next, end) = (self.place + 1, self.slot().end);
        std::iter::from_fn(move || {
            while next < end {
                let (place, slot) = (next, self.tree.slot(next));
                // The contents of a template hang under a fragment, which is no element.
                next = if matches!(slot.kind, Kind::Fragment) { slot.end } else { place + 1 };
                if matches!(slot.kind, Kind::Element(_)) {
                    return Some(Self { tree: self.tree, place });
                }
            }
            None
        })
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

    /// Enters and leaves every element inside and passes all text, in document order, without
    /// recursion; what a `<template>` holds is passed over. Starts with entering and ends with leaving
    /// itself.
    pub fn walk(self) -> impl Iterator<Item = Step<'d>> {
        let tree = self.tree;
        let (mut next, mut open, mut end) = (self.place, NONE, NONE);
        std::iter::from_fn(move || {
            loop {
                if next == end {
                    if open == NONE {
                        return None;
                    }
                    let left = Self { tree, place: open };
                    let around = if left == self { NONE } else { left.slot().parent };
                    (open, end) = (around, if around == NONE { next } else { tree.slot(around).end });
                    return Some(Step::Leave(left));
                }
                let (place, slot) = (next, tree.slot(next));
                next = place + 1;
                match &slot.kind {
                    Kind::Element(_) => {
                        (open, end) = (place, slot.end);
                        return Some(Step::Enter(Self { tree, place }));
                    }
                    Kind::Text(text) => return Some(Step::Text(text)),
                    _ => next = slot.end,
                }
            }
        })
    }

    /// Whether it is this element or one inside it.
    #[must_use]
    pub fn is_within(self, outer: Self) -> bool {
        (outer.place..outer.slot().end).contains(&self.place)
    }

    /// Whether a selector matches it.
    #[must_use]
    pub fn matches(self, selector: &Selector) -> bool {
        selector.matches(self)
    }

    /// The elements inside that a selector matches, in document order; never inside `<template>`.
    pub fn select<'s>(self, selector: &'s Selector) -> impl Iterator<Item = Self> + use<'d, 's> {
        let mut counted = selector.counts().then(|| selector.counted(self));
        self.candidates(selector).filter(move |node| match &mut counted {
            Some(counted) => counted.matches(*node),
            None => node.matches(selector),
        })
    }

    /// The elements inside that are called so, and may be a few others.
    pub(super) fn called_any(self, names: &[&str]) -> impl Iterator<Item = Self> + use<'d> {
        let stretch = self.place + 1..self.slot().end;
        let lists = names.iter().flat_map(|name| self.tree.among(index::of_name(name), &stretch));
        let mut places: Vec<u32> = lists.copied().collect();
        places.sort();
        places.into_iter().filter_map(move |place| Self::at(self.tree, place))
    }

    /// Those that it may match.
    fn candidates<'s>(self, selector: &'s Selector) -> impl Iterator<Item = Self> + use<'d, 's> {
        let stretch = self.place + 1..self.slot().end;
        let listed = (stretch.len() > FEW).then(|| selector.candidates(self.tree, &stretch)).flatten();
        let walked = listed.is_none().then(|| self.elements());
        let listed = listed.into_iter().flatten().filter_map(move |place| Self::at(self.tree, place));
        listed.chain(walked.into_iter().flatten())
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
        let (mut next, end) = (self.place + 1, self.slot().end);
        while next < end {
            let slot = self.tree.slot(next);
            if matches!(slot.kind, Kind::Element(_) | Kind::Text(_)) {
                return true;
            }
            next = slot.end;
        }
        false
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
