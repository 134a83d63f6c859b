//! Names of tags and attributes as the tree builder wants them: atoms, which are looked up in a table of
//! all names, or under a lock. Of the few names that a page has, the last ones are kept here.

use std::borrow::Cow;

use html5ever::LocalName;

use crate::dom::limits::Called;
use crate::dom::names::number;

/// Places; a page has some 80 names.
const SLOTS: usize = 256;

/// A name, and what the limits know of it.
#[derive(Clone, Default)]
struct Kept {
    atom: LocalName,
    called: Called,
}

pub(super) struct Names(Box<[Kept]>);

impl Default for Names {
    fn default() -> Self {
        Self(vec![Kept::default(); SLOTS].into())
    }
}

impl Names {
    /// The name of an attribute, as it is written in the page.
    pub(super) fn attribute(&mut self, name: &str) -> LocalName {
        self.find(&lower(name)).atom.clone()
    }

    /// The name of a tag, as it is written in the page.
    pub(super) fn tag(&mut self, name: &str) -> (LocalName, Called) {
        let kept = self.find(&lower(name));
        (kept.atom.clone(), kept.called)
    }

    fn find(&mut self, name: &str) -> &Kept {
        let kept = &mut self.0[slot(name)];
        if *kept.atom != *name {
            *kept = Kept { atom: LocalName::from(name), called: Called::of(name) };
        }
        kept
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        return Cow::Owned(name.to_ascii_lowercase().replace('\0', "\u{fffd}"));
    }
    Cow::Borrowed(name)
}

/// Where a name is kept.
fn slot(name: &str) -> usize {
    let number = number(name.as_bytes());
    let folded = (number as u64) ^ ((number >> 64) as u64) ^ (name.len() as u64);
    (folded.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOTS.ilog2())) as usize
}
