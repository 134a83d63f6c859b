//! A fast hash for maps whose keys come off pages, thousands of times a page.
//!
//! Folded multiplication, as in wyhash, with a secret of this process: who writes a page cannot choose
//! names that all fall together.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

/// A map whose keys come off a page.
pub type FastMap<K, V> = HashMap<K, V, FastState>;

static SECRET: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0u8) | 1);

/// Makes [`FastHasher`]s.
#[derive(Debug, Clone, Copy)]
pub struct FastState(u64);

impl Default for FastState {
    fn default() -> Self {
        Self(*SECRET)
    }
}

impl BuildHasher for FastState {
    type Hasher = FastHasher;

    fn build_hasher(&self) -> FastHasher {
        FastHasher { state: self.0, secret: self.0 }
    }
}

/// The hash of some bytes, eight at a time.
#[derive(Debug, Clone, Copy)]
pub struct FastHasher {
    state: u64,
    secret: u64,
}

impl FastHasher {
    fn add(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.secret ^ 0x9e37_79b9_7f4a_7c15);
        #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
        let folded = (product as u64) ^ ((product >> 64) as u64);
        self.state = folded.rotate_left(23);
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        words.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        let mut last = [0u8; 8];
        last[..rest.len()].copy_from_slice(rest);
        // The length keeps a rest of zeros apart from none.
        self.add(u64::from_le_bytes(last) ^ ((bytes.len() as u64) << 56));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn write_u32(&mut self, word: u32) {
        self.add(word.into());
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_usize(&mut self, word: usize) {
        self.add(word as u64);
    }

    fn finish(&self) -> u64 {
        let mut last = *self;
        last.add(0x2545_f491_4f6c_dd1d);
        last.state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_hash_apart() {
        let state = FastState::default();
        let texts = (0..5000).map(|n| format!("nama-{n}")).chain((0..40).map(|n| "\0".repeat(n)));
        let hashes: std::collections::HashSet<u64> = texts.map(|text| state.hash_one(text)).collect();
        assert_eq!(hashes.len(), 5040);
        // Maps look at the lowest and at the highest bits.
        let low: std::collections::HashSet<u64> = (0..512u64).map(|n| state.hash_one(n) & 0xfff).collect();
        assert!(low.len() > 400, "{}", low.len());
    }
}
