//! Sets of elements that are left out.

use std::collections::HashSet;

use super::{FastState, Node, NodeId};

/// A set of removed elements. What is inside a removed element is removed, too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodeSet(HashSet<NodeId, FastState>);

impl NodeSet {
    /// Adds an element; false when it stood in the set already.
    pub fn insert(&mut self, node: Node<'_>) -> bool {
        self.0.insert(node.id())
    }

    /// Whether this very element is in the set.
    #[must_use]
    pub fn has(&self, node: Node<'_>) -> bool {
        !self.0.is_empty() && self.0.contains(&node.id())
    }

    /// Whether the element or one around it is in the set.
    #[must_use]
    pub fn covers(&self, node: Node<'_>) -> bool {
        !self.0.is_empty() && (self.has(node) || node.ancestors().any(|outer| self.has(outer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Document, Selector};

    #[test]
    fn what_is_inside_a_removed_element_is_removed() {
        let doc = Document::parse("<div id=a><p id=b>x</p></div><p id=c>y</p>");
        let node = |css: &str| doc.first(&Selector::parse(css).unwrap()).unwrap();
        let mut set = NodeSet::default();
        assert!(!set.covers(node("#b")));
        assert!(set.insert(node("#a")) && !set.insert(node("#a")));
        assert!(set.covers(node("#b")) && set.covers(node("#a")));
        assert!(!set.has(node("#b")) && !set.covers(node("#c")));
    }
}
