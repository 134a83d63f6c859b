//! Two versions of an article in, what an editor changed out. Pure: no I/O, no clock.
//!
//! Paragraphs are aligned first (equal, split or joined, similar, moved), then words inside them, with
//! numbers, dates and hyphenated words in one piece; the kinds of change are told from the pieces.

mod align;
mod chain;
mod change;
mod classes;
mod compare;
mod context;
mod dates;
mod event;
mod fields;
mod island;
mod lexicon;
mod note;
mod pair;
pub mod render;
mod score;
mod script;
mod seen;
mod similar;
mod token;
mod words;

pub use change::{Change, FieldChange, Op, Paragraph, ParagraphOp, Token};
pub use compare::{between, caused, comparable, compare, headline};
pub use event::event;

#[cfg(test)]
mod compare_tests;
#[cfg(test)]
mod edits_tests;
#[cfg(test)]
pub(crate) mod fixtures;
