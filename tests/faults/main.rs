//! Real faults, and the binary: the outcome is right, the exit code is the contract's, the archive is
//! sound. `docs/faults.md` lists all of them, also those that other test programs hold.

#[path = "../support/mod.rs"]
mod support;

mod clock;
mod damage;
mod disk;
mod nap;
mod net;
mod table;
mod text;
mod tls;
