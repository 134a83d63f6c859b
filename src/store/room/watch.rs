//! Ends a question that takes too long.

use super::super::Reader;

/// Ends what a [`Reader`] is doing, from another thread: the question then fails with `busy`.
pub struct Interrupt(rusqlite::InterruptHandle);

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupt")
    }
}

impl Interrupt {
    /// Ends the question that is being answered now; nothing when there is none.
    pub fn now(&self) {
        self.0.interrupt();
    }
}

impl Reader {
    /// What ends this reader's questions.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.db.get_interrupt_handle())
    }
}
