//! What is given to a statement.

use rusqlite::ToSql;

/// Values for the places of a statement, in order or by name.
pub(in crate::store) trait Params {
    /// As SQLite takes them.
    type Sqlite: rusqlite::Params;

    /// As SQLite takes them.
    fn sqlite(self) -> Self::Sqlite;
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
}

impl Params for &[&dyn ToSql] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }
}

impl Params for &[(&str, &dyn ToSql)] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }
}

impl Params for [&(dyn ToSql + Send + Sync); 0] {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }
}

macro_rules! arrays {
    ($($n:literal)*) => {$(
        impl<T: ToSql> Params for [T; $n] {
            type Sqlite = Self;

            fn sqlite(self) -> Self {
                self
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
}

impl<A: ToSql, B: ToSql, C: ToSql> Params for (A, B, C) {
    type Sqlite = Self;

    fn sqlite(self) -> Self {
        self
    }
}
