//! The verbs that read the archive, as a user and a script see them.

#[path = "../support/copying.rs"]
mod copying;
#[path = "../store/world.rs"]
mod world;

mod backup;
mod broken;
mod chain;
mod changes;
mod copy;
mod diff;
mod doctor;
mod duplicates;
mod export;
mod formats;
mod history;
mod import;
mod kliping;
mod list;
mod packaging;
mod prune;
mod redact;
mod reextract;
mod round_trip;
mod schedule;
mod search;
mod show;
mod stats;
mod verify;
mod warc;

/// Where the archives of these tests are: in files.
fn place(folder: &std::path::Path) -> std::path::PathBuf {
    folder.join("kliping.db")
}
