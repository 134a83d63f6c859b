//! A fixed table of names that is asked thousands of times a page.

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
