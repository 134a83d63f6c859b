//! Text folded for comparison.

use unicode_normalization::UnicodeNormalization;

use crate::model::{is_composed, is_letter_or_digit, is_tidy_ascii};

/// The words of a line, folded: compatibility forms and case are gone, and so are the marks around
/// each word, asterisks included, so that `Email*` and `email` are one word.
pub(super) fn folded(line: &str) -> Vec<String> {
    if line.is_ascii() {
        let words = line.split_whitespace().map(|word| word.trim_matches(is_mark));
        return words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    }
    let line: String = if line.chars().all(is_settled) {
        line.chars().flat_map(char::to_lowercase).collect()
    } else {
        line.nfkc().filter(|&c| !is_invisible(c)).flat_map(char::to_lowercase).collect()
    };
    line.split_whitespace()
        .map(|word| word.trim_matches(is_mark).replace('’', "'"))
        .filter(|word| !word.is_empty())
        .collect()
}

/// What may stand around a word.
fn is_mark(c: char) -> bool {
    !is_letter_or_digit(c) && c != '%'
}

/// Letters and digits only, folded: two texts that say the same are equal.
pub(super) fn bare(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    if text.chars().all(is_settled) {
        return text.chars().flat_map(char::to_lowercase).filter(|&c| is_letter_or_digit(c)).collect();
    }
    text.nfkc().flat_map(char::to_lowercase).filter(|&c| is_letter_or_digit(c)).collect()
}

/// Whether a text is a [`bare`] one but for that; most are told by their first letters.
pub(super) fn says(text: &str, bare: &str) -> bool {
    let letters = text.nfkc().flat_map(char::to_lowercase).filter(|&c| is_letter_or_digit(c));
    letters.eq(bare.chars())
}

/// Characters that compatibility forms (NFKC) leave as they are, beside one another: ASCII, most Latin
/// letters with their accents in one piece, common dashes and quotation marks.
fn is_settled(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{c0}'..='\u{131}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201e}')
}

/// Unicode NFC, white space folded to single blanks, invisible characters gone. Line breaks stay
/// where `keep_lines` says so (preformatted text).
pub(super) fn tidy(text: &str, keep_lines: bool) -> String {
    if is_tidy_ascii(text) || is_tidy_latin(text) {
        return text.to_owned();
    }
    let seen = text.chars().filter(|&c| !is_invisible(c));
    if is_composed(text, is_invisible) {
        folded_blanks(seen, text.len(), keep_lines)
    } else {
        folded_blanks(seen.nfc(), text.len(), keep_lines)
    }
}

/// Whether a text is of Latin letters and typographic marks with single blanks between words: there is
/// nothing to tidy.
fn is_tidy_latin(text: &str) -> bool {
    let mut blank = true;
    for c in text.chars() {
        let is_blank = c == ' ';
        let is_plain =
            matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}');
        if !is_plain || is_blank && blank {
            return false;
        }
        blank = is_blank;
    }
    !blank
}

fn folded_blanks(text: impl Iterator<Item = char>, size: usize, keep_lines: bool) -> String {
    let mut out = String::with_capacity(size);
    let mut pending = None;
    for c in text {
        if c.is_whitespace() || c.is_control() {
            if keep_lines && c == '\n' {
                pending = Some('\n');
            } else {
                pending = pending.or(Some(' '));
            }
            continue;
        }
        if let Some(blank) = pending.take().filter(|_| !out.is_empty()) {
            out.push(blank);
        }
        out.push(c);
    }
    out
}

/// Soft hyphen, zero-width space, word joiner, byte order mark, object replacement. The zero-width
/// joiners stay: Persian and Hindi are written with them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_settled_is_its_own_compatibility_form() {
        for c in (0..0x3000).filter_map(char::from_u32).filter(|&c| is_settled(c)) {
            assert!([c].iter().copied().nfkc().eq([c]) && !is_invisible(c), "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_needs_no_tidying_is_known(text in "([a-z ]|[ -\u{180}]|[\u{2008}-\u{2030}]|[\u{410}-\u{44f}]|[\u{300}-\u{330}]|\u{200b}){0,12}") {
            let whole = folded_blanks(text.chars().filter(|&c| !is_invisible(c)).nfc(), text.len(), false);
            assert_eq!(tidy(&text, false), whole, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_text_says_what_it_is_when_bare(text in "([a-zA-Z ,]|\\PC){0,12}", other in "\\PC{0,3}") {
            assert!(says(&text, &bare(&text)));
            assert_eq!(says(&text, &bare(&other)), bare(&text) == bare(&other));
        }
    }

    #[test]
    fn words_are_folded_for_comparison() {
        assert_eq!(folded("  E-Mail* – (WAJIB)  ditandai ＊"), ["e-mail", "wajib", "ditandai"]);
        assert_eq!(bare("“Kami”, kata-nya"), "kamikatanya");
        assert_eq!(tidy(" a\u{a0}\n b\u{ad}c ", false), "a bc");
        assert_eq!(tidy("a \n b", true), "a\nb");
    }
}
