//! Paragraphs of two bodies that belong together.

use std::ops::Range;

/// A paragraph (or several) of either body that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    /// Place in the older body.
    pub a: Range<usize>,
    /// Place in the newer body.
    pub b: Range<usize>,
    /// Whether the texts are equal.
    pub exact: bool,
    /// Whether they share so much that they belong together wherever they stand.
    pub strong: bool,
    /// Whether it stands in the same order as its neighbours.
    pub in_order: bool,
}

impl Pair {
    /// One paragraph of either body.
    pub(super) fn of(i: usize, j: usize, exact: bool) -> Self {
        Self { a: i..i + 1, b: j..j + 1, exact, strong: exact, in_order: false }
    }
}
