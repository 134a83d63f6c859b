//! Names: a fixed table of them that is asked thousands of times a page, and those that a page has.

use super::{Key, Node};

/// Slots of a [`NameGroups`]: several times as many as there are names in it.
const SLOTS: usize = 256;
/// The longest name that a [`NameGroups`] holds, in bytes.
pub(super) const LONGEST: usize = 16;

/// A fixed table of at most 150 short names, made by the compiler: of each the groups that it is in, as
/// bits. Names are held as numbers, of which two are compared at once.
#[derive(Debug)]
pub struct NameGroups([(u128, u8); SLOTS]);

impl NameGroups {
    /// A table of groups, each with its bit; names have 1 to 16 bytes.
    #[must_use]
    pub const fn new(mut groups: &[(u8, &[&'static str])]) -> Self {
        let mut slots = [(0, 0); SLOTS];
        while let [(bit, names), rest @ ..] = groups {
            let mut names = *names;
            while let [name, rest @ ..] = names {
                assert!(!name.is_empty() && name.len() <= LONGEST, "a name is empty or too long");
                let number = number(name.as_bytes());
                let mut at = slot(number, SLOTS);
                while slots[at].0 != 0 && slots[at].0 != number {
                    at = (at + 1) % SLOTS;
                }
                slots[at] = (number, slots[at].1 | *bit);
                names = rest;
            }
            groups = rest;
        }
        Self(slots)
    }

    /// The groups that a name is in; 0 for a name that is not in the table.
    #[must_use]
    pub fn of(&self, name: &str) -> u8 {
        let number = number(name.as_bytes());
        let mut at = slot(number, SLOTS);
        while self.0[at].0 != 0 {
            if self.0[at].0 == number {
                return if name.len() <= LONGEST { self.0[at].1 } else { 0 };
            }
            at = (at + 1) % SLOTS;
        }
        0
    }
}

/// Where a name is looked for first in a table of so many slots, a power of two.
pub(super) const fn slot(number: u128, slots: usize) -> usize {
    let folded = (number as u64) ^ ((number >> 64) as u64);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - slots.ilog2())) as usize
}

/// The first 16 bytes of a name as a number, the first byte lowest. Read in two overlapping pieces, not
/// byte by byte: names are asked for tens of thousands of times a page.
pub(super) const fn number(name: &[u8]) -> u128 {
    let length = if name.len() < LONGEST { name.len() } else { LONGEST };
    let (name, _) = name.split_at(length);
    match length {
        0 => 0,
        1..4 => {
            let (middle, last) = (length / 2, length - 1);
            name[0] as u128 | (name[middle] as u128) << (8 * middle) | (name[last] as u128) << (8 * last)
        }
        4..8 => match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => {
                u32::from_le_bytes(*first) as u128 | (u32::from_le_bytes(*last) as u128) << (8 * (length - 4))
            }
            _ => 0,
        },
        _ => match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => {
                u64::from_le_bytes(*first) as u128 | (u64::from_le_bytes(*last) as u128) << (8 * (length - 8))
            }
            _ => 0,
        },
    }
}

/// Attributes with names of so many bytes (`class`, `href`, `style`) are on every page.
const COMMON: usize = 6;
/// Places of a [`Recent`].
const RECENT: usize = 256;
/// Bits of a [`Seen`].
const BITS: usize = 1 << 14;

/// Which names, classes, identifiers and attributes a page has: it may say yes where the answer is no,
/// and never the other way round. A selector that wants what a page has not need not be tried.
#[derive(Debug)]
pub(super) struct Seen(Box<[u64]>);

impl Default for Seen {
    fn default() -> Self {
        Self(vec![0; BITS / 64].into())
    }
}

/// Classes as they are written, the last ones of each place that [`bit`] names: on most pages few values
/// come again and again.
#[derive(Debug)]
pub(super) struct Recent<'d>(Box<[&'d str]>);

impl Default for Recent<'_> {
    fn default() -> Self {
        Self(vec![""; RECENT].into())
    }
}

impl<'d> Recent<'d> {
    /// Whether a value was met lately; notes it.
    fn has(&mut self, value: &'d str) -> bool {
        let last = &mut self.0[bit(b'v', value) % RECENT];
        std::mem::replace(last, value) == value
    }
}

impl Seen {
    /// Notes what an element has.
    pub(super) fn add<'d>(&mut self, node: Node<'d>, recent: &mut Recent<'d>) {
        self.set(bit(b't', node.name()));
        for (name, value) in node.attrs() {
            if name.len() > COMMON {
                self.set(bit(b'a', name));
            }
            match name {
                "id" => self.set(bit(b'i', value)),
                "class" if !recent.has(value) => {
                    value.split_ascii_whitespace().for_each(|class| self.set(bit(b'c', class)));
                }
                _ => {}
            }
        }
    }

    /// Whether the page may have all that some bits stand for.
    pub(super) fn may_hold(&self, bits: &[u16]) -> bool {
        bits.iter().map(|&bit| usize::from(bit)).all(|bit| self.0[bit / 64] & (1 << (bit % 64)) != 0)
    }

    fn set(&mut self, bit: usize) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }
}

/// The bit that stands for what a part of a selector wants; none for what any page has.
pub(super) fn bit_of(key: &Key) -> Option<u16> {
    let bit = match key {
        Key::Any => return None,
        Key::Attr(name) if name.len() <= COMMON => return None,
        Key::Tag(name) => bit(b't', name),
        Key::Attr(name) => bit(b'a', name),
        Key::Id(id) => bit(b'i', id),
        Key::Class(class) => bit(b'c', class),
    };
    u16::try_from(bit).ok()
}

/// A bit for a name, by its first and its last eight bytes and its length.
fn bit(kind: u8, name: &str) -> usize {
    let bytes = name.as_bytes();
    let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |word, &b| word << 8 | u64::from(b)), 0),
    };
    let mixed = (first ^ last.rotate_left(29) ^ (bytes.len() as u64) << 7 ^ u64::from(kind))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (64 - BITS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::{Document, Selector};

    #[test]
    fn a_table_holds_its_names_and_no_others() {
        const LETTERS: &[&str] = &["div", "p", "vid", "dav", "figcaption", "annotation-xmlns"];
        static TABLE: NameGroups = NameGroups::new(&[(1, LETTERS), (2, &["p", "br"])]);
        for (name, groups) in [
            ("div", 1),
            ("p", 3),
            ("vid", 1),
            ("dav", 1),
            ("br", 2),
            ("di", 0),
            ("", 0),
            ("x-y", 0),
            ("figcaption", 1),
            ("figcaptions", 0),
            ("figcaptioo", 0),
            ("annotation-xmlns", 1),
            ("annotation-xmlns2", 0),
        ] {
            assert_eq!(TABLE.of(name), groups, "{name}");
        }
    }

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
}
