//! The words of a text as the search index has them, with their places in it.
//!
//! Of scripts without spaces every two characters that stand beside each other are a word, so that a part
//! of what stands between two marks is found as a phrase.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{unspaced, words::is_token};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'t> {
    /// As it stands there, but for the case of ASCII letters folded already.
    text: Cow<'t, str>,
    /// Where it begins and ends in the text (bytes).
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Word<'_> {
    /// Whether it is a word that is folded.
    pub(super) fn is(&self, folded: &str) -> bool {
        self.text.eq_ignore_ascii_case(folded)
    }

    /// Whether it begins with a word that is folded.
    pub(super) fn begins_with(&self, folded: &str) -> bool {
        self.text.get(..folded.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(folded))
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// It in small letters without accents.
    pub(super) fn folded(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

/// The words of a text in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while at < bytes.len() {
        let from = at;
        while bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
            at += 1;
        }
        match bytes.get(at) {
            // Until a character of ASCII that parts words.
            Some(0x80..) => {
                while bytes.get(at).is_some_and(|byte| !byte.is_ascii() || byte.is_ascii_alphanumeric()) {
                    at += 1;
                }
                fold(&text[from..at], from, &mut words);
            }
            _ if at > from => words.push(Word { text: Cow::Borrowed(&text[from..at]), from, to: at }),
            _ => at += 1,
        }
    }
    words
}

/// The words of a stretch that is not all ASCII, which begins at a place of the text.
fn fold(text: &str, start: usize, words: &mut Vec<Word<'_>>) {
    let mut current = Word { text: Cow::Owned(String::new()), from: 0, to: 0 };
    for (at, c) in text.char_indices() {
        let before = current.len();
        let mut parts = false;
        for c in std::iter::once(c).nfd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
            if is_token(c) { current.text.to_mut().push(c) } else { parts = true }
        }
        if before == 0 && current.len() > 0 {
            current.from = start + at;
        }
        if current.len() > before {
            current.to = start + at + c.len_utf8();
        }
        if parts {
            finish(words, &mut current);
        }
    }
    finish(words, &mut current);
}

/// Marks that are folded away inside of a word.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn finish<'t>(words: &mut Vec<Word<'t>>, current: &mut Word<'t>) {
    let word = std::mem::replace(current, Word { text: Cow::Owned(String::new()), from: 0, to: 0 });
    if word.len() == 0 {
        return;
    }
    if !word.text.chars().any(unspaced::is) {
        words.push(word);
        return;
    }
    let chars: Vec<char> = word.text.chars().collect();
    let (from, to) = (word.from, word.to);
    match chars.as_slice() {
        [_] => words.push(word),
        many => words.extend(many.windows(2).map(|pair| {
            let pair: String = pair.iter().collect();
            Word { text: Cow::Owned(pair), from, to }
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_know_their_places() {
        let found = words("Café COVID-19, Ærø");
        let texts: Vec<String> = found.iter().map(Word::folded).collect();
        assert_eq!(texts, ["cafe", "covid", "19", "ærø"]);
        assert_eq!(&"Café COVID-19, Ærø"[found[0].from..found[0].to], "Café");
        assert_eq!(&"Café COVID-19, Ærø"[found[3].from..found[3].to], "Ærø");
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        let texts = |text: &str| words(text).iter().map(Word::folded).collect::<Vec<_>>();
        assert_eq!(texts("日本語、字"), ["日本", "本語", "字"]);
        assert_eq!(texts("ข่าว"), ["ข", "าว"]);
    }
}
