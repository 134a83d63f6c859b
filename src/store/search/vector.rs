//! Texts as PostgreSQL's search takes them: words with their places, folded as SQLite's index folds them.
//!
//! Of scripts without spaces every two characters that stand beside each other are a word, so that a part
//! of what stands between two marks is found as a phrase.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{unspaced, words::is_token};

/// PostgreSQL counts no further; words behind it are found, phrases are not.
const LAST_PLACE: usize = 16_383;
/// Places of one word that PostgreSQL keeps.
const MOST_PLACES: usize = 255;
/// Longer words (bytes) are no words.
const LONGEST: usize = 200;
/// PostgreSQL takes 1 MiB of words a text.
const MOST_BYTES: usize = 800_000;

/// A word of a text, folded, and where it stands there (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current = Word { text: String::new(), from: 0, to: 0 };
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let before = current.text.len();
        let mut parts = false;
        for c in std::iter::once(c).nfd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
            if is_token(c) { current.text.push(c) } else { parts = true }
        }
        if before == 0 && !current.text.is_empty() {
            current.from = at;
        }
        if current.text.len() > before {
            current.to = end;
        }
        if parts {
            finish(&mut words, &mut current);
        }
    }
    finish(&mut words, &mut current);
    words
}

/// Marks that are folded away inside of a word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn finish(words: &mut Vec<Word>, current: &mut Word) {
    let word = std::mem::replace(current, Word { text: String::new(), from: 0, to: 0 });
    if word.text.is_empty() {
        return;
    }
    if !word.text.chars().any(unspaced::is) {
        words.push(word);
        return;
    }
    let chars: Vec<char> = word.text.chars().collect();
    let (from, to) = (word.from, word.to);
    match chars.as_slice() {
        [one] => words.push(Word { text: one.to_string(), from, to }),
        many => words.extend(many.windows(2).map(|pair| Word { text: pair.iter().collect(), from, to })),
    }
}

/// Title and body as a `tsvector`: the title's words weigh A, the body's B.
pub(in crate::store) fn of(title: &str, body: &str) -> String {
    let mut places: BTreeMap<String, Vec<(usize, char)>> = BTreeMap::new();
    let mut bytes = 0;
    let mut put = |words: Vec<Word>, first: usize, weight: char| {
        let mut last = first;
        for (n, word) in words.into_iter().enumerate() {
            last = first + n;
            let known = places.contains_key(&word.text);
            if word.text.len() > LONGEST || (!known && bytes + word.text.len() > MOST_BYTES) {
                continue;
            }
            bytes += if known { 0 } else { word.text.len() };
            let places = places.entry(word.text).or_default();
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
    fn words_are_folded_and_know_their_places() {
        let found = words("Café COVID-19, Ærø");
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["cafe", "covid", "19", "ærø"]);
        assert_eq!(&"Café COVID-19, Ærø"[found[0].from..found[0].to], "Café");
        assert_eq!(&"Café COVID-19, Ærø"[found[3].from..found[3].to], "Ærø");
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        let texts = |text: &str| words(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(texts("日本語、字"), ["日本", "本語", "字"]);
        assert_eq!(texts("ข่าว"), ["ข", "าว"]);
    }

    #[test]
    fn a_vector_names_each_word_once() {
        assert_eq!(of("Harga cabai", "cabai, O'Brien"), "'brien':14B 'cabai':2A,12B 'harga':1A 'o':13B ");
        assert_eq!(of("", ""), "");
    }
}
