//! Whether two pages were made into the same tree.

use html5ever::Attribute;

use super::{Kind, Tree};

impl Tree {
    /// Node by node; the order of attributes does not count.
    pub(in crate::dom) fn is_same(&self, other: &Self) -> bool {
        self.quirks == other.quirks
            && self.nodes.len() == other.nodes.len()
            && self.nodes.iter().zip(&other.nodes).all(|(one, two)| {
                one.parent == two.parent
                    && match (&one.kind, &two.kind) {
                        (Kind::Element(one), Kind::Element(two)) => {
                            self.name(*one) == other.name(*two)
                                && same_attributes(self.attributes(*one), other.attributes(*two))
                        }
                        (one, two) => one == two,
                    }
            })
    }
}

fn same_attributes(one: &[Attribute], two: &[Attribute]) -> bool {
    one.len() == two.len() && one.iter().all(|attribute| two.contains(attribute))
}
