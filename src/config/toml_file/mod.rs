//! Strict TOML with the place of everything, so that every mistake can be shown where it stands.
//!
//! serde would stop at the first mistake. Here a file is parsed into a tree of values with spans,
//! and each [`Table`] is asked for the keys it may have; what is wrong is collected in
//! [`Mistakes`], and reading goes on.

mod mistakes;
mod syntax;
mod table;

pub use mistakes::{Mistakes, Place};
pub use syntax::Tree;
pub use table::{Spanned, Table, Value};
