//! The verbs that read the archive, as a user and a script see them.

#[path = "../store/world.rs"]
mod world;

mod backup;
mod broken;
mod chain;
mod changes;
mod diff;
mod doctor;
mod duplicates;
mod export;
mod history;
mod kliping;
mod list;
mod prune;
mod redact;
mod reextract;
mod schedule;
mod search;
mod show;
mod stats;
mod verify;
