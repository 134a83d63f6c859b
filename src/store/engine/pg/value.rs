//! Values on their way to PostgreSQL and back: SQLite's five kinds, which the rest of the store speaks.

use std::error::Error;

use rusqlite::types::{Value, ValueRef};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};

/// A value that is given to a statement; it takes the type that its place asks for.
#[derive(Debug)]
pub(super) struct Given(pub(super) Value);

impl Given {
    /// Puts a value where that type is asked for.
    pub(super) fn value(
        value: &Value,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (value, kind) {
            (Value::Null, _) => return Ok(IsNull::Yes),
            (Value::Integer(n), &Type::INT8) => n.to_sql(kind, out)?,
            (Value::Integer(n), &Type::INT4) => i32::try_from(*n)?.to_sql(kind, out)?,
            (Value::Integer(n), &Type::INT2) => i16::try_from(*n)?.to_sql(kind, out)?,
            (Value::Integer(n), &Type::BOOL) => (*n != 0).to_sql(kind, out)?,
            (Value::Integer(n), &Type::FLOAT8) => (*n as f64).to_sql(kind, out)?,
            (Value::Integer(n), _) if *kind == Type::TEXT => n.to_string().to_sql(kind, out)?,
            (Value::Real(x), &Type::FLOAT8) => x.to_sql(kind, out)?,
            // PostgreSQL's texts hold no NUL; no text of ours should.
            (Value::Text(text), _) if text.contains('\0') => {
                text.replace('\0', "\u{fffd}").to_sql(kind, out)?
            }
            (Value::Text(text), _) => text.to_sql(kind, out)?,
            (Value::Blob(bytes), &Type::BYTEA) => bytes.to_sql(kind, out)?,
            (value, _) => return Err(format!("{:?} given for {kind}", value.data_type()).into()),
        };
        Ok(IsNull::No)
    }
}

impl ToSql for Given {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        Self::value(&self.0, kind, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A value of an answer, where it stands.
pub(super) struct Cell<'r>(pub(super) ValueRef<'r>);

impl<'r> FromSql<'r> for Cell<'r> {
    fn from_sql(kind: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *kind {
            Type::BOOL => ValueRef::Integer(bool::from_sql(kind, raw)?.into()),
            Type::INT8 => ValueRef::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => ValueRef::Integer(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => ValueRef::Integer(i16::from_sql(kind, raw)?.into()),
            Type::OID => ValueRef::Integer(u32::from_sql(kind, raw)?.into()),
            Type::FLOAT8 => ValueRef::Real(f64::from_sql(kind, raw)?),
            Type::FLOAT4 => ValueRef::Real(f32::from_sql(kind, raw)?.into()),
            Type::NUMERIC => numeric(raw)?,
            Type::BYTEA => ValueRef::Blob(raw),
            Type::VOID => ValueRef::Null,
            _ => ValueRef::Text(raw),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(ValueRef::Null))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(*kind.kind(), Kind::Simple | Kind::Pseudo)
    }
}

/// What a sum of integers gives: groups of four decimal digits behind a head of four numbers.
fn numeric<'r>(raw: &[u8]) -> Result<ValueRef<'r>, Box<dyn Error + Sync + Send>> {
    let pair = |at: usize| raw.get(at..at + 2).map(|b| i16::from_be_bytes([b[0], b[1]])).ok_or("too short");
    let (digits, weight, sign) = (pair(0)?, pair(2)?, pair(4)?);
    let (mut whole, mut real) = (Some(0_i64), 0.0_f64);
    for n in 0..digits {
        let digit = i64::from(pair(8 + 2 * usize::try_from(n)?)?);
        real += digit as f64 * 10_000_f64.powi(i32::from(weight - n));
        whole = match (whole, weight - n) {
            (Some(whole), 0..) => whole.checked_mul(10_000).and_then(|whole| whole.checked_add(digit)),
            _ => None,
        };
    }
    // Groups of zeros at the end are not sent.
    for _ in digits..=weight {
        whole = whole.and_then(|whole| whole.checked_mul(10_000));
    }
    let negative = sign == 0x4000;
    Ok(match whole {
        Some(whole) => ValueRef::Integer(if negative { -whole } else { whole }),
        None => ValueRef::Real(if negative { -real } else { real }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_integers_where_they_can_be() {
        let raw = |parts: &[i16]| parts.iter().flat_map(|part| part.to_be_bytes()).collect::<Vec<u8>>();
        for (parts, wanted) in [
            (&[0, 0, 0, 0][..], ValueRef::Integer(0)),
            (&[1, 0, 0, 0, 7], ValueRef::Integer(7)),
            (&[1, 1, 0, 0, 3], ValueRef::Integer(30_000)),
            (&[2, 1, 0x4000, 0, 3, 21], ValueRef::Integer(-30_021)),
            (&[2, 0, 0, 1, 2, 5000], ValueRef::Real(2.5)),
        ] {
            assert_eq!(numeric(&raw(parts)).unwrap(), wanted, "{parts:?}");
        }
        assert!(numeric(&[0, 1]).is_err());
    }
}
