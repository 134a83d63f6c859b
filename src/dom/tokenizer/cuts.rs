//! What the limits took out of a page, as changes of its text: html5ever's own tokenizer, which knows
//! nothing of limits, is given what is left.

use std::ops::Range;

use super::reference;

/// Changes of a text, in its order.
#[derive(Debug, Default)]
pub(in crate::dom) struct Cuts(Vec<Cut>);

#[derive(Debug)]
struct Cut {
    range: Range<usize>,
    instead: String,
    /// Text stands before it, which must not run into what follows.
    behind_text: bool,
}

impl Cuts {
    /// A stretch is left out.
    pub(super) fn cut(&mut self, range: Range<usize>) {
        self.0.push(Cut { range, instead: String::new(), behind_text: true });
    }

    /// The end of a tag is left out.
    pub(super) fn shorten(&mut self, range: Range<usize>) {
        self.0.push(Cut { range, instead: String::new(), behind_text: false });
    }

    /// Something is put in.
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.0.push(Cut { range: at..at, instead: text, behind_text: false });
    }

    /// The text after the changes.
    pub(super) fn applied(self, text: &str) -> String {
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for Cut { range, instead, behind_text } in self.0 {
            out.push_str(&text[from..range.start]);
            if behind_text {
                complete(&mut out);
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

/// Spells the end of a text so that it begins no tag and no character reference with what follows.
fn complete(text: &mut String) {
    // No name of a character is as long.
    let tail = text.floor_char_boundary(text.len().saturating_sub(LONGEST_NAME));
    let word = text[tail..].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '#' | '/'));
    let Some(at) = (tail + word.len()).checked_sub(1) else { return };
    if word.ends_with('&') {
        match reference::read(text, at + 1, false) {
            Some(found) if !found.closed => text.insert(found.end, ';'),
            Some(_) => {}
            None => text.replace_range(at..=at, "&amp;"),
        }
    } else if word.ends_with('<') && text.ends_with(['<', '/']) {
        text.replace_range(at..=at, "&lt;");
    }
}
