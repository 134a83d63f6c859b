//! How words are written in the two bodies: a capital in the middle of a sentence makes a name, a
//! small letter anywhere unmakes it.

use std::cell::OnceCell;
use std::collections::HashSet;

/// The words of both bodies; read when the first question comes.
pub(super) struct Seen<'t> {
    paragraphs: Vec<&'t str>,
    words: OnceCell<Words<'t>>,
}

#[derive(Default)]
struct Words<'t> {
    capital: HashSet<&'t str>,
    small: HashSet<&'t str>,
}

impl<'t> Seen<'t> {
    /// Over these paragraphs.
    pub fn of(paragraphs: impl IntoIterator<Item = &'t str>) -> Self {
        Self { paragraphs: paragraphs.into_iter().collect(), words: OnceCell::new() }
    }

    /// Written with a capital in the middle of a sentence, and never without.
    pub fn named(&self, word: &str) -> bool {
        self.words().capital.contains(word) && !self.small(word)
    }

    /// Written with a small letter somewhere.
    pub fn small(&self, word: &str) -> bool {
        self.words().small.contains(word.to_lowercase().as_str())
    }

    fn words(&self) -> &Words<'t> {
        self.words.get_or_init(|| read(&self.paragraphs))
    }
}

fn read<'t>(paragraphs: &[&'t str]) -> Words<'t> {
    let mut words = Words::default();
    for paragraph in paragraphs {
        let mut opens = true;
        for run in paragraph.split_whitespace() {
            let word = run.trim_matches(|c: char| !c.is_alphanumeric());
            let quoted = run.starts_with(|c: char| !c.is_alphanumeric());
            if word.starts_with(char::is_lowercase) {
                words.small.insert(word);
            } else if !opens && !quoted && word.starts_with(char::is_uppercase) {
                words.capital.insert(word);
            }
            if !word.is_empty() {
                let bare = run.trim_end_matches(['"', '\u{201d}', '\'', '\u{2019}', ')']);
                opens = bare.ends_with(['.', '!', '?', ':']);
            }
        }
    }
    words
}
