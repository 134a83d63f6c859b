//! Text as it is gathered between two edges of blocks.

use crate::dom::blank;

/// Whether white space holds a blank line.
pub(super) fn is_blank_line(blanks: &str) -> bool {
    blanks.matches('\n').count() > 1
}

/// Splits at the first blank line that has text on both sides.
pub(super) fn at_blank_line(text: &str) -> Option<(&str, &str)> {
    let start = text.len() - text.trim_start().len();
    let mut from = start;
    loop {
        let newline = from + text.get(from..)?.find('\n')?;
        let behind = &text[newline + 1..];
        let line = behind.split('\n').next()?;
        if line.trim().is_empty() && line.len() < behind.len() && !behind.trim().is_empty() {
            return Some((&text[..newline], behind));
        }
        from = newline + 1;
    }
}

/// A line of so many bytes may be a paragraph.
const LONG_LINE: usize = 60;

/// Text that goes on without a block's edge.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    link_chars: usize,
    bold_chars: usize,
    chars: usize,
    blank: bool,
    breaks: usize,
    /// The text so far is the first letter of a word that goes on.
    letter: bool,
    pub(super) preformatted: bool,
}

impl Run {
    pub(super) fn push(&mut self, text: &str, linked: bool, bold: bool) {
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            let blanks = &rest[..rest.len() - word.len()];
            self.blank |= !blanks.is_empty();
            if self.preformatted {
                self.breaks += blanks.matches('\n').count();
            }
            if word.is_empty() {
                return;
            }
            let (words, behind) = word.split_at(blank::find_wide(word));
            self.add(words);
            let chars = words.chars().count() - words.bytes().filter(|b| *b == b' ').count();
            self.link_chars += if linked { chars } else { 0 };
            self.bold_chars += if bold { chars } else { 0 };
            self.chars += chars;
            rest = behind;
        }
    }

    fn add(&mut self, words: &str) {
        if !self.text.is_empty() {
            if self.preformatted && self.breaks > 0 {
                self.text.push('\n');
            } else if self.letter && words.starts_with(char::is_lowercase) {
                // The blank was only to lay the letter out.
            } else if self.blank || self.breaks > 0 {
                self.text.push(' ');
            }
        }
        (self.blank, self.breaks, self.letter) = (false, 0, false);
        self.text.push_str(words);
    }

    pub(super) fn line_break(&mut self) {
        self.breaks += 1;
    }

    /// Two line breaks part paragraphs; one does so behind a long line that ends a sentence. In an
    /// address or a verse it is only a blank.
    pub(super) fn broken(&self) -> bool {
        let sentence = || {
            let end = self.text.trim_end_matches(['"', '”', '“', '\'', '’', '»', ')', ']', '」']);
            self.text.len() >= LONG_LINE && end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।'])
        };
        !self.preformatted && (self.breaks > 1 || (self.breaks == 1 && sentence()))
    }

    /// Whether the text so far is a line of several words, all of them bold.
    pub(super) fn is_bold_line(&self) -> bool {
        self.bold_chars == self.chars && self.breaks == 0 && self.text.contains(' ') && !self.preformatted
    }

    /// Whether the text so far is this letter.
    pub(super) fn is(&self, letter: char) -> bool {
        let mut chars = self.text.chars();
        chars.next() == Some(letter) && chars.next().is_none()
    }

    /// Whether the text so far is one letter.
    pub(super) fn is_letter(&self) -> bool {
        let mut chars = self.text.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    }

    /// The letter belongs to the word behind it, unless it is a word itself ("A man", "I ran").
    pub(super) fn join_letter(&mut self) {
        const WORDS: &str = "AEIOUYWZÀÄÅÖÆØÉ";
        self.letter = !self.text.contains(|c| WORDS.contains(c));
    }

    pub(super) fn take(&mut self) -> (String, usize) {
        (self.blank, self.breaks, self.letter) = (false, 0, false);
        (self.bold_chars, self.chars) = (0, 0);
        (std::mem::take(&mut self.text), std::mem::take(&mut self.link_chars))
    }
}
