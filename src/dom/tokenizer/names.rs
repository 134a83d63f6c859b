//! Names of tags and attributes as the tree builder wants them: atoms, which are looked up in a table of
//! all names, or under a lock. Of the few names that a page has, the last ones are kept here.

use html5ever::LocalName;

use crate::dom::names::number;

/// Places; a page has some 80 names.
const SLOTS: usize = 256;

pub(super) struct Names(Box<[LocalName]>);

impl Default for Names {
    fn default() -> Self {
        Self(vec![LocalName::default(); SLOTS].into())
    }
}

impl Names {
    /// The atom of a name, as it is written in the page.
    pub(super) fn get(&mut self, name: &str) -> LocalName {
        if name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
            return self.find(&name.to_ascii_lowercase().replace('\0', "\u{fffd}"));
        }
        self.find(name)
    }

    fn find(&mut self, name: &str) -> LocalName {
        let kept = &mut self.0[slot(name)];
        if **kept != *name {
            *kept = LocalName::from(name);
        }
        kept.clone()
    }
}

/// Where a name is kept.
fn slot(name: &str) -> usize {
    let number = number(name.as_bytes());
    let folded = (number as u64) ^ ((number >> 64) as u64) ^ (name.len() as u64);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOTS.ilog2())) as usize
}
