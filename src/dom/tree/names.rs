//! The names of a page's elements, each once.

use std::cell::{Cell, OnceCell};

use html5ever::interface::ElemName;
use html5ever::{LocalName, Namespace};

use crate::dom::index;

/// Names in one part of the table.
const PART: usize = 128;
/// Places where a name is looked for first; a power of two.
const PLACES: usize = 256;

/// The name of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::dom) struct Name {
    pub(in crate::dom) namespace: Namespace,
    pub(in crate::dom) local: LocalName,
    /// What selectors look for it by.
    pub(in crate::dom) bit: u16,
}

impl ElemName for &Name {
    fn ns(&self) -> &Namespace {
        &self.namespace
    }

    fn local_name(&self) -> &LocalName {
        &self.local
    }
}

/// The names met so far. They stay where they are while more come, so that whoever builds the tree can
/// hold on to them.
#[derive(Debug)]
pub(in crate::dom) struct Names {
    first: Part,
    count: Cell<usize>,
    /// The number of the name that was last found at each place.
    places: [Cell<u32>; PLACES],
}

#[derive(Debug)]
struct Part {
    names: [OnceCell<Name>; PART],
    next: OnceCell<Box<Self>>,
}

impl Default for Part {
    fn default() -> Self {
        Self { names: [const { OnceCell::new() }; PART], next: OnceCell::new() }
    }
}

impl Default for Names {
    fn default() -> Self {
        let names =
            Self { first: Part::default(), count: Cell::new(0), places: [const { Cell::new(0) }; PLACES] };
        // The first is that of what has none.
        names.add(Name::default());
        names
    }
}

impl Names {
    /// The name of what has none.
    pub(super) fn none(&self) -> &Name {
        self.first.names[0].get_or_init(Name::default)
    }

    /// A name and its number.
    pub(super) fn find(&self, namespace: Namespace, local: LocalName) -> (u32, &Name) {
        let mixed = local.get_hash().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = &self.places[(mixed >> (u64::BITS - PLACES.ilog2())) as usize];
        let same = |name: &&Name| name.local == local && name.namespace == namespace;
        if let Some(name) = self.get(place.get() as usize).filter(same) {
            return (place.get(), name);
        }
        let known = (0..self.count.get()).find_map(|at| self.get(at).filter(same).map(|name| (at, name)));
        let (at, name) = known.unwrap_or_else(|| {
            let bit = index::of_name(&local);
            self.add(Name { namespace, local, bit })
        });
        place.set(super::number(at));
        (place.get(), name)
    }

    fn get(&self, at: usize) -> Option<&Name> {
        let mut part = &self.first;
        for _ in 0..at / PART {
            part = part.next.get()?;
        }
        part.names[at % PART].get()
    }

    fn add(&self, name: Name) -> (usize, &Name) {
        let at = self.count.replace(self.count.get() + 1);
        let mut part = &self.first;
        for _ in 0..at / PART {
            part = part.next.get_or_init(Box::default);
        }
        (at, part.names[at % PART].get_or_init(|| name))
    }

    /// All of them, by their numbers.
    pub(super) fn into_list(self) -> Vec<Name> {
        let (mut list, mut part) = (Vec::with_capacity(self.count.get()), Some(self.first));
        while let Some(Part { names, next }) = part {
            list.extend(names.into_iter().map_while(OnceCell::into_inner));
            part = next.into_inner().map(|part| *part);
        }
        list
    }
}
