//! Into the archive: what others observed. WARC files, our own JSON Lines, lists of addresses; read as
//! streams, on all cores, and written by the archive's one writer in the order of the file.
//!
//! An import is a baseline: its versions have the cause `import` and are no edits of today. What is older
//! than what the archive has goes before it; a second import of the same file changes nothing.

mod jsonl;
mod kind;
mod lines;
mod page;
mod report;
mod room;
mod sites;
mod urls;
pub mod warc;
mod work;

pub use kind::{Input, Kind};
pub use report::{Report, Told};
pub use sites::Sites;
pub use work::Importer;
