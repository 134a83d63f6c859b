//! The archive: one SQLite file, or a schema of PostgreSQL, with every version of every article.
//!
//! What was observed is a fact and never changes: addresses, requests, pages, versions, events.
//! Triggers refuse to update or delete them. What follows from the facts (the head of each article,
//! the search index) can be built again; the queue, leases and caches are the crawl's notebook.
//!
//! One [`Writer`] owns the only connection that writes; each [`Reader`] has its own, and reads while
//! a crawl writes. Whatever a [`Pending`] reported as stored survives the death of the process.

mod addresses;
mod alike;
mod archive;
mod backup;
mod captures;
mod chain;
mod changes;
mod check;
#[cfg(feature = "postgres")]
mod check_server;
mod codec;
mod copy;
mod cursor;
#[cfg(feature = "postgres")]
mod desk;
mod due;
mod engine;
mod error;
mod event;
mod fact;
mod filter;
mod group;
mod guard;
mod heads;
mod health;
mod import;
mod known;
mod lease;
mod lines;
mod list;
mod meta;
mod open;
mod openings;
mod outline;
mod pages;
mod pass;
mod pending;
mod place;
mod prune;
mod queue;
mod reader;
mod rebuild;
mod record;
mod redact;
mod reread;
pub mod room;
mod row;
mod run;
mod schema;
mod scrub;
mod search;
#[cfg(feature = "postgres")]
mod server;
mod shown;
mod sightings;
mod source;
mod sql;
mod stats;
mod template;
mod verify;
mod versions;
mod writer;

pub use archive::{Archive, Mode};
pub use backup::{BackupDone, BackupError, BackupProgress};
pub use captures::CaptureRow;
pub use changes::{ChangeKey, ChangeLine, ChangeQuery, ChangeRow, Happening, LogEntry, Told};
pub use check::{Check, CheckStatus};
pub use copy::{Copied, CopyError, CopyProgress, CopyStep};
pub use due::DueQuery;
pub use error::StoreError;
pub use fact::{
    CheckHistory, Claim, Enqueued, FetchRecord, Lease, Observation, Plan, Recorded, RecordedOutcome,
};
pub use filter::{Behind, Filter, SearchField, SearchQuery, Versions};
pub use import::{Exported, ImportOutcome, Incoming};
pub use outline::{Outline, Placed};
pub use pass::Pass;
pub use pending::Pending;
pub use place::{Held, is_server, may_exist, schema_of};
pub use prune::{PruneQuery, Pruned};
pub use reader::Reader;
pub use rebuild::Rebuilt;
pub use redact::Redaction;
pub use reread::{Reread, Rereadable};
pub use row::{ArticleRow, DuePage, Event, HeadInfo, Hit, RawPage, RobotsRecord, SourceState, Tombstone};
pub use shown::shown;
pub use stats::{SiteStats, Stats};
pub use verify::{Fault, Verified};
pub use writer::Writer;
