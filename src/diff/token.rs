//! Text to pieces: the smallest things that a diff may call changed.
//!
//! Words follow UAX #29 in spirit, with what news needs: a number, a date or a time is one piece
//! with all its digits, separators, sign, currency and percent sign; hyphenated words are one;
//! scripts that put no blanks between words go by character. Blanks are no pieces: each piece knows
//! whether one stands before it. Dashes and quotation marks of all shapes are treated alike, so
//! that a change of shape never moves a boundary.

use std::borrow::Cow;

use crate::model::{canonical_text, readable_text};

use super::script::{self, Class};

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// Holds a digit.
    Number,
    /// A mark or symbol.
    Mark,
    /// The end of a paragraph, inside an edit that spans several.
    Break,
}

/// One piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// As shown.
    pub text: String,
    /// As compared; `None` when it is the shown text.
    key: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Whether a blank stands before it.
    pub space: bool,
}

impl Piece {
    /// As compared.
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.text)
    }

    /// Whether it counts as a word.
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// The end of a paragraph.
    pub fn paragraph_break() -> Self {
        Self { text: "\n\n".to_owned(), key: None, kind: Kind::Break, space: false }
    }
}

/// The pieces of a text.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let text = readable(text);
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut scan = Scan { text: &text, chars: &chars };
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut space = false;
    while let Some(c) = scan.char(at) {
        if c == ' ' {
            space = true;
            at += 1;
            continue;
        }
        let (end, kind) = scan.piece(at);
        let shown = scan.slice(at, end);
        let key = if shown.is_ascii() { None } else { Some(canonical_text(shown)).filter(|k| k != shown) };
        out.push(Piece { text: shown.to_owned(), key, kind, space });
        space = false;
        at = end;
    }
    out
}

/// Most news text is tidy already: no copy then.
fn readable(text: &str) -> Cow<'_, str> {
    let plain = text.bytes().all(|b| (0x20..0x7f).contains(&b))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ');
    if plain { Cow::Borrowed(text) } else { Cow::Owned(readable_text(text)) }
}

struct Scan<'a> {
    text: &'a str,
    chars: &'a [(usize, char)],
}

