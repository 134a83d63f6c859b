//! Things that cost something to make, kept by their place in the order of time: the latest so many.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::store::ChangeKey;

/// What is kept.
#[derive(Debug)]
pub struct Kept<T> {
    most: usize,
    inside: Mutex<Inside<T>>,
}

#[derive(Debug)]
struct Inside<T> {
    by_key: HashMap<ChangeKey, Arc<T>>,
    order: VecDeque<ChangeKey>,
}

impl<T> Kept<T> {
    /// Room for so many.
    pub fn new(most: usize) -> Self {
        Self { most, inside: Mutex::new(Inside { by_key: HashMap::new(), order: VecDeque::new() }) }
    }

    /// What is kept by a key.
    pub fn get(&self, key: ChangeKey) -> Option<Arc<T>> {
        self.inside().by_key.get(&key).cloned()
    }

    /// Keeps something; what was kept longest goes for it.
    pub fn put(&self, key: ChangeKey, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut inside = self.inside();
        if inside.by_key.insert(key, Arc::clone(&value)).is_none() {
            inside.order.push_back(key);
        }
        if inside.order.len() > self.most
            && let Some(oldest) = inside.order.pop_front()
        {
            inside.by_key.remove(&oldest);
        }
        value
    }

    fn inside(&self) -> MutexGuard<'_, Inside<T>> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes() {
        let kept = Kept::new(2);
        for n in [1, 2, 2, 3] {
            kept.put(ChangeKey::before(n), n);
        }
        let get = |n| kept.get(ChangeKey::before(n)).map(|n| *n);
        assert_eq!([get(1), get(2), get(3)], [None, Some(2), Some(3)]);
    }
}
