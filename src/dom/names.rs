//! Sets of names: a fixed one that is asked thousands of times a page, and the names that a page has.

use super::{Key, Node};

/// Slots of a [`NameSet`]: several times as many as there are names in it.
const SLOTS: usize = 256;

/// A fixed set of at most 150 short names, made by the compiler.
#[derive(Debug)]
pub struct NameSet([&'static str; SLOTS]);

impl NameSet {
    /// A set of names; none of them is empty.
    #[must_use]
    pub const fn new(mut names: &[&'static str]) -> Self {
        let mut slots = [""; SLOTS];
        while let [name, rest @ ..] = names {
            let mut at = slot(name.as_bytes());
            while !slots[at].is_empty() {
                at = (at + 1) % SLOTS;
            }
            slots[at] = name;
            names = rest;
        }
        Self(slots)
    }

    /// Whether a name is in it.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        let mut at = slot(name.as_bytes());
        while !self.0[at].is_empty() {
            if self.0[at] == name {
                return true;
            }
            at = (at + 1) % SLOTS;
        }
        false
    }
}

/// Where a name is looked for first: by its ends and its length.
const fn slot(name: &[u8]) -> usize {
    let [first, .., last] = name else { return name.len() };
    (*first as usize * 7 + *last as usize * 31 + name.len() * 59) % SLOTS
}

/// Attributes with names of so many bytes (`class`, `href`, `style`) are on every page.
const COMMON: usize = 6;
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

impl Seen {
    /// Notes what an element has.
    pub(super) fn add(&mut self, node: Node<'_>) {
        self.set(bit(b't', node.name()));
        for (name, value) in node.attrs() {
            if name.len() > COMMON {
                self.set(bit(b'a', name));
            }
            match name {
                "id" => self.set(bit(b'i', value)),
                "class" => value.split_ascii_whitespace().for_each(|class| self.set(bit(b'c', class))),
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
    fn a_set_holds_its_names_and_no_others() {
        static SET: NameSet = NameSet::new(&["div", "p", "vid", "dav"]);
        for (name, held) in [
            ("div", true),
            ("p", true),
            ("vid", true),
            ("dav", true),
            ("di", false),
            ("", false),
            ("x-y", false),
        ] {
            assert_eq!(SET.contains(name), held, "{name}");
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