impl Scan<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).map(|&(_, c)| c)
    }

    fn class(&self, at: usize) -> Class {
        self.char(at).map_or(Class::Blank, script::class)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        let byte = |at: usize| self.chars.get(at).map_or(self.text.len(), |&(byte, _)| byte);
        &self.text[byte(from)..byte(to)]
    }

    /// The piece that starts at `at`, which is no blank: its end and kind.
    fn piece(&mut self, at: usize) -> (usize, Kind) {
        match self.class(at) {
            Class::Unspaced => (self.marks(at + 1), Kind::Word),
            Class::HanNumeral => (self.run(at, Class::HanNumeral), Kind::Number),
            Class::Letter | Class::Digit | Class::Mark => self.word(at),
            Class::Currency | Class::Sign | Class::Dash | Class::Hash | Class::Dot if self.leads(at) => {
                self.word(at)
            }
            _ => (self.repeat(at), Kind::Mark),
        }
    }

    /// Whether the symbol at `at` belongs to the word or number behind it: `$5`, `-3`, `.5`, `#kata`.
    fn leads(&self, at: usize) -> bool {
        let next = self.class(at + 1);
        let free = at == 0 || matches!(self.class(at - 1), Class::Blank | Class::Open | Class::Quote);
        match self.class(at) {
            Class::Currency => next == Class::Digit,
            Class::Sign | Class::Dash => {
                free && (next == Class::Digit
                    || next == Class::Currency && self.class(at + 2) == Class::Digit)
            }
            Class::Dot => free && next == Class::Digit,
            Class::Hash => free && matches!(next, Class::Letter | Class::Digit),
            _ => false,
        }
    }

    fn word(&self, start: usize) -> (usize, Kind) {
        let mut at = start + 1;
        loop {
            match self.class(at) {
                Class::Letter | Class::Digit | Class::Mark => at += 1,
                _ if self.joins(start, at) => at += 1,
                _ => break,
            }
        }
        at = self.thousands(start, at);
        let number = (start..at).any(|i| self.class(i) == Class::Digit);
        (at, if number { Kind::Number } else { Kind::Word })
    }

    /// Whether the mark at `at` stands inside a word or number that started at `start`.
    fn joins(&self, start: usize, at: usize) -> bool {
        let digit = |i: usize| self.class(i) == Class::Digit;
        let letter = |i: usize| matches!(self.class(i), Class::Letter | Class::Mark);
        let Some(c) = self.char(at) else { return false };
        // What follows a number at once is its unit, and a unit may be followed by more digits.
        let after_digit = digit(at - 1) || matches!(self.class(at - 1), Class::Unit);
        let (before, after) = (after_digit || letter(at - 1), digit(at + 1) || letter(at + 1));
        match self.class(at) {
            Class::Unit => after_digit,
            Class::Currency => digit(at - 1) || digit(at + 1),
            Class::Sign => after_digit && (c == '+' || digit(at + 1)),
            Class::Dash => {
                after_digit && (digit(at + 1) || self.class(at + 1) == Class::Currency)
                    || before && after && !matches!(c, '\u{2014}' | '\u{2015}')
            }
            Class::Dot => {
                digit(at - 1) && digit(at + 1)
                    || letter(at - 1) && digit(at + 1)
                    || letter(at - 1) && letter(at + 1) && !self.sentence_end(start, at)
            }
            Class::Comma | Class::Colon => digit(at - 1) && digit(at + 1),
            Class::Slash => before && after && (digit(at - 1) || digit(at + 1)),
            Class::Apostrophe | Class::Ampersand => before && after,
            _ => false,
        }
    }

    /// `selesai.Kemudian`: a forgotten blank, not a name with dots.
    fn sentence_end(&self, start: usize, dot: usize) -> bool {
        let upper = self.char(dot + 1).is_some_and(char::is_uppercase);
        let lower = dot > start && self.char(dot - 1).is_some_and(char::is_lowercase);
        upper && lower
    }

    /// `1 000 000`: groups of three behind a number of one to three digits belong to it.
    fn thousands(&self, start: usize, end: usize) -> usize {
        let first = (start..end).skip_while(|&i| self.class(i) != Class::Digit);
        let digits = first.clone().count();
        let zero = first.clone().next().and_then(|i| self.char(i)) == Some('0');
        if digits == 0 || digits > 3 || zero || !first.clone().all(|i| self.class(i) == Class::Digit) {
            return end;
        }
        let mut at = end;
        while self.char(at) == Some(' ')
            && (at + 1..at + 4).all(|i| self.class(i) == Class::Digit)
            && !matches!(
                self.class(at + 4),
                Class::Digit | Class::Letter | Class::Dash | Class::Slash | Class::Colon
            )
        {
            at += 4;
        }
        // A decimal part behind the last group: `1 000,5`.
        if at > end
            && matches!(self.class(at), Class::Dot | Class::Comma)
            && self.class(at + 1) == Class::Digit
        {
            at = self.run(at + 1, Class::Digit);
        }
        at
    }

    fn run(&self, mut at: usize, class: Class) -> usize {
        while self.class(at) == class {
            at += 1;
        }
        at
    }

    fn marks(&self, at: usize) -> usize {
        self.run(at, Class::Mark)
    }

    /// The same mark again and again is one: `...`, `!!`. Quotation marks each stand alone.
    fn repeat(&self, start: usize) -> usize {
        let first = self.char(start);
        let mut at = start + 1;
        if !matches!(self.class(start), Class::Quote | Class::Apostrophe | Class::Open) {
            while self.char(at) == first {
                at += 1;
            }
        }
        self.marks(at)
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
