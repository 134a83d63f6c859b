//! Where the names, classes, identifiers and attributes of a page stand: a selector is asked only of the
//! elements that have what it wants at the least, without a walk through the tree.

use std::cell::OnceCell;
use std::ops::Range;

use html5ever::local_name;

use super::Key;
use super::tree::{Element, Kind, Tree};

/// Attributes with names of so many bytes (`class`, `href`, `style`) are on every page, and not listed.
const COMMON: usize = 6;
/// Bits of what a page has.
const BITS: usize = 1 << 14;
/// Lists of places; names that share one are told apart by the selector.
const LISTS: usize = 1 << 11;
/// Places of a [`Recent`].
const RECENT: usize = 256;

/// Marks the bits of attributes, which many pages are never asked for.
const ATTRIBUTE: u16 = 1 << 15;

/// What a page has, and where: of elements, and of attributes. Each is looked through once, when it is
/// asked for.
#[derive(Debug, Default)]
pub(super) struct Index {
    elements: OnceCell<Lists>,
    attributes: OnceCell<Lists>,
}

/// Lists of places. They may say yes where the answer is no, and never the other way round.
#[derive(Debug)]
struct Lists {
    seen: Box<[u64]>,
    /// Where each list starts, and behind the last one where it ends.
    starts: Box<[u32]>,
    /// Elements in document order, list after list.
    places: Box<[u32]>,
}

impl Tree {
    /// Whether the page may have all that some bits stand for.
    pub(super) fn may_hold(&self, bits: &[u16]) -> bool {
        bits.iter().all(|&bit| self.lists(bit).has(bit))
    }

    /// The elements of a stretch of the page that may have what a bit stands for, in document order.
    fn among(&self, bit: u16, stretch: &Range<u32>) -> &[u32] {
        let all = self.lists(bit).of_bit(bit);
        let from = all.partition_point(|&place| place < stretch.start);
        let to = from + all[from..].partition_point(|&place| place < stretch.end);
        &all[from..to]
    }

    /// The elements of a stretch that may have what any of some bits stands for, in document order, each once.
    pub(super) fn among_any(&self, bits: &[u16], stretch: &Range<u32>) -> Vec<u32> {
        let mut all: Vec<u32> = bits.iter().flat_map(|&bit| self.among(bit, stretch)).copied().collect();
        if bits.len() > 1 {
            all.sort();
        }
        all.dedup();
        all
    }

    fn lists(&self, bit: u16) -> &Lists {
        let index = self.index();
        if bit & ATTRIBUTE == 0 {
            index.elements.get_or_init(|| {
                let mut recent = Recent::default();
                Lists::of(self, |element, marks| mark_element(self, element, &mut recent, marks))
            })
        } else {
            index
                .attributes
                .get_or_init(|| Lists::of(self, |element, marks| mark_attributes(self, element, marks)))
        }
    }
}

impl Lists {
    /// Looks through a page; what a `<template>` holds is no part of it.
    fn of(tree: &Tree, mut mark: impl FnMut(Element, &mut dyn FnMut(u16))) -> Self {
        let mut marks = Vec::with_capacity(tree.len() * 2);
        let mut place = 0;
        while (place as usize) < tree.len() {
            let slot = tree.slot(place);
            if let Kind::Element(element) = slot.kind {
                mark(element, &mut |bit| marks.push((bit, place)));
            }
            place = if matches!(slot.kind, Kind::Fragment) { slot.end } else { place + 1 };
        }
        Self::sorted(&marks)
    }

    /// Sorts places by their lists; within a list they stay in order.
    fn sorted(marks: &[(u16, u32)]) -> Self {
        let (mut seen, mut starts) = (vec![0u64; BITS / 64], vec![0u32; LISTS + 1]);
        for &(bit, _) in marks {
            seen[usize::from(bit) / 64] |= 1 << (bit % 64);
            starts[list(bit) + 1] += 1;
        }
        for at in 0..LISTS {
            starts[at + 1] += starts[at];
        }
        let (mut next, mut places) = (starts.clone(), vec![0; marks.len()]);
        for &(bit, place) in marks {
            let at = &mut next[list(bit)];
            places[*at as usize] = place;
            *at += 1;
        }
        Self { seen: seen.into(), starts: starts.into(), places: places.into() }
    }

    fn has(&self, bit: u16) -> bool {
        let bit = bit & !ATTRIBUTE;
        self.seen[usize::from(bit) / 64] & (1 << (bit % 64)) != 0
    }

    fn of_bit(&self, bit: u16) -> &[u32] {
        let list = list(bit & !ATTRIBUTE);
        &self.places[self.starts[list] as usize..self.starts[list + 1] as usize]
    }
}

