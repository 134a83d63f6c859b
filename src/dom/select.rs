//! Which elements a selector matches.

use super::{Node, Selector, index};

/// Elements with so few nodes inside are walked through.
const FEW: usize = 32;

impl<'d> Node<'d> {
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

    /// The elements inside that have one of these names, in document order; never inside `<template>`.
    pub fn named<'n>(self, names: &'n [&'n str]) -> impl Iterator<Item = Self> + use<'d, 'n> {
        let bits: Vec<u16> = names.iter().map(|name| index::of_name(name)).collect();
        let places = self.tree.among_any(&bits, &(self.place + 1..self.slot().end));
        let found = places.into_iter().filter_map(move |place| Self::at(self.tree, place));
        found.filter(|node| names.contains(&node.name()))
    }

    /// Those that it may match.
    fn candidates<'s>(self, selector: &'s Selector) -> impl Iterator<Item = Self> + use<'d, 's> {
        let stretch = self.place + 1..self.slot().end;
        let listed = (stretch.len() > FEW).then(|| selector.candidates(self.tree, &stretch)).flatten();
        let walked = listed.is_none().then(|| self.elements());
        let listed = listed.into_iter().flatten().filter_map(move |place| Self::at(self.tree, place));
        listed.chain(walked.into_iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::{Document, Selector};

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
