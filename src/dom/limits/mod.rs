//! Takes the sting out of pages that are built to hurt a parser.
//!
//! The tree builder walks its stack of open elements for each tag, so that 30,000 nested `<div>`
//! take seconds; it compares each attribute of a tag with all others; it opens every unclosed
//! formatting element again in each paragraph; and each element takes some 300 bytes, so that 8 MB
//! of `<p>` take 700. Here each tag is judged before the tree builder sees it, and what lies beyond any
//! real page is left out; the text stays. Of drawings an empty `<svg>` is left.

#[cfg(test)]
mod depth_tests;
pub(super) mod drawing;
pub(super) mod names;
mod stack;
mod tag;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use names::{Kinds, Name};
use stack::Stack;

const SVG: Name = names::name("svg");
/// Deepest nesting of elements; libxml2 stops at 256, browsers at 512.
const MAX_DEPTH: usize = 512;
/// Most unclosed formatting elements (`<b>`, `<font>`, …), which the standard reopens again and again.
const MAX_FORMATTING: usize = 32;
/// Most times that such elements are opened again, before they are closed for good.
const MAX_REOPENED: usize = 50_000;
/// Most elements and comments; a long page of a newspaper has 10,000.
const MAX_NODES: usize = 250_000;
/// Most attributes on one tag.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// What a tag is called, and the groups that its name is in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Called {
    pub(super) name: Name,
    pub(super) kinds: Kinds,
}

impl Called {
    pub(super) fn of(name: &str) -> Self {
        let name = names::name(name);
        Self { name, kinds: names::kinds(name) }
    }
}

/// What becomes of a start tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// Kept, behind end tags of these elements.
    KeepBehind(Vec<Name>),
    Drop,
    /// It goes with the text that belongs to it.
    DropWithText,
}

/// What is open on a page, and what was counted so far.
#[derive(Debug, Default)]
pub(super) struct Limits {
    open: Stack,
    /// Formatting elements that are open.
    formatting: Vec<Name>,
    reopened: usize,
    nodes: usize,
    /// Tags left out whose end tags are still to come.
    dropped: HashMap<Name, usize>,
    /// The next tag is the end of an element that holds only text.
    in_text: bool,
}

impl Limits {
    /// Counts one more node; whether it goes beyond what a page may have.
    pub(super) fn is_one_too_many(&mut self) -> bool {
        self.nodes += 1;
        self.nodes > MAX_NODES
    }

    /// Judges a start tag.
    pub(super) fn start(&mut self, tag: Called) -> Verdict {
        if tag.kinds.is(Kinds::RAW) && !self.open.is_foreign() {
            return if self.is_one_too_many() { Verdict::DropWithText } else { Verdict::Keep };
        }
        if tag.kinds.is(Kinds::VOID) {
            return if self.is_one_too_many() { Verdict::Drop } else { Verdict::Keep };
        }
        if self.open.ignores(tag) {
            // The tree builder does, too.
            return Verdict::Keep;
        }
        self.open.implied_ends(tag);
        let formatting = tag.kinds.is(Kinds::FORMATTING);
        let full = formatting && (self.formatting.len() >= MAX_FORMATTING || self.reopened > MAX_REOPENED);
        if full || self.open.len() >= MAX_DEPTH || self.is_one_too_many() {
            *self.dropped.entry(tag.name).or_default() += 1;
            return Verdict::Drop;
        }
        let mut closed = Vec::new();
        if formatting {
            self.formatting.push(tag.name);
        } else if tag.kinds.is(Kinds::CLOSES_P) {
            closed = self.reopen();
        }
        self.open.push(tag);
        if closed.is_empty() { Verdict::Keep } else { Verdict::KeepBehind(closed) }
    }

    /// A block opens the formatting elements before it again; when that gets out of hand, they are
    /// closed: which, the innermost first.
    fn reopen(&mut self) -> Vec<Name> {
        self.reopened += self.formatting.len();
        if self.reopened <= MAX_REOPENED {
            return Vec::new();
        }
        std::mem::take(&mut self.formatting).into_iter().rev().collect()
    }

    /// The tree builder opened an element that holds only text. It waits for that end tag and bears no other.
    pub(super) fn opened_text(&mut self) {
        self.in_text = true;
    }

    /// Whether an end tag is kept.
    pub(super) fn end(&mut self, tag: Called) -> bool {
        let ends_text = std::mem::take(&mut self.in_text);
        if !ends_text
            && let Some(count) = self.dropped.get_mut(&tag.name)
            && *count > 0
        {
            *count -= 1;
            return false;
        }
        if tag.kinds.is(Kinds::FORMATTING)
            && let Some(at) = self.formatting.iter().rposition(|open| *open == tag.name)
        {
            self.formatting.remove(at);
        }
        self.open.end(tag);
        true
    }

    /// Whether this start tag, just kept, opened a drawing that stands in no other.
    pub(super) fn opened_drawing(&self, tag: Called) -> bool {
        tag.name == SVG && self.open.is_drawing()
    }
}
