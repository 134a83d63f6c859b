//! A run: discover, fetch, read, store. This is the only room that draws all the arrows.
//!
//! One task a host (`host.rs`) owns that host's limiter, back-off and robots.txt; politeness holds
//! by construction, because nobody else asks that host for anything, and across processes by the
//! lease that the task holds in the archive. A page goes capture → article on a blocking thread
//! (`page.rs`, `read`), and into the archive through its one writer.
#![allow(clippy::disallowed_methods, reason = "a run happens in time: this room looks at the clock")]

mod answer;
mod clock;
mod count;
mod drive;
mod error;
mod further;
mod guest;
mod host;
mod instead;
mod lease;
mod listing;
mod lock;
mod page;
mod polling;
mod progress;
mod reader;
mod report;
mod robots;
mod run;
mod shard;
mod silent;
mod site;
mod sources;
mod state;
mod stop;
mod storing;
mod task;
mod work;

pub use count::{Count, SiteCounts};
pub use error::CrawlError;
pub use lock::CrawlLock;
pub use progress::Progress;
pub use report::{Problem, Report, Tally};
pub use run::{Options, add, crawl};
pub use shard::Shard;
pub use site::SiteRun;
pub use state::Mode;
pub use stop::{Stop, StopReason};
