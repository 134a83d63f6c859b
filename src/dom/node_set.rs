//! Sets of elements that are left out.

use super::Node;

/// A set of removed elements. What is inside a removed element is removed, too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NodeSet {
    /// A bit for each place in the document, up to the last one that is in the set.
    bits: Vec<u64>,
}

impl NodeSet {
    /// Adds an element; false when it stood in the set already.
    pub fn insert(&mut self, node: Node<'_>) -> bool {
        let (word, bit) = node.id().word_and_bit();
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        let is_new = self.bits[word] & bit == 0;
        self.bits[word] |= bit;
        is_new
    }

    /// Whether this very element is in the set.
    #[must_use]
    pub fn has(&self, node: Node<'_>) -> bool {
        let (word, bit) = node.id().word_and_bit();
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether the element or one around it is in the set.
    #[must_use]
    pub fn covers(&self, node: Node<'_>) -> bool {
        !self.bits.is_empty() && (self.has(node) || node.ancestors().any(|outer| self.has(outer)))
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
