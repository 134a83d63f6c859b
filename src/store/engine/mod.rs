//! The database below the archive, behind one enum: the rest of the store writes its SQL once and does
//! not ask which it is. Names and shapes are those of `rusqlite`, whose values and errors both speak.

mod connection;
mod interrupt;
mod params;
#[cfg(feature = "postgres")]
pub(super) mod pg;
mod row;
mod statement;
mod transaction;

pub(super) use rusqlite::types::Value;
pub(super) use rusqlite::{OptionalExtension, named_params, params};

pub(super) use connection::Connection;
pub(super) use interrupt::Interrupt;
pub(super) use params::{Params, params_from_iter};
pub(super) use row::{MappedRows, Row, RowIndex, Rows};
pub(super) use statement::Statement;
pub(super) use transaction::{Transaction, TransactionBehavior};
