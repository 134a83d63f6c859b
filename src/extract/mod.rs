//! extract
pub mod date;
