//! What CONTRACT promises to users and scripts, checked by running the binary.

#[path = "../support/mod.rs"]
mod support;

mod command_line;
mod extract;
mod refs;
mod streams;