/// Tells the bits of an element's name, classes and identifier.
fn mark_element<'d>(tree: &'d Tree, element: Element, recent: &mut Recent<'d>, tell: &mut dyn FnMut(u16)) {
    tell(tree.name(element).bit);
    for attribute in tree.attributes(element) {
        if attribute.name.local == local_name!("class") {
            recent.bits(&attribute.value).iter().copied().for_each(&mut *tell);
        } else if attribute.name.local == local_name!("id") {
            tell(bit(b'i', &attribute.value));
        }
    }
}

/// Tells the bits of an element's attributes.
fn mark_attributes(tree: &Tree, element: Element, tell: &mut dyn FnMut(u16)) {
    let names = tree.attributes(element).iter().map(|one| &*one.name.local);
    names.filter(|name| name.len() > COMMON).for_each(|name| tell(bit(b'a', name)));
}

/// Classes as they are written, the last ones of each place that [`bit`] names, and their bits: on most
/// pages few values come again and again.
#[derive(Debug)]
struct Recent<'d> {
    last: Box<[(&'d str, Range<usize>)]>,
    bits: Vec<u16>,
}

impl Default for Recent<'_> {
    fn default() -> Self {
        Self { last: vec![("", 0..0); RECENT].into(), bits: Vec::with_capacity(RECENT) }
    }
}

impl<'d> Recent<'d> {
    /// The bits of the classes in a value.
    fn bits(&mut self, value: &'d str) -> &[u16] {
        let (last, range) = &mut self.last[usize::from(bit(b'v', value)) % RECENT];
        if *last != value {
            let from = self.bits.len();
            self.bits.extend(value.split_ascii_whitespace().map(|class| bit(b'c', class)));
            (*last, *range) = (value, from..self.bits.len());
        }
        &self.bits[range.clone()]
    }
}

/// The bit that stands for what a part of a selector wants; none for what is not listed.
pub(super) fn bit_of(key: &Key) -> Option<u16> {
    match key {
        Key::Any => None,
        Key::Attr(name) if name.len() <= COMMON => None,
        Key::Tag(name) => Some(of_name(name)),
        Key::Attr(name) => Some(bit(b'a', name) | ATTRIBUTE),
        Key::Id(id) => Some(bit(b'i', id)),
        Key::Class(class) => Some(bit(b'c', class)),
    }
}

/// The bit of an element's name.
pub(super) fn of_name(name: &str) -> u16 {
    bit(b't', name)
}

/// The list that a bit belongs to.
fn list(bit: u16) -> usize {
    usize::from(bit) / (BITS / LISTS)
}

/// A bit for a name, by its first and its last eight bytes and its length.
fn bit(kind: u8, name: &str) -> u16 {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |word, &b| word << 8 | u64::from(b)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ (bytes.len() as u64) << 7 ^ u64::from(kind))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    #[expect(clippy::cast_possible_truncation, reason = "so many bits are left")]
    let bit = (mixed >> (64 - BITS.ilog2())) as u16;
    bit
}

#[cfg(test)]
mod tests {
    use crate::dom::{Document, Selector};

    #[test]
    fn what_a_page_has_is_never_denied() {
        let doc = Document::parse("<div id=a class='x article-body__paragraphs y'><p data-k=1>z</p></div>");
        for css in
            ["#a", ".x", ".article-body__paragraphs", ".y", "p", "[data-k]", "div > p", "*", ".none, .y"]
        {
            assert!(doc.may_hold(&Selector::parse(css).unwrap()), "{css}");
        }
        let others = ["#b", ".z", "section", "[data-long]", ".article-body__paragraph"];
        assert!(others.iter().filter(|css| doc.may_hold(&Selector::parse(css).unwrap())).count() < 2);
    }

    #[test]
    fn a_selector_finds_by_lists_what_it_finds_by_walking() {
        let rows: String =
            (0..40).map(|n| format!("<li class='a b{n} a' data-number={n}><i>{n}</i>")).collect();
        let doc =
            Document::parse(&format!("<ul id=u>{rows}</ul><template><li class=a></template><b class=a>"));
        let list = doc.first(&Selector::parse("ul").unwrap()).unwrap();
        for css in
            [".a", "li", "b, .b3, #u", ".a .a, .a", "ul > .b7 i", "[data-number='9']", "i:not(.x)", ".q"]
        {
            let selector = Selector::parse(css).unwrap();
            for around in [doc.root(), list] {
                let walked: Vec<_> = around.elements().filter(|node| node.matches(&selector)).collect();
                assert_eq!(around.select(&selector).collect::<Vec<_>>(), walked, "{css}");
            }
        }
    }
}
