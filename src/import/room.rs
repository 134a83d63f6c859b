//! Room for so many bytes in memory: who reads ahead waits until what was read is stored.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes in memory, bounded.
#[derive(Debug)]
pub(super) struct Room {
    most: u64,
    /// Bytes taken; none when nobody wants more.
    taken: Mutex<Option<u64>>,
    given: Condvar,
}

impl Room {
    pub(super) fn new(most: u64) -> Self {
        Self { most, taken: Mutex::new(Some(0)), given: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Option<u64>> {
        // Nothing can panic while it is locked; a poisoned count is still a count.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; `false`: nobody wants more. What is larger than all there is gets it alone.
    pub(super) fn take(&self, bytes: u64) -> bool {
        let mut taken = self.lock();
        loop {
            match *taken {
                None => return false,
                Some(now) if now == 0 || now + bytes <= self.most => {
                    *taken = Some(now + bytes);
                    return true;
                }
                Some(_) => taken = self.given.wait(taken).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// Gives room back.
    pub(super) fn give(&self, bytes: u64) {
        let mut taken = self.lock();
        *taken = taken.map(|now| now.saturating_sub(bytes));
        self.given.notify_all();
    }

    /// Nobody wants more.
    pub(super) fn close(&self) {
        *self.lock() = None;
        self.given.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_waits_for_the_other_and_the_largest_still_gets_in() {
        let room = Room::new(10);
        assert!(room.take(50), "alone, whatever its size");
        std::thread::scope(|scope| {
            let other = scope.spawn(|| room.take(5) && room.take(5));
            room.give(50);
            assert!(other.join().unwrap());
            let third = scope.spawn(|| room.take(1));
            room.close();
            assert!(!third.join().unwrap());
        });
    }
}
