//! Names of tags and attributes as the tree builder wants them: atoms, which are looked up in a table of
//! all names, or under a lock. Of the few names that pages have, the last ones are kept here, from page to
//! page.

use std::cell::Cell;

use html5ever::LocalName;

use crate::dom::limits::Called;
use crate::dom::names::{LONGEST, number, slot};

/// Places; a page has some 150 names.
const SLOTS: usize = 512;
/// A longer name (bytes) is not kept for the next page.
const KEPT: usize = 64;

thread_local! {
    /// The names of the last page of this thread.
    static LAST: Cell<Option<Names>> = const { Cell::new(None) };
}

/// A name, and what the limits know of it.
#[derive(Clone, Default)]
struct Kept {
    /// Its first 16 bytes, and how many it has.
    number: u128,
    length: usize,
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
    /// With those of the last page.
    pub(super) fn taken() -> Self {
        LAST.take().unwrap_or_default()
    }

    /// Keeps them for the next page.
    pub(super) fn put_back(mut self) {
        for long in self.0.iter_mut().filter(|kept| kept.length > KEPT) {
            *long = Kept::default();
        }
        LAST.set(Some(self));
    }

    /// The name of an attribute, as it is written in the page.
    pub(super) fn attribute(&mut self, name: &[u8]) -> LocalName {
        self.find(name).atom.clone()
    }

    /// The name of a tag, as it is written in the page.
    pub(super) fn tag(&mut self, name: &[u8]) -> (LocalName, Called) {
        let kept = self.find(name);
        (kept.atom.clone(), kept.called)
    }

    /// The place of a name: its length tells apart those that begin alike.
    fn find(&mut self, name: &[u8]) -> &Kept {
        let number = number(name);
        let kept = &mut self.0[slot(number ^ name.len() as u128, SLOTS)];
        let same = kept.number == number && kept.length == name.len();
        if !same || name.len() > LONGEST && kept.atom.as_bytes() != name {
            // Kept as it is written: in capitals it is another place.
            let lower = String::from_utf8_lossy(name).to_ascii_lowercase().replace('\0', "\u{fffd}");
            let (atom, called) = (LocalName::from(&*lower), Called::of(&lower));
            *kept = Kept { number, length: name.len(), atom, called };
        }
        kept
    }
}
