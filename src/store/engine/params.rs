//! What is given to a statement.

use rusqlite::types::ToSqlOutput;
use rusqlite::{Result, ToSql};

#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "SQLite takes them as they are"))]
/// Takes the values of a statement one by one, each with its name if it has one.
pub(super) type Take<'t> = &'t mut dyn FnMut(Option<&str>, ToSqlOutput<'_>) -> Result<()>;

/// Values for the places of a statement, in order or by name.
#[cfg_attr(not(feature = "postgres"), allow(dead_code, reason = "SQLite takes them as they are"))]
pub(in crate::store) trait Params {
    /// As SQLite takes them.
    type Sqlite: rusqlite::Params;

    /// As SQLite takes them.
    fn sqlite(self) -> Self::Sqlite;

    /// One by one.
    fn each(self, take: Take<'_>) -> Result<()>;
}

/// Values in order, of any number.
pub(in crate::store) fn params_from_iter<I>(values: I) -> FromIter<I>
where
    I: IntoIterator,
    I::Item: ToSql,
{
    FromIter(values)
}

/// Values in order, of any number.
pub(in crate::store) struct FromIter<I>(I);

impl<I> Params for FromIter<I>
where
    I: IntoIterator,
    I::Item: ToSql,
{
    type Sqlite = rusqlite::ParamsFromIter<I>;

    fn sqlite(self) -> Self::Sqlite {
        rusqlite::params_from_iter(self.0)
    }

    fn each(self, take: Take<'_>) -> Result<()> {
        self.0.into_iter().try_for_each(|value| take(None, value.to_sql()?))
    }
}

impl Params for &[&dyn ToSql] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }

    fn each(self, take: Take<'_>) -> Result<()> {
        self.iter().try_for_each(|value| take(None, value.to_sql()?))
    }
}

impl Params for &[(&str, &dyn ToSql)] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }

    fn each(self, take: Take<'_>) -> Result<()> {
        self.iter().try_for_each(|(name, value)| take(Some(name), value.to_sql()?))
    }
}

impl Params for [&(dyn ToSql + Send + Sync); 0] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }

    fn each(self, _: Take<'_>) -> Result<()> {
        Ok(())
    }
}

macro_rules! arrays {
    ($($n:literal)*) => {$(
        impl<T: ToSql> Params for [T; $n] {
            type Sqlite = Self;

            fn sqlite(self) -> Self {
                self
            }

            fn each(self, take: Take<'_>) -> Result<()> {
                self.iter().try_for_each(|value| take(None, value.to_sql()?))
            }
        }
    )*};
}

arrays!(1 2 3 4 5 6);

impl<A: ToSql, B: ToSql> Params for (A, B) {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }

    fn each(self, take: Take<'_>) -> Result<()> {
        take(None, self.0.to_sql()?)?;
        take(None, self.1.to_sql()?)
    }
}

impl<A: ToSql, B: ToSql, C: ToSql> Params for (A, B, C) {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }

    fn each(self, take: Take<'_>) -> Result<()> {
        take(None, self.0.to_sql()?)?;
        take(None, self.1.to_sql()?)?;
        take(None, self.2.to_sql()?)
    }
}
