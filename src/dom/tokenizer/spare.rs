//! A list that goes round.

use std::cell::RefCell;

use html5ever::Attribute;

/// The list that the attributes of the last tag came in: whoever built an element of them gives it back
/// for the next tag, instead of an allocation for each.
#[derive(Debug, Default)]
pub(in crate::dom) struct Spare(RefCell<Vec<Attribute>>);

impl Spare {
    /// An empty list.
    pub(super) fn take(&self) -> Vec<Attribute> {
        self.0.take()
    }

    /// Gives a list back, emptied.
    pub(in crate::dom) fn put(&self, mut list: Vec<Attribute>) {
        list.clear();
        self.0.replace(list);
    }
}
