//! The verbs that read the archive, as a user and a script see them.

#[path = "../store/world.rs"]
mod world;

mod broken;
mod doctor;
mod history;
mod kliping;
mod list;
mod search;
mod show;
mod stats;
