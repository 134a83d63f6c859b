//! The names of a page's elements, each once.

use std::cell::{Cell, OnceCell, RefCell};
use std::hash::BuildHasher;

use html5ever::interface::ElemName;
use html5ever::{LocalName, Namespace};

use crate::dom::role::Role;
use crate::dom::{FastMap, FastState, index};

/// Names in the first part of the table; each further part is twice as long.
const FIRST: usize = 128;
/// Parts: more names than a page can have.
const PARTS: usize = 24;
/// Places where a name is looked for first; a power of two.
const PLACES: usize = 256;

/// The name of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::dom) struct Name {
    pub(in crate::dom) namespace: Namespace,
    pub(in crate::dom) local: LocalName,
    /// The same, to be read at once.
    pub(in crate::dom) text: Box<str>,
    /// What selectors look for it by.
    pub(in crate::dom) bit: u16,
    /// What it is to the text around it.
    pub(in crate::dom) role: Role,
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
    none: Name,
    parts: [OnceCell<Part>; PARTS],
    count: Cell<usize>,
    /// The number of the name that was last found at each place.
    places: [Cell<u32>; PLACES],
    /// The numbers of all names by a hash that who writes a page cannot foresee.
    numbers: RefCell<FastMap<u64, u32>>,
}

type Part = Box<[OnceCell<Name>]>;

impl Default for Names {
    fn default() -> Self {
        Self {
            none: Name::default(),
            parts: [const { OnceCell::new() }; PARTS],
            count: Cell::new(0),
            places: [const { Cell::new(0) }; PLACES],
            numbers: RefCell::default(),
        }
    }
}

impl Names {
    /// The name of what has none.
    pub(super) fn none(&self) -> &Name {
        &self.none
    }

    /// A name and its number.
    pub(super) fn find(&self, namespace: Namespace, local: LocalName) -> (u32, &Name) {
        let mixed = local.get_hash().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = &self.places[(mixed >> (u64::BITS - PLACES.ilog2())) as usize];
        let same = |name: &&Name| name.local == local && name.namespace == namespace;
        if let Some(name) = self.get(place.get()).filter(same) {
            return (place.get(), name);
        }
        let hash = FastState::default().hash_one((&*namespace, &*local));
        let known = self.numbers.borrow().get(&hash).copied();
        if let Some((number, name)) =
            known.and_then(|number| self.get(number).filter(same).map(|name| (number, name)))
        {
            place.set(number);
            return (number, name);
        }
        let (bit, role) = (index::of_name(&local), Role::of(&local));
        let text = (*local).into();
        let (number, name) = self.add(Name { namespace, local, text, bit, role });
        self.numbers.borrow_mut().insert(hash, number);
        place.set(number);
        (number, name)
    }

    /// Which part a number belongs to, and where in it.
    const fn part(number: u32) -> (usize, usize) {
        let at = number as usize + FIRST;
        let part = (at / FIRST).ilog2() as usize;
        (part, at - (FIRST << part))
    }

    fn get(&self, number: u32) -> Option<&Name> {
        let (part, at) = Self::part(number);
        self.parts[part].get()?[at].get()
    }

    fn add(&self, name: Name) -> (u32, &Name) {
        let number = super::number(self.count.replace(self.count.get() + 1));
        let (part, at) = Self::part(number);
        let part = self.parts[part].get_or_init(|| (0..FIRST << part).map(|_| OnceCell::new()).collect());
        (number, part[at].get_or_init(|| name))
    }

    /// All of them, by their numbers.
    pub(super) fn into_list(self) -> Vec<Name> {
        let parts = self.parts.into_iter().filter_map(OnceCell::into_inner);
        parts.flat_map(Vec::from).filter_map(OnceCell::into_inner).collect()
    }
}
