//! Two archives' rows of one table side by side, in the order of their keys; neither is held in memory.

use std::cmp::Ordering;

use super::super::StoreError;
use super::error::CopyError;
use super::tables::{Kind, Shape};
use crate::store::engine::{Connection, Rows, Value};

/// The values of a row.
pub(super) type Values = Vec<Value>;

/// A row, as seen from the target.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// It is there, and as it should be.
    Same,
    /// It is there with other values than these.
    Other(Values),
    /// It is not there.
    Missing(Values),
    /// It is there and should not be.
    Extra(Values),
}

/// Goes through a table of two archives.
pub(super) fn merge(
    shape: &Shape,
    source: &Connection,
    target: &Connection,
    each: &mut dyn FnMut(Found) -> Result<(), CopyError>,
) -> Result<(), CopyError> {
    // PostgreSQL gives rows one by one only in a transaction. In a file an open one would keep the log of
    // what is written meanwhile from being folded in.
    let _snapshot = match target.sqlite() {
        Some(_) => None,
        None => Some(target.unchecked_transaction()?),
    };
    let (mut theirs, mut ours) = (source.prepare(&shape.compared())?, target.prepare(&shape.there())?);
    let mut theirs = Side::new(theirs.query([])?, shape, target.sqlite().is_none())?;
    let mut ours = Side::new(ours.query([])?, shape, false)?;
    let key = shape.table.key.len();
    loop {
        let order = match (&theirs.row, &ours.row) {
            (None, None) => return Ok(()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(theirs), Some(ours)) => compare(&theirs[..key], &ours[..key]),
        };
        let found = match order {
            Ordering::Less => theirs.take()?.map(Found::Missing),
            Ordering::Greater => ours.take()?.map(Found::Extra),
            Ordering::Equal => {
                let (wanted, there) = (theirs.take()?, ours.take()?);
                if wanted == there { Some(Found::Same) } else { wanted.map(Found::Other) }
            }
        };
        found.map_or(Ok(()), &mut *each)?;
    }
}

/// The rows of one archive, of which the next is looked at.
struct Side<'r> {
    rows: Rows<'r>,
    width: usize,
    row: Option<Values>,
    /// What to do with characters that a server cannot keep.
    nul: Option<(&'static str, Kind)>,
}

impl<'r> Side<'r> {
    fn new(rows: Rows<'r>, shape: &Shape, to_server: bool) -> Result<Self, CopyError> {
        let width = shape.table.compared.map_or(shape.columns.len(), |list| list.split(", ").count());
        let nul = to_server.then_some((shape.table.name, shape.table.kind));
        let mut side = Self { rows, width, row: None, nul };
        side.take()?;
        Ok(side)
    }

    /// The row that was looked at; goes to the next.
    fn take(&mut self) -> Result<Option<Values>, CopyError> {
        let next = match self.rows.next()? {
            None => None,
            Some(row) => {
                let value = |at: usize| Value::try_from(row.get_ref(at)?).map_err(unreadable);
                Some((0..self.width).map(value).collect::<Result<Values, StoreError>>()?)
            }
        };
        let next = match self.nul {
            Some((table, kind)) => next.map(|row| without_nul(row, table, kind)).transpose()?,
            None => next,
        };
        Ok(std::mem::replace(&mut self.row, next))
    }
}

fn unreadable(error: rusqlite::types::FromSqlError) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// A fact with a character that a server cannot keep is refused: changed it would be no fact. What the crawl
/// noted by the way gets another in its place.
fn without_nul(mut row: Values, table: &'static str, kind: Kind) -> Result<Values, CopyError> {
    for at in 0..row.len() {
        if let Value::Text(text) = &row[at]
            && text.contains('\0')
        {
            if kind != Kind::Work {
                return Err(CopyError::Nul { table, row: name(&row[..1]) });
            }
            row[at] = Value::Text(text.replace('\0', "\u{fffd}"));
        }
    }
    Ok(row)
}

/// Keys in the order of both engines: numbers by their size, texts by their bytes.
fn compare(a: &[Value], b: &[Value]) -> Ordering {
    let each = a.iter().zip(b).map(|pair| match pair {
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        // Keys have one kind.
        _ => Ordering::Equal,
    });
    each.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// A key as it is told.
pub(super) fn name(key: &[Value]) -> String {
    let one = |value: &Value| match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    key.iter().map(one).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::super::super::schema;
    use super::super::tables::TABLES;
    use super::*;

    fn archive(rows: &[(&str, i64)]) -> Connection {
        let db = schema::blank().unwrap();
        for (name, last) in rows {
            db.execute("INSERT INTO cursor (name, last_id, at) VALUES (?1, ?2, 0)", (*name, *last)).unwrap();
        }
        db
    }

    #[test]
    fn what_is_missing_other_and_too_much_is_found_in_order() {
        let source = archive(&[("a", 1), ("b", 2), ("c", 3), ("\u{e9}", 4)]);
        let target = archive(&[("a", 1), ("b", 7), ("bb", 9)]);
        let cursor = TABLES.iter().find(|table| table.name == "cursor").unwrap();
        let mut found = Vec::new();
        let mut each = |row: Found| {
            found.push(match row {
                Found::Same => "same".to_owned(),
                Found::Other(row) => format!("other {}", name(&row[..2])),
                Found::Missing(row) => format!("missing {}", name(&row[..1])),
                Found::Extra(row) => format!("extra {}", name(&row[..1])),
            });
            Ok(())
        };
        merge(&Shape::of(*cursor).unwrap(), &source, &target, &mut each).unwrap();
        assert_eq!(found, ["same", "other b/2", "extra bb", "missing c", "missing \u{e9}"]);
    }

    #[test]
    fn a_fact_with_a_nul_is_refused_and_a_note_mended() {
        let row = || vec![Value::Integer(7), Value::Text("a\0b".to_owned())];
        let refused = without_nul(row(), "version", Kind::Fact).unwrap_err();
        assert_eq!(refused.to_string(), "version 7 holds a NUL character, which PostgreSQL cannot keep");
        let mended = without_nul(row(), "queue", Kind::Work).unwrap();
        assert_eq!(mended[1], Value::Text("a\u{fffd}b".to_owned()));
    }
}
