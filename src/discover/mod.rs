//! Where articles are found: feeds, sitemaps, section pages; and a first look at a new site.
//!
//! Nothing in here asks for anything. A list that names another list (an index of sitemaps) gives
//! its address back, and whoever asks for it counts how deep it went and where it has been.

pub mod api;
mod date;
mod error;
pub mod feed;
mod gzip;
mod json_feed;
pub mod links;
pub mod look;
pub mod section;
pub mod sitemap;
mod source_text;
mod xml;

pub use date::parse_date;
pub use error::DiscoverError;
