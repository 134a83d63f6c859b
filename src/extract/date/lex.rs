//! Cuts a text into numbers, words and marks.

use std::iter::Peekable;

/// A piece of a text that may hold a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and how many digits it was written with.
    Number(u64, u8),
    /// A word, in lower case.
    Word(String),
    /// Any other character that is no blank.
    Mark(char),
}

/// A token and whether white space stands before it.
#[derive(Debug, Clone)]
pub(super) struct Lexed {
    pub(super) token: Token,
    pub(super) spaced: bool,
}

impl Lexed {
    pub(super) fn word(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<(u64, u8)> {
        match self.token {
            Token::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn is(&self, mark: char) -> bool {
        self.token == Token::Mark(mark)
    }
}

/// The most characters of a text that are looked at: a date line is short.
const LONGEST: usize = 400;

/// Cuts a text into tokens; full-width, Arabic and Indic digits count as digits.
pub(super) fn lex(text: &str) -> Vec<Lexed> {
    let mut out: Vec<Lexed> = Vec::new();
    let mut spaced = false;
    let mut chars = text.chars().take(LONGEST).peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' {
            spaced = true;
            continue;
        }
        let token = match digit(c) {
            Some(first) => number(first, &mut chars),
            None if is_letter(c) => word(c, &mut chars),
            None => Token::Mark(mark(c)),
        };
        out.push(Lexed { token, spaced });
        spaced = false;
    }
    out
}

/// A number whose first digit is read.
fn number(first: u64, rest: &mut Peekable<impl Iterator<Item = char>>) -> Token {
    let (mut value, mut digits) = (first, 1u8);
    while let Some(next) = rest.next_if(|&c| digit(c).is_some()).and_then(digit) {
        value = value.saturating_mul(10).saturating_add(next);
        digits = digits.saturating_add(1);
    }
    Token::Number(value, digits)
}

/// A word whose first letter is read.
fn word(first: char, rest: &mut Peekable<impl Iterator<Item = char>>) -> Token {
    let mut word: String = first.to_lowercase().collect();
    while let Some(next) = rest.next_if(|&c| is_letter(c) || matches!(c, '\'' | '’')) {
        word.extend(next.to_lowercase().map(|c| if c == '’' { '\'' } else { c }));
    }
    // `i̇` of the Turkish capital İ
    Token::Word(word.replace('\u{307}', ""))
}

/// A mark in the shape that it has in ASCII.
const fn mark(c: char) -> char {
    match c {
        '：' => ':',
        '／' => '/',
        '．' => '.',
        '－' | '–' | '—' | '−' | '‑' => '-',
        c => c,
    }
}

/// Letters, and the marks that belong to them in Indic scripts and Thai.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{963}' | '\u{981}'..='\u{9e3}' | '\u{e31}'..='\u{e4e}')
}

fn digit(c: char) -> Option<u64> {
    const ZEROS: [char; 7] = ['0', '٠', '۰', '०', '০', '๐', '０'];
    ZEROS.iter().find_map(|&zero| {
        let value = (c as u32).checked_sub(zero as u32)?;
        (value < 10).then_some(u64::from(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_digits() {
        assert_eq!(lex("١٢")[0].token, Token::Number(12, 2));
        assert_eq!(lex("２０日")[0].token, Token::Number(20, 2));
        assert_eq!(lex("99999999999999999999999")[0].token, Token::Number(u64::MAX, 23));
    }
}
