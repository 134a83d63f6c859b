//! The rows of an answer: all at once, or a few at a time where there may be many.

use std::collections::VecDeque;

use rusqlite::types::ValueRef;
use rusqlite::{Error, Result};

use super::Session;
use super::value::Cell;

/// Rows that are asked for at once of an answer that may be long: first so many, then at most so many, as
/// many as take about so many bytes.
const FIRST: usize = 50;
const MOST: usize = 500;
const BYTES: usize = 1024 * 1024;

/// The rows of an answer.
pub(in crate::store) struct Rows<'s> {
    session: &'s Session,
    waiting: VecDeque<tokio_postgres::Row>,
    /// The cursor that gives more.
    cursor: Option<String>,
    /// How many rows are asked for next.
    next: usize,
    current: Option<tokio_postgres::Row>,
}

impl<'s> Rows<'s> {
    pub(super) fn whole(session: &'s Session, rows: Vec<tokio_postgres::Row>) -> Self {
        Self { session, waiting: rows.into(), cursor: None, next: 0, current: None }
    }

    pub(super) fn of_cursor(session: &'s Session, cursor: String) -> Self {
        Self { session, waiting: VecDeque::new(), cursor: Some(cursor), next: FIRST, current: None }
    }

    /// Goes to the next row.
    pub(in crate::store) fn advance(&mut self) -> Result<()> {
        if self.waiting.is_empty()
            && let Some(cursor) = &self.cursor
        {
            let rows = self.session.plain(&format!("FETCH {} FROM {cursor}", self.next))?;
            let last = rows.len() < self.next;
            let bytes: usize = rows.iter().map(tokio_postgres::Row::raw_size_bytes).sum();
            self.next = (BYTES * rows.len() / bytes.max(1)).clamp(1, MOST);
            self.waiting = rows.into();
            if last {
                self.close();
            }
        }
        self.current = self.waiting.pop_front();
        Ok(())
    }

    /// The row that [`Rows::advance`] went to.
    pub(in crate::store) fn get(&self) -> Option<&tokio_postgres::Row> {
        self.current.as_ref()
    }

    fn close(&mut self) {
        if let Some(cursor) = self.cursor.take() {
            // With the transaction it is gone in any case.
            let _ = self.session.plain(&format!("CLOSE {cursor}"));
        }
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

/// The value of a column.
pub(in crate::store) fn value(row: &tokio_postgres::Row, column: usize) -> Result<ValueRef<'_>> {
    let cell: Cell<'_> = row.try_get(column).map_err(|_| Error::InvalidColumnIndex(column))?;
    Ok(cell.0)
}

/// Where a column of that name stands.
pub(in crate::store) fn place(row: &tokio_postgres::Row, name: &str) -> Option<usize> {
    row.columns().iter().position(|column| column.name().eq_ignore_ascii_case(name))
}
