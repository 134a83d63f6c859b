//! Text folded for comparison.

use unicode_normalization::UnicodeNormalization;

use crate::model::{is_composed, is_tidy_ascii};

/// The words of a line, folded: compatibility forms and case are gone, and so are the marks around
/// each word, asterisks included, so that `Email*` and `email` are one word.
pub(super) fn folded(line: &str) -> Vec<String> {
    let line: String = if line.is_ascii() {
        line.to_ascii_lowercase()
    } else if line.chars().all(is_settled) {
        line.chars().flat_map(char::to_lowercase).collect()
    } else {
        line.nfkc().filter(|&c| !is_invisible(c)).flat_map(char::to_lowercase).collect()
    };
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%').replace('’', "'"))
        .filter(|word| !word.is_empty())
        .collect()
}

/// Letters and digits only, folded: two texts that say the same are equal.
pub(super) fn bare(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    if text.chars().all(is_settled) {
        return text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    }
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Characters that compatibility forms (NFKC) leave as they are, beside one another: ASCII, most Latin
/// letters with their accents in one piece, common dashes and quotation marks.
fn is_settled(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{c0}'..='\u{131}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201e}')
}

/// Unicode NFC, white space folded to single blanks, invisible characters gone. Line breaks stay
/// where `keep_lines` says so (preformatted text).
pub(super) fn tidy(text: &str, keep_lines: bool) -> String {
    if is_tidy_ascii(text) {
        return text.to_owned();
    }
    let seen = text.chars().filter(|&c| !is_invisible(c));
    if is_composed(text) {
        folded_blanks(seen, text.len(), keep_lines)
    } else {
        folded_blanks(seen.nfc(), text.len(), keep_lines)
    }
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

    #[test]
    fn words_are_folded_for_comparison() {
        assert_eq!(folded("  E-Mail* – (WAJIB)  ditandai ＊"), ["e-mail", "wajib", "ditandai"]);
        assert_eq!(bare("“Kami”, kata-nya"), "kamikatanya");
        assert_eq!(tidy(" a\u{a0}\n b\u{ad}c ", false), "a bc");
        assert_eq!(tidy("a \n b", true), "a\nb");
    }
}
