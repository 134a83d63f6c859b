//! The archive on PostgreSQL: the tests of the archive in a file, over a server that runs for as long as
//! they do. Skipped, with one line, where there is no PostgreSQL.
#![cfg(feature = "postgres")]

mod copy;
#[path = "../support/copying.rs"]
mod copying;
mod crowd;
mod cut;
mod dump;
#[path = "../crowd/faults.rs"]
mod faults;
mod fresh;
#[path = "../store/identity.rs"]
mod identity;
#[path = "../crowd/judge.rs"]
mod judge;
#[path = "../store/lines.rs"]
mod lines;
#[path = "../store/lists.rs"]
mod lists;
#[path = "../store/openings.rs"]
mod openings;
#[path = "../crowd/processes.rs"]
mod processes;
mod proxy;
#[path = "../store/queue.rs"]
mod queue;
#[path = "../store/round_trip.rs"]
mod round_trip;
#[path = "../store/search.rs"]
mod search;
#[path = "../support/postgres.rs"]
mod server;
#[path = "../crowd/shards.rs"]
mod shards;
#[path = "../crowd/sites.rs"]
mod sites;
mod statements;
#[path = "../store/states.rs"]
mod states;
#[path = "../support/mod.rs"]
mod support;
mod tls;
#[path = "../crowd/trial.rs"]
mod trial;
mod upkeep;
mod verbs;
mod view;
mod way;
#[path = "../store/world.rs"]
mod world;

/// Where the archives of these tests are: each in a schema of its own. Without PostgreSQL in files, as
/// before: a test cannot be taken back while it runs.
fn place(folder: &std::path::Path) -> std::path::PathBuf {
    server::archive().unwrap_or_else(|| folder.join("kliping.db"))
}
