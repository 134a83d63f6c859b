//! How nodes are hung up and taken down while a page is parsed.

use html5ever::Attribute;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::QuirksMode;

use crate::dom::index::Index;
use crate::dom::limits::MAX_ATTRIBUTES;

use super::{DOCUMENT, Element, Kind, NONE, Names, Slot, Tree, number};

impl Tree {
    /// A tree with nothing in it, and room for so many nodes, and for an attribute to each.
    pub(super) fn with_capacity(nodes: usize) -> Self {
        let (nodes, attributes) = (Vec::with_capacity(nodes + 1), Vec::with_capacity(nodes));
        let (names, quirks, index) = (Vec::new(), QuirksMode::NoQuirks, Index::default());
        let mut tree = Self { nodes, attributes, names, quirks, index };
        tree.create(Kind::Document);
        tree
    }

    /// The page is whole: the nodes are brought into document order.
    pub(in crate::dom) fn finished(mut self, names: Names) -> Self {
        self.names = names.into_list();
        self.bring_in_order();
        self
    }

    pub(super) fn set_quirks(&mut self, mode: QuirksMode) {
        self.quirks = mode;
    }

    /// A node that hangs nowhere yet.
    pub(super) fn create(&mut self, kind: Kind) -> u32 {
        let id = number(self.nodes.len());
        let hook =
            Slot { kind, parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, end: NONE };
        self.nodes.push(hook);
        id
    }

    /// An element that hangs nowhere yet; takes its attributes out of the list.
    pub(super) fn create_element(&mut self, name: u32, attributes: &mut Vec<Attribute>) -> u32 {
        let from = number(self.attributes.len());
        // Only foreign elements have two attributes that differ in nothing but what stands before their name.
        if attributes.iter().any(|one| one.name.prefix.is_some()) {
            attributes.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        }
        self.attributes.append(attributes);
        self.create(Kind::Element(Element { name, from, to: number(self.attributes.len()) }))
    }

    /// Gives an element those of some attributes that it lacks, as long as it has no more than any tag may.
    pub(super) fn add_attributes(&mut self, id: u32, attributes: Vec<Attribute>) {
        let Kind::Element(element) = self.slot(id).kind else { return };
        let own = self.attributes(element);
        let is_new = |one: &Attribute| own.iter().all(|other| other.name != one.name);
        let room = MAX_ATTRIBUTES.saturating_sub(own.len());
        let new: Vec<Attribute> = attributes.into_iter().filter(is_new).take(room).collect();
        if new.is_empty() {
            return;
        }
        let (from, mut all) = (number(self.attributes.len()), own.to_vec());
        all.extend(new);
        self.attributes.append(&mut all);
        let to = number(self.attributes.len());
        self.slot_mut(id).kind = Kind::Element(Element { name: element.name, from, to });
    }

    pub(super) fn slot_mut(&mut self, id: u32) -> &mut Slot {
        &mut self.nodes[id as usize]
    }

    pub(super) fn has_parent(&self, id: u32) -> bool {
        self.slot(id).parent != NONE
    }

    /// Where the contents of a template hang.
    pub(super) fn contents(&self, template: u32) -> u32 {
        let first = self.slot(template).first;
        if first == NONE { DOCUMENT } else { first }
    }

    /// Hangs a node up as the last one inside another.
    pub(super) fn append(&mut self, parent: u32, child: u32) {
        self.detach(child);
        let last = std::mem::replace(&mut self.slot_mut(parent).last, child);
        match last {
            NONE => self.slot_mut(parent).first = child,
            last => self.slot_mut(last).next = child,
        }
        let slot = self.slot_mut(child);
        (slot.parent, slot.previous) = (parent, last);
    }

    /// Hangs a node up before another.
    pub(super) fn insert_before(&mut self, sibling: u32, child: u32) {
        self.detach(child);
        let (parent, previous) = (self.slot(sibling).parent, self.slot(sibling).previous);
        match previous {
            NONE => self.slot_mut(parent).first = child,
            previous => self.slot_mut(previous).next = child,
        }
        self.slot_mut(sibling).previous = child;
        let slot = self.slot_mut(child);
        (slot.parent, slot.previous, slot.next) = (parent, previous, sibling);
    }

    /// Adds a text to the one at a place, where there is one.
    fn join(&mut self, at: u32, text: &StrTendril) -> bool {
        match self.nodes.get_mut(at as usize).map(|slot| &mut slot.kind) {
            Some(Kind::Text(before)) => {
                before.push_tendril(text);
                true
            }
            _ => false,
        }
    }

    /// A text as the last one inside a node.
    pub(super) fn append_text(&mut self, parent: u32, text: StrTendril) {
        if !self.join(self.slot(parent).last, &text) {
            let text = self.create(Kind::Text(text));
            self.append(parent, text);
        }
    }

    /// A text before a node.
    pub(super) fn insert_text_before(&mut self, sibling: u32, text: StrTendril) {
        if !self.join(self.slot(sibling).previous, &text) {
            let text = self.create(Kind::Text(text));
            self.insert_before(sibling, text);
        }
    }

    /// Takes a node down.
    pub(super) fn detach(&mut self, id: u32) {
        let slot = self.slot_mut(id);
        let (parent, previous, next) = (slot.parent, slot.previous, slot.next);
        if parent == NONE {
            return;
        }
        (slot.parent, slot.previous, slot.next) = (NONE, NONE, NONE);
        match previous {
            NONE => self.slot_mut(parent).first = next,
            previous => self.slot_mut(previous).next = next,
        }
        match next {
            NONE => self.slot_mut(parent).last = previous,
            next => self.slot_mut(next).previous = previous,
        }
    }

    /// Hangs all that is in one node up in another.
    pub(super) fn move_children(&mut self, from: u32, to: u32) {
        let mut next = self.slot(from).first;
        while next != NONE {
            let child = next;
            next = self.slot(child).next;
            self.append(to, child);
        }
    }
}
