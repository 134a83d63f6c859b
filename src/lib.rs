//! kliping archives news: it fetches pages politely, reads articles with per-site CSS selectors,
//! takes the boilerplate out, and keeps every version of every article in one SQLite file.
#![deny(missing_docs)]

pub mod clean;
pub mod config;
pub mod diff;
pub mod discover;
pub mod dom;
pub mod draft;
pub mod export;
pub mod extract;
pub mod fetch;
pub mod import;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod schedule;
pub mod serve;
pub mod site;
pub mod store;
