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
            out.push_str(&instead);
            from = range.end;
        }
        out.push_str(&text[from..]);
        out
    }
}
