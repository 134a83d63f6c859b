//! What a story has said already: a text may stand on a page twice, cut differently.

use std::hash::{BuildHasher, Hasher};

use crate::dom::{FastHasher, FastState};
use crate::extract::overlap::hash_of_run;
use crate::model::is_letter_or_digit;

/// Words in a run.
const RUN: usize = 5;
/// Shorter texts may well stand twice in a story.
const FEWEST: usize = 8;

/// What was said already, as runs of words.
pub(super) struct Said {
    runs: Runs,
    hasher: FastHasher,
    /// The words of the text that is asked for, and its runs.
    words: Vec<u64>,
    asked: Vec<u64>,
}

impl Said {
    /// Nothing yet, of a story of about so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let hasher = FastState::default().build_hasher();
        Self { runs: Runs::of(bytes / 5), hasher, words: Vec::new(), asked: Vec::new() }
    }

    /// Whether a text says something new; notes what it says.
    pub(super) fn is_new(&mut self, text: &str) -> bool {
        self.words.clear();
        self.words.extend(text.split_whitespace().map(|word| hash_of_word(self.hasher, word)));
        self.asked.clear();
        self.asked.extend(self.words.windows(RUN).map(hash_of_run));
        let known = self.asked.iter().filter(|run| self.runs.has(**run)).count();
        let new = self.words.len() < FEWEST || known * 10 < self.asked.len() * 7;
        if new {
            self.asked.iter().for_each(|run| self.runs.add(*run));
        }
        new
    }
}

/// The hash of a word's letters and digits in lower case.
fn hash_of_word(mut hasher: FastHasher, word: &str) -> u64 {
    // Eight letters at a time.
    let (mut eight, mut count) = (0u64, 0u32);
    for b in word.bytes().filter(u8::is_ascii_alphanumeric) {
        eight = eight << 8 | u64::from(b.to_ascii_lowercase());
        count += 1;
        if count % 8 == 0 {
            hasher.write_u64(std::mem::take(&mut eight));
        }
    }
    hasher.write_u64(eight);
    if !word.is_ascii() {
        let others = word.chars().filter(|&c| !c.is_ascii() && is_letter_or_digit(c));
        others.flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c.into()));
        hasher.write_u32(count);
    }
    hasher.finish()
}

/// A set of hashes, each near the slot that its own bits name; 0 is an empty slot.
struct Runs {
    slots: Vec<u64>,
    count: usize,
}

impl Runs {
    fn of(count: usize) -> Self {
        Self { slots: vec![0; (count * 2).next_power_of_two().max(64)], count: 0 }
    }

    /// Where a hash stands, or would.
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the lowest bits are wanted")]
        let mut at = hash as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn has(&self, hash: u64) -> bool {
        self.slots[self.slot(hash)] != 0
    }

    fn add(&mut self, hash: u64) {
        if (self.count + 1) * 2 > self.slots.len() {
            let larger = Self { slots: vec![0; self.slots.len() * 2], count: 0 };
            let old = std::mem::replace(self, larger);
            old.slots.into_iter().filter(|hash| *hash != 0).for_each(|hash| self.add(hash));
        }
        let at = self.slot(hash);
        self.count += usize::from(self.slots[at] == 0);
        self.slots[at] = hash;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_was_said_is_not_new_however_it_is_cut() {
        let words: Vec<String> = (0..400).map(|n| format!("Kata{n}")).collect();
        let mut said = Said::new(10);
        assert!(said.is_new(&words[..300].join(" ")));
        assert!(!said.is_new(&words[100..200].join(", ").to_lowercase()));
        assert!(said.is_new(&words[290..400].join(" ")));
        assert!(said.is_new("Baru.") && said.is_new("Baru."));
    }
}
