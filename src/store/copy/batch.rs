//! Rows on their way into the target, some at a time: each batch is a transaction, whole or not at all.

use super::super::guard;
use super::error::CopyError;
use super::merge::{Found, Values};
use super::tables::{Kind, Shape};
use crate::store::engine::{Connection, TransactionBehavior, Value, params_from_iter};

/// What is gathered before it is written, in bytes and in rows.
const BYTES: usize = 4 * 1024 * 1024;
const ROWS: usize = 2000;
/// Rows that a server takes with one statement; a file takes them one by one.
const AT_ONCE: &[usize] = &[64, 8, 1];
/// Pages that are asked for at once.
const PAGES: usize = 32;

/// Rows that wait to be written.
pub(super) struct Batch<'a> {
    shape: &'a Shape,
    source: &'a Connection,
    target: &'a mut Connection,
    put: Vec<Values>,
    change: Vec<Values>,
    gone: Vec<Values>,
    bytes: usize,
    /// Whether a fact that was in the target already is another now, or gone.
    pub(super) mended: bool,
}

impl<'a> Batch<'a> {
    pub(super) fn new(shape: &'a Shape, source: &'a Connection, target: &'a mut Connection) -> Self {
        let (put, change, gone) = (Vec::new(), Vec::new(), Vec::new());
        Self { shape, source, target, put, change, gone, bytes: 0, mended: false }
    }

    /// Takes in what is to be done about a row; writes when there is enough of it.
    pub(super) fn take(&mut self, found: Found) -> Result<(), CopyError> {
        let (rows, row) = match found {
            Found::Same => return Ok(()),
            // Of a part of a table, the rest is there, too.
            Found::Extra(_) if self.shape.table.only.is_some() => return Ok(()),
            Found::Missing(row) => (&mut self.put, row),
            Found::Other(row) => (&mut self.change, row),
            Found::Extra(row) => (&mut self.gone, row),
        };
        self.bytes += if self.shape.table.compared.is_some() { page_size(&row) } else { size(&row) };
        rows.push(row);
        let rows = self.put.len() + self.change.len() + self.gone.len();
        if self.bytes >= BYTES || rows >= ROWS { self.write() } else { Ok(()) }
    }

    /// Writes what was taken in.
    pub(super) fn write(&mut self) -> Result<(), CopyError> {
        let (put, change) = (std::mem::take(&mut self.put), std::mem::take(&mut self.change));
        let (put, change, gone) = (self.whole(put)?, self.whole(change)?, std::mem::take(&mut self.gone));
        self.bytes = 0;
        let shape = self.shape;
        let transaction = self.target.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if !change.is_empty() || !gone.is_empty() {
            self.mended |= shape.table.kind == Kind::Fact;
            guard::lifted(&transaction, "copy", || {
                let mut delete = transaction.prepare_cached(&shape.delete())?;
                for row in &gone {
                    delete.execute(params_from_iter(&row[..shape.table.key.len()]))?;
                }
                let mut update = transaction.prepare_cached(&shape.update())?;
                for row in &change {
                    update.execute(params_from_iter(row))?;
                }
                Ok(())
            })?;
        }
        insert(&transaction, shape, &put)?;
        Ok(transaction.commit()?)
    }

    /// Whole rows, where only a part was compared.
    fn whole(&self, rows: Vec<Values>) -> Result<Vec<Values>, CopyError> {
        if self.shape.table.compared.is_none() {
            return Ok(rows);
        }
        let mut whole = Vec::with_capacity(rows.len());
        for rows in rows.chunks(PAGES) {
            // The places that are left name the last row again: so it is one statement, and stays prepared.
            let mut keys: Vec<&Value> = rows.iter().map(|row| &row[0]).collect();
            keys.resize(PAGES, keys[keys.len() - 1]);
            let mut statement = self.source.prepare_cached(&self.shape.by_key(PAGES))?;
            let mut found = statement.query(params_from_iter(keys))?;
            while let Some(row) = found.next()? {
                let value = |at: usize| -> rusqlite::Result<Value> { row.get(at) };
                whole.push((0..self.shape.columns.len()).map(value).collect::<rusqlite::Result<_>>()?);
            }
        }
        Ok(whole)
    }
}

fn insert(db: &Connection, shape: &Shape, mut rows: &[Values]) -> Result<(), CopyError> {
    while !rows.is_empty() {
        let fits = |n: &&usize| **n <= rows.len() && (**n == 1 || db.sqlite().is_none());
        let n = AT_ONCE.iter().find(fits).copied().unwrap_or(1);
        let (now, rest) = rows.split_at(n);
        db.prepare_cached(&shape.insert(n))?.execute(params_from_iter(now.iter().flatten()))?;
        rows = rest;
    }
    Ok(())
}

fn size(row: &Values) -> usize {
    let of = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Blob(bytes) => bytes.len(),
        _ => 8,
    };
    row.iter().map(of).sum()
}

/// What a page takes at most, whose bytes are not here yet.
fn page_size(row: &Values) -> usize {
    row.iter()
        .skip(1)
        .find_map(|value| if let Value::Integer(size) = value { Some(*size) } else { None })
        .map_or(0, |size| usize::try_from(size).unwrap_or(0))
}
