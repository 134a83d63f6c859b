//! What html5ever's tree builder does with a tree.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName, expanded_name, local_name, ns};

use crate::dom::tokenizer::Spare;

use super::{DOCUMENT, Kind, Name, Names, Tree};

/// A tree that is being built.
#[derive(Debug)]
pub(in crate::dom) struct Sink<'n> {
    tree: RefCell<Tree>,
    names: &'n Names,
    spare: &'n Spare,
}

/// A node, as the tree builder holds it.
#[derive(Debug, Clone, Copy)]
pub(in crate::dom) struct Handle<'n> {
    id: u32,
    name: &'n Name,
}

impl<'n> Sink<'n> {
    /// A tree with room for so many nodes, whose names are kept there.
    pub(in crate::dom) fn new(names: &'n Names, spare: &'n Spare, nodes: usize) -> Self {
        Self { tree: RefCell::new(Tree::with_capacity(nodes)), names, spare }
    }

    /// What is no element.
    fn unnamed(&self, id: u32) -> Handle<'n> {
        Handle { id, name: self.names.none() }
    }
}

impl<'n> TreeSink for Sink<'n> {
    type Handle = Handle<'n>;
    type Output = Tree;
    type ElemName<'a>
        = &'n Name
    where
        Self: 'a;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.borrow_mut().set_quirks(mode);
    }

    fn get_document(&self) -> Handle<'n> {
        self.unnamed(DOCUMENT)
    }

    fn same_node(&self, one: &Handle<'n>, other: &Handle<'n>) -> bool {
        one.id == other.id
    }

    fn elem_name<'a>(&'a self, target: &'a Handle<'n>) -> &'n Name {
        target.name
    }

    fn create_element(&self, name: QualName, mut attributes: Vec<Attribute>, _: ElementFlags) -> Handle<'n> {
        let is_template = name.expanded() == expanded_name!(html "template");
        let (number, name) = self.names.find(name.ns, name.local);
        let mut tree = self.tree.borrow_mut();
        let id = tree.create_element(number, &mut attributes);
        self.spare.put(attributes);
        if is_template {
            let contents = tree.create(Kind::Fragment);
            tree.append(id, contents);
        }
        Handle { id, name }
    }

    fn create_comment(&self, text: StrTendril) -> Handle<'n> {
        self.unnamed(self.tree.borrow_mut().create(Kind::Comment(text)))
    }

    /// There are none in HTML: they are comments.
    fn create_pi(&self, _: StrTendril, data: StrTendril) -> Handle<'n> {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle<'n>, child: NodeOrText<Handle<'n>>) {
        let mut tree = self.tree.borrow_mut();
        match child {
            NodeOrText::AppendNode(node) => tree.append(parent.id, node.id),
            NodeOrText::AppendText(text) => tree.append_text(parent.id, text),
        }
    }

    fn append_before_sibling(&self, sibling: &Handle<'n>, child: NodeOrText<Handle<'n>>) {
        let mut tree = self.tree.borrow_mut();
        if let NodeOrText::AppendNode(node) = &child {
            tree.detach(node.id);
        }
        if !tree.has_parent(sibling.id) {
            return;
        }
        match child {
            NodeOrText::AppendNode(node) => tree.insert_before(sibling.id, node.id),
            NodeOrText::AppendText(text) => tree.insert_text_before(sibling.id, text),
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle<'n>,
        before: &Handle<'n>,
        child: NodeOrText<Handle<'n>>,
    ) {
        let has_parent = self.tree.borrow().has_parent(element.id);
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        let mut tree = self.tree.borrow_mut();
        let doctype = tree.create(Kind::Doctype(Box::new([name, public, system])));
        tree.append(DOCUMENT, doctype);
    }

    fn get_template_contents(&self, target: &Handle<'n>) -> Handle<'n> {
        self.unnamed(self.tree.borrow().contents(target.id))
    }

    fn add_attrs_if_missing(&self, target: &Handle<'n>, attributes: Vec<Attribute>) {
        self.tree.borrow_mut().add_attributes(target.id, attributes);
    }

    fn remove_from_parent(&self, target: &Handle<'n>) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle<'n>, new_parent: &Handle<'n>) {
        self.tree.borrow_mut().move_children(node.id, new_parent.id);
    }
}
