//! What the limits took out of a page, as changes of its text: html5ever's own tokenizer, which knows
//! nothing of limits, is given what is left.

use std::ops::Range;

/// Changes of a text, in its order.
#[derive(Debug, Default)]
pub(in crate::dom) struct Cuts(Vec<(Range<usize>, String)>);

impl Cuts {
    /// A stretch is left out.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        self.0.push((range, String::new()));
    }

    /// Something is put in.
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.0.push((at..at, text));
    }

    /// The text after the changes.
    pub(super) fn applied(self, text: &str) -> String {
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for (range, instead) in self.0 {
            out.push_str(&text[from..range.start]);
            if instead.is_empty() && is_open(&out) {
                // Kept apart from what follows; text drops a NUL.
                out.push('\0');
            }
            out.push_str(&instead);
            from = range.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

/// Names of characters have up to 32 letters.
const LONGEST_NAME: usize = 64;

/// Whether a text ends with what may begin a tag or a character reference.
fn is_open(text: &str) -> bool {
    // No name of a character is as long.
    let text = &text[text.floor_char_boundary(text.len().saturating_sub(LONGEST_NAME))..];
    let word = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '/'));
    word.ends_with('&') || text.ends_with(['<', '/']) && word.ends_with('<')
}
