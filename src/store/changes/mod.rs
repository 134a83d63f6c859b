//! What happened to articles after they were first read: a derived table of one row an edit or event, in the
//! order of time. Versions are compared once, when they are written; lists read what was told then.

mod entry;
mod list;
mod row;
mod write;

pub use entry::{ChangeLine, Happening, LogEntry};
pub use list::ChangeQuery;
pub use row::{ChangeKey, ChangeRow, Told};

pub(super) use row::{COLUMNS, read};
pub(super) use write::{EVENTS, VERSIONS, Written, event};
pub(super) use write::{add_event, add_version, rebuild, told_of, withhold};
