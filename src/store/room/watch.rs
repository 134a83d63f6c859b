//! Ends a question that takes too long.

use super::super::Reader;
use super::super::engine;

/// Ends what a [`Reader`] is doing, from another thread: the question then fails with `busy`.
#[derive(Debug)]
pub struct Interrupt(engine::Interrupt);

impl Interrupt {
    /// Ends the question that is being answered now; nothing when there is none.
    pub fn now(&self) {
        self.0.now();
    }
}

impl Reader {
    /// What ends this reader's questions.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.db.interrupt())
    }
}
