//! The reading room: the archive in a browser, read-only.
//!
//! A request goes through four hands: `server` cuts slow clients and reads the head of the request, `door`
//! decides whether it may come in, a reader's thread (`desk`) with a connection of its own answers it by
//! `route`, and `reply` gives the answer its headers. Pages are written by `page/`; everything that comes out
//! of the archive is escaped by the templates, and no page loads anything from elsewhere.

mod api;
mod assets;
mod cut;
mod dates;
mod desk;
mod door;
mod error;
mod excerpt;
mod feed;
mod filter;
mod keeper;
mod kept;
mod memento;
mod options;
mod page;
mod plot;
mod prefs;
mod problem;
mod reply;
mod request;
mod room;
mod route;
mod server;
mod stream;
mod telling;
mod words;

pub use error::ServeError;
pub use options::{Options, Token};
pub use server::{Bound, bind};
