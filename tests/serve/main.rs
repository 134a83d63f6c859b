//! The reading room from outside: `kliping serve` over archives, asked through plain sockets.

#[path = "../store/world.rs"]
mod world;

mod api;
mod client;
mod door;
mod hostile;
mod limits;
mod memento;
mod pages;
mod room;

/// Where the archives of these tests are: in files.
fn place(folder: &std::path::Path) -> std::path::PathBuf {
    folder.join("kliping.db")
}
