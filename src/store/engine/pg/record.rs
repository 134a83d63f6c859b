//! Rows that are given to a statement whole.

use std::error::Error;

use rusqlite::types::Value;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, Kind, ToSql, Type, to_sql_checked};

use super::error::Failure;
use super::value::Given;
use super::{Session, WRITERS};

impl Session {
    /// Gives rows to a statement that answers each with a number. Beforehand, once a connection, `setup` makes what
    /// it needs; `None`: the role may not make it.
    pub(in crate::store) fn store(
        &self,
        setup: &str,
        sql: &str,
        rows: &[Vec<Value>],
    ) -> rusqlite::Result<Option<Vec<i64>>> {
        let records: Vec<Record<'_>> = rows.iter().map(|row| Record(row)).collect();
        let setup = setup.replace("{WRITERS}", &WRITERS.to_string());
        let stored = self.with(|live| {
            if !live.set_up(&setup)? {
                return Ok(None);
            }
            let prepared = live.prepared(sql)?;
            let values: [&(dyn ToSql + Sync); 1] = [&records];
            live.run(|client| client.query(&prepared.statement, &values)).map(Some)
        })?;
        let number = |row: &tokio_postgres::Row| row.try_get(0).map_err(|e| Failure::of(&e).into());
        stored.map(|rows| rows.iter().map(number).collect()).transpose()
    }
}

/// Values for the fields of a composite type, in their order.
#[derive(Debug)]
pub(super) struct Record<'v>(pub(super) &'v [Value]);

impl ToSql for Record<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let Kind::Composite(fields) = kind.kind() else {
            return Err(format!("a row given for {kind}").into());
        };
        if fields.len() != self.0.len() {
            return Err(format!("{} values given for the {} of {kind}", self.0.len(), fields.len()).into());
        }
        out.extend_from_slice(&i32::try_from(fields.len())?.to_be_bytes());
        for (field, value) in fields.iter().zip(self.0) {
            out.extend_from_slice(&field.type_().oid().to_be_bytes());
            let at = out.len();
            // No value; of one, its length.
            out.extend_from_slice(&(-1_i32).to_be_bytes());
            if let IsNull::No = Given::value(value, field.type_(), out)? {
                let length = i32::try_from(out.len() - at - 4)?;
                out[at..at + 4].copy_from_slice(&length.to_be_bytes());
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        matches!(kind.kind(), Kind::Composite(_))
    }

    to_sql_checked!();
}
