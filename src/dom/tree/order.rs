//! Brings the nodes of a page into document order, which most of them are in as they come: then what is
//! inside a node is a stretch of the list.

use super::{DOCUMENT, Kind, NONE, Slot, Tree, number};

impl Tree {
    /// Numbers the nodes by their place in the document; what hangs nowhere goes.
    pub(super) fn bring_in_order(&mut self) {
        if !self.mark_ends() {
            let order = self.order();
            self.arrange(&order);
            self.mark_ends();
        }
    }

    /// The node after this one in document order.
    fn after(&self, mut id: u32) -> Option<u32> {
        if self.slot(id).first != NONE {
            return Some(self.slot(id).first);
        }
        while self.slot(id).next == NONE {
            id = self.slot(id).parent;
            if id == NONE {
                return None;
            }
        }
        Some(self.slot(id).next)
    }

    /// Notes where each node ends; false when they stand in another order.
    fn mark_ends(&mut self) -> bool {
        let (mut at, mut count) = (DOCUMENT, 1);
        loop {
            if self.slot(at).first == NONE {
                // What ends here, ends with all that it is the last of.
                while self.slot(at).next == NONE {
                    self.slot_mut(at).end = count;
                    at = self.slot(at).parent;
                    if at == NONE {
                        return count == number(self.nodes.len());
                    }
                }
                self.slot_mut(at).end = count;
                at = self.slot(at).next;
            } else {
                at = self.slot(at).first;
            }
            if at != count {
                return false;
            }
            count += 1;
        }
    }

    /// All nodes that hang in the document, in its order.
    fn order(&self) -> Vec<u32> {
        let mut order = Vec::with_capacity(self.nodes.len());
        let mut next = Some(DOCUMENT);
        while let Some(id) = next {
            order.push(id);
            next = self.after(id);
        }
        order
    }

    /// Puts the nodes into that order.
    fn arrange(&mut self, order: &[u32]) {
        let mut places = vec![NONE; self.nodes.len()];
        for (place, &id) in order.iter().enumerate() {
            places[id as usize] = number(place);
        }
        let place = |id: u32| places.get(id as usize).copied().unwrap_or(NONE);
        let taken = order.iter().map(|&id| {
            let slot = &mut self.nodes[id as usize];
            Slot {
                kind: std::mem::replace(&mut slot.kind, Kind::Fragment),
                parent: place(slot.parent),
                previous: place(slot.previous),
                next: place(slot.next),
                first: place(slot.first),
                last: place(slot.last),
                end: NONE,
            }
        });
        self.nodes = taken.collect();
    }
}
