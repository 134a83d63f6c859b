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
