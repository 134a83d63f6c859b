//! Site files: what is read off which page, as data.
//!
//! A site file is strict TOML (format version 1). [`Catalog`] reads a folder of them, compiles every
//! selector and pattern, and gives each host its [`Site`]; all mistakes of all files come at once,
//! each with the place where it stands.

mod built_in;
mod catalog;
mod compile;
mod file;
mod folder;
mod layout_table;
mod list;
mod pattern;
mod rules;
mod source;
mod tables;
mod test_table;
#[cfg(test)]
mod tests;
mod to_toml;
mod types;
mod zones;

pub use crate::config::toml_text;
pub use catalog::Catalog;
pub use pattern::Pattern;
pub use rules::{CleanRules, CrawlRules, DiscoverRules};
pub use source::{FieldRule, Source};
pub use types::{Layout, Site, SiteTest};
