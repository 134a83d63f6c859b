//! Two versions of an article in, what an editor changed out. Pure: no I/O, no clock.

mod change;

pub use change::{Change, FieldChange, Op, Paragraph, ParagraphOp, Token};
