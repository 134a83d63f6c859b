//! Texts as PostgreSQL's search takes them: words with their places, folded as SQLite's index folds them.

use std::collections::BTreeMap;

use super::tokens::{Word, words};

/// PostgreSQL counts no further; words behind it are found, phrases are not.
const LAST_PLACE: usize = 16_383;
/// Places of one word that PostgreSQL keeps.
const MOST_PLACES: usize = 255;
/// Longer words (bytes) are no words.
const LONGEST: usize = 200;
/// PostgreSQL takes 1 MiB of words a text.
const MOST_BYTES: usize = 800_000;

/// Title and body as a `tsvector`: the title's words weigh A, the body's B.
pub(in crate::store) fn of(title: &str, body: &str) -> String {
    let mut places: BTreeMap<String, Vec<(usize, char)>> = BTreeMap::new();
    let mut bytes = 0;
    let mut put = |words: Vec<Word<'_>>, first: usize, weight: char| {
        let mut last = first;
        for (n, word) in words.into_iter().enumerate() {
            last = first + n;
            let word = word.folded();
            let known = places.contains_key(&word);
            if word.len() > LONGEST || (!known && bytes + word.len() > MOST_BYTES) {
                continue;
            }
            bytes += if known { 0 } else { word.len() };
            let places = places.entry(word).or_default();
            if places.len() < MOST_PLACES {
                places.push((last.min(LAST_PLACE), weight));
            }
        }
        last
    };
    let title = put(words(title), 1, 'A');
    // No phrase leads from the title into the body.
    put(words(body), title + 10, 'B');
    let mut vector = String::with_capacity(bytes * 2);
    for (word, places) in places {
        let list: Vec<String> = places.iter().map(|(at, weight)| format!("{at}{weight}")).collect();
        vector.push_str(&format!("'{word}':{} ", list.join(",")));
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_names_each_word_once() {
        assert_eq!(of("Harga cabai", "cabai, O'Brien"), "'brien':14B 'cabai':2A,12B 'harga':1A 'o':13B ");
        assert_eq!(of("", ""), "");
    }
}
