//! The tree of a page: all nodes in one list in document order, all attributes in another, and each name
//! once. A node is a number; it costs no allocation of its own, and freeing the tree is freeing lists.

mod build;
mod names;
mod order;
mod same;
mod sink;
#[cfg(test)]
mod tests;

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::QuirksMode;

use super::index::Index;

pub(super) use names::{Name, Names};
pub(super) use sink::Sink;

/// The number of no node.
pub(super) const NONE: u32 = u32::MAX;
/// The number of the document itself, which everything else is in.
pub(super) const DOCUMENT: u32 = 0;

/// A page.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Slot>,
    attributes: Vec<Attribute>,
    names: Vec<Name>,
    quirks: QuirksMode,
    index: Index,
}

/// A node, and what it hangs on.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) kind: Kind,
    pub(super) parent: u32,
    pub(super) previous: u32,
    next: u32,
    first: u32,
    last: u32,
    /// The number of the first node that is not inside of it. Holds once the page is whole.
    pub(super) end: u32,
}

/// What a node is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    /// What the contents of a `<template>` hang under.
    Fragment,
    /// Name, public and system identifier.
    Doctype(Box<[StrTendril; 3]>),
    Comment(StrTendril),
    Text(StrTendril),
    Element(Element),
}

/// An element: the places of its name and of its attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Element {
    pub(super) name: u32,
    from: u32,
    to: u32,
}

impl Tree {
    /// A node.
    pub(super) fn slot(&self, id: u32) -> &Slot {
        &self.nodes[id as usize]
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What an element is called.
    pub(super) fn name(&self, element: Element) -> &Name {
        &self.names[element.name as usize]
    }

    /// What an element says.
    pub(super) fn attributes(&self, element: Element) -> &[Attribute] {
        &self.attributes[element.from as usize..element.to as usize]
    }

    /// Where names and classes stand on the page.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// The outermost element.
    pub(super) fn root(&self) -> u32 {
        let end = number(self.nodes.len());
        let mut outermost = self.siblings(DOCUMENT + 1, end);
        outermost.find(|&place| matches!(self.slot(place).kind, Kind::Element(_))).unwrap_or(end)
    }

    /// The nodes that start between two places, which are in one node.
    pub(super) fn siblings(&self, from: u32, to: u32) -> impl Iterator<Item = u32> {
        let within = move |place: &u32| *place < to;
        std::iter::successors(Some(from).filter(within), move |&place| {
            Some(self.slot(place).end).filter(within)
        })
    }
}

/// The number of what stands at a place of a list; a page is never as long as numbers go.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
