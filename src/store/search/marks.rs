//! Where what was looked for stands in a text: what FTS5's `highlight` and `snippet` tell.

use std::collections::HashSet;
use std::ops::Range;

use super::tokens::{Word, words};

/// Words of a snippet.
const WIDTH: usize = 24;

/// What is marked: words and phrases.
#[derive(Debug, Default)]
pub(super) struct Marks {
    forms: Vec<Form>,
    /// Of how many terms they are forms.
    pub(super) terms: usize,
    /// Whether words that only begin so are marked, too.
    pub(super) prefixes: bool,
    /// The lengths of their first words, a bit each: most words of a text have another.
    lengths: u64,
}

/// One of the forms of a term.
#[derive(Debug)]
struct Form {
    first: String,
    /// The words behind the first.
    rest: Vec<String>,
    /// The number of its term.
    term: usize,
}

impl Form {
    /// Whether its other words stand where its first does.
    fn goes_on(&self, behind: &[Word<'_>]) -> bool {
        self.rest.len() <= behind.len() && self.rest.iter().zip(behind).all(|(a, b)| b.is(a))
    }
}

/// A find in a text.
#[derive(Debug)]
pub(super) struct Place {
    /// Its words.
    pub(super) words: Range<usize>,
    /// What was found.
    pub(super) term: usize,
}

impl Marks {
    /// The next term: one of these forms, each a word or a phrase.
    pub(super) fn add<'a>(&mut self, forms: impl IntoIterator<Item = &'a str>) {
        for form in forms {
            let mut rest = words(form).into_iter().map(|word| word.folded());
            let Some(first) = rest.next() else { continue };
            self.lengths |= bit(first.len());
            self.forms.push(Form { first, rest: rest.collect(), term: self.terms });
        }
        self.terms += 1;
    }

    /// Whether all is one word, in whatever form.
    pub(super) fn are_one_word(&self) -> bool {
        self.terms == 1 && self.forms.iter().all(|form| form.rest.is_empty())
    }

    /// Where they stand, the longest at each place.
    pub(super) fn places(&self, words: &[Word<'_>]) -> Vec<Place> {
        let at = |n: usize| self.longest(&words[n..]).map(|(long, term)| Place { words: n..n + long, term });
        (0..words.len()).filter_map(at).collect()
    }

    /// The form that a text begins with: how many words it has, and its term.
    fn longest(&self, words: &[Word<'_>]) -> Option<(usize, usize)> {
        let (first, behind) = words.split_first()?;
        if !self.prefixes && self.lengths & bit(first.len()) == 0 {
            return None;
        }
        let begun = |form: &&Form| {
            (first.is(&form.first) || self.prefixes && first.begins_with(&form.first)) && form.goes_on(behind)
        };
        let found = self.forms.iter().filter(begun).max_by_key(|form| form.rest.len());
        found.map(|form| (form.rest.len() + 1, form.term))
    }

    /// Whether of each term a form stands in one of the texts.
    pub(super) fn all_stand_in<'t>(&self, texts: impl IntoIterator<Item = Vec<Word<'t>>>) -> bool {
        let mut stands = vec![false; self.terms];
        for words in texts {
            for (n, first) in words.iter().enumerate().filter(|(_, word)| self.lengths & bit(word.len()) != 0)
            {
                let here = |form: &&Form| first.is(&form.first) && form.goes_on(&words[n + 1..]);
                self.forms.iter().filter(here).for_each(|form| stands[form.term] = true);
            }
        }
        stands.into_iter().all(|stands| stands)
    }

    /// A whole text, cut at its marks.
    pub(super) fn whole(&self, text: &str) -> Vec<(String, bool)> {
        let words = words(text);
        cut(text, &words, &self.places(&words), 0, text.len())
    }

    /// The part of a text in which most of what is marked stands, and the marks in it.
    pub(super) fn snippet(&self, text: &str) -> Vec<(String, bool)> {
        let words = words(text);
        let places = self.places(&words);
        let first = best(&places, words.len());
        let last = (first + WIDTH).min(words.len());
        let (Some(open), Some(close)) = (words.get(first), words[..last].last()) else { return Vec::new() };
        let from = if first == 0 { 0 } else { open.from };
        let to = if last == words.len() { text.len() } else { close.to };
        let inside = |place: &&Place| place.words.start >= first && place.words.end <= last;
        let shown: Vec<&Place> = places.iter().filter(inside).collect();
        let mut pieces = cut(text, &words, shown, from, to);
        if first > 0 {
            pieces.insert(0, ("…".to_owned(), false));
        }
        if to < text.len() {
            pieces.push(("…".to_owned(), false));
        }
        pieces
    }
}

/// A bit of its own for a length, but for very long ones.
fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// The word that the best window begins with: most different terms, then the earliest.
fn best(places: &[Place], words: usize) -> usize {
    let mut best = (0, 0);
    for (n, Place { words, .. }) in places.iter().enumerate() {
        let inside = places[n..].iter().take_while(|place| place.words.end <= words.start + WIDTH);
        let different = inside.map(|place| place.term).collect::<HashSet<_>>().len();
        if different > best.0 {
            best = (different, words.start);
        }
    }
    // Some words before it, and none behind the end.
    best.1.saturating_sub(WIDTH / 4).min(words.saturating_sub(WIDTH))
}

fn cut<'a>(
    text: &str,
    words: &[Word<'_>],
    places: impl IntoIterator<Item = &'a Place>,
    from: usize,
    to: usize,
) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    let mut put = |text: &str, marked: bool| {
        if !text.is_empty() {
            pieces.push((text.replace('\n', " "), marked));
        }
    };
    let mut at = from;
    for Place { words: place, .. } in places {
        let (start, end) = (words[place.start].from, words[place.end - 1].to);
        // Pairs of characters overlap, and so may phrases.
        if end > at {
            put(&text[at..start.max(at)], false);
            put(&text[start.max(at)..end], true);
            at = end;
        }
    }
    put(&text[at..to.max(at)], false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(words: &str) -> Marks {
        let mut marks = Marks::default();
        words.split(' ').for_each(|word| marks.add([word]));
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
    fn a_phrase_is_marked_where_its_words_follow_each_other() {
        let mut marks = Marks::default();
        marks.add(["harga beras", "beras"]);
        let marked = |text: &str| -> Vec<String> {
            marks.whole(text).into_iter().filter(|(_, hit)| *hit).map(|(text, _)| text).collect()
        };
        assert_eq!(marked("Harga beras dan beras, harga jagung"), ["Harga beras", "beras"]);
        assert_eq!(marked("harga"), [""; 0]);
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
