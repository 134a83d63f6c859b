//! clean
pub mod dateline;
