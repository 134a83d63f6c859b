//! The archive from outside: what is written comes back, what is a fact stays, what goes wrong is
//! named.

mod changes;
mod facts;
mod faults;
mod flips;
mod identity;
mod kill;
mod leases;
mod lines;
mod lists;
mod openings;
mod pages;
mod queue;
mod rebuild;
mod round_trip;
mod search;
mod states;
mod together;
mod world;

/// Where the archives of these tests are: in files.
fn place(folder: &std::path::Path) -> std::path::PathBuf {
    folder.join("kliping.db")
}
