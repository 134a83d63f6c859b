//! Where the words that were looked for stand in a text: what FTS5's `highlight` and `snippet` tell.

use std::collections::HashSet;

use super::vector::{Word, words};

/// Words of a snippet.
const WIDTH: usize = 24;

/// Words that are marked, folded.
#[derive(Debug, Default)]
pub(super) struct Marks {
    words: HashSet<String>,
    /// Whether words that only begin so are marked, too.
    pub(super) prefixes: bool,
}

impl Marks {
    pub(super) fn add(&mut self, text: &str) {
        self.words.extend(words(text).into_iter().map(|word| word.text));
    }

    fn holds(&self, word: &Word) -> bool {
        self.words.contains(&word.text)
            || self.prefixes && self.words.iter().any(|known| word.text.starts_with(known.as_str()))
    }

    /// A whole text, cut at its marks.
    pub(super) fn whole(&self, text: &str) -> Vec<(String, bool)> {
        self.cut(text, &words(text), 0, text.len())
    }

    /// The part of a text in which most of the words stand, and the marks in it.
    pub(super) fn snippet(&self, text: &str) -> Vec<(String, bool)> {
        let words = words(text);
        let first = self.best(&words);
        let part = &words[first.min(words.len())..(first + WIDTH).min(words.len())];
        let (Some(open), Some(close)) = (part.first(), part.last()) else { return Vec::new() };
        let from = if first == 0 { 0 } else { open.from };
        let to = if first + WIDTH >= words.len() { text.len() } else { close.to };
        let mut pieces = self.cut(text, part, from, to);
        if first > 0 {
            pieces.insert(0, ("…".to_owned(), false));
        }
        if to < text.len() {
            pieces.push(("…".to_owned(), false));
        }
        pieces
    }

    /// The word that the best window begins with: most different words, then the earliest.
    fn best(&self, words: &[Word]) -> usize {
        let places: Vec<usize> = (0..words.len()).filter(|at| self.holds(&words[*at])).collect();
        let mut best = (0, 0);
        for (n, start) in places.iter().enumerate() {
            let inside = places[n..].iter().take_while(|at| **at < start + WIDTH);
            let different = inside.map(|at| words[*at].text.as_str()).collect::<HashSet<_>>().len();
            if different > best.0 {
                best = (different, *start);
            }
        }
        // Some words before it, and none behind the end.
        best.1.saturating_sub(WIDTH / 4).min(words.len().saturating_sub(WIDTH))
    }

    fn cut(&self, text: &str, words: &[Word], from: usize, to: usize) -> Vec<(String, bool)> {
        let mut pieces: Vec<(String, bool)> = Vec::new();
        let mut put = |text: &str, marked: bool| {
            if !text.is_empty() {
                pieces.push((text.replace('\n', " "), marked));
            }
        };
        let mut at = from;
        for word in words.iter().filter(|word| self.holds(word)) {
            // Pairs of characters overlap.
            if word.to > at {
                let start = word.from.max(at);
                put(&text[at..start], false);
                put(&text[start..word.to], true);
                at = word.to;
            }
        }
        put(&text[at..to.max(at)], false);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(words: &str) -> Marks {
        let mut marks = Marks::default();
        marks.add(words);
        marks
    }

    #[test]
    fn found_words_are_marked() {
        let piece = |text: &str, hit| (text.to_owned(), hit);
        assert_eq!(
            marks("cafe naik").whole("Harga Café\nnaik."),
            [
                piece("Harga ", false),
                piece("Café", true),
                piece(" ", false),
                piece("naik", true),
                piece(".", false)
            ]
        );
        assert_eq!(marks("x").whole(""), []);
    }

    #[test]
    fn a_snippet_is_cut_around_them() {
        let text = format!("{}cabai naik{}", "a b c d e f g h i j ".repeat(5), " z y x w v u".repeat(6));
        let snippet = marks("cabai naik").snippet(&text);
        assert_eq!(snippet.first().unwrap(), &("…".to_owned(), false));
        assert_eq!(snippet.last().unwrap(), &("…".to_owned(), false));
        assert_eq!(snippet.iter().filter(|(_, hit)| *hit).count(), 2);
        let short = marks("cabai").snippet("Harga cabai.");
        assert_eq!(short.len(), 3, "{short:?}");
    }
}
