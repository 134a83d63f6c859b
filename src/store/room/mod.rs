//! Queries of the reading room: each reads few rows by a key or an index, whatever the archive's size.

mod figures;
mod history;
mod newest;
mod site;
mod watch;

pub use figures::Figures;
pub use history::{Addressed, VersionLine};
pub use newest::NewestKey;
pub use site::{DayCount, SiteFigures, SiteWaits};
pub use watch::Interrupt;
