//! Walks through the tree: what is inside an element is a stretch of a list, and walking is counting.

use super::Node;
use super::tree::{Kind, NONE};

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
}
