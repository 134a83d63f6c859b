//! The words of a text, as texts are compared by them.

use super::is_letter_or_digit;

/// The words of a text in lower case; in scripts without spaces each character is one.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    each_word(text, |word| out.push(word.to_owned()));
    out
}

/// Shows the words of a text one after another, as [`words`] has them, without keeping any.
pub fn each_word(text: &str, mut show: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            show(word);
            word.clear();
        }
    };
    let mut rest = text;
    loop {
        // Plain letters, all that stand together at once.
        let (plain, other) = rest.split_at(rest.bytes().take_while(u8::is_ascii_alphanumeric).count());
        let from = word.len();
        word.push_str(plain);
        word[from..].make_ascii_lowercase();
        let mut chars = other.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_ascii() {
            end(&mut word);
        } else if is_spaceless(c) {
            end(&mut word);
            word.push(c);
            end(&mut word);
        } else if is_letter_or_digit(c) {
            word.extend(c.to_lowercase());
        } else {
            end(&mut word);
        }
    }
    end(&mut word);
}

/// Whether a character's script says more with each character than letters do, or is written without
/// spaces: kana, Han, Hangul, Thai.
#[must_use]
pub fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{e00}'..='\u{e7f}')
}
