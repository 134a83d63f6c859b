//! What the integration tests share.
#![allow(dead_code, reason = "no test file uses all of it")]

pub mod desk;
pub mod origin;
pub mod paper;
pub mod press;
pub mod raw;
pub mod source;
