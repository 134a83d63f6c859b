//! A run of text as it is gathered: a stretch of the page, until a character reference makes it a text
//! of its own.

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::TokenSink;

use super::Tokenizer;

/// Room to gather in, one run after the other.
pub(super) type Room = Cell<String>;

/// What is gathered so far, up to but not with what stands at `from`.
pub(super) struct Run {
    built: Option<String>,
    from: usize,
}

impl Run {
    pub(super) const fn new(from: usize) -> Self {
        Self { built: None, from }
    }

    /// Whether nothing would stand before what stands there.
    pub(super) const fn is_empty(&self, at: usize) -> bool {
        self.built.is_none() && self.from == at
    }

    /// What stands between the two places is so many other characters.
    pub(super) fn replace<S: TokenSink>(
        &mut self,
        page: &Tokenizer<'_, S>,
        (start, end): (usize, usize),
        instead: &[char],
    ) {
        let built = self.built.get_or_insert_with(|| page.room.take());
        built.push_str(&page.text[self.from..start]);
        built.extend(instead);
        self.from = end;
    }

    /// All of it, up to a place.
    pub(super) fn finish<S: TokenSink>(self, page: &Tokenizer<'_, S>, end: usize) -> StrTendril {
        match self.built {
            None => page.stretch(self.from, end),
            Some(mut built) => {
                built.push_str(&page.text[self.from..end]);
                let text = StrTendril::from_slice(&built);
                built.clear();
                page.room.set(built);
                text
            }
        }
    }
}
