//! What an archive consists of, table by table, in an order in which no row comes before what it refers to.

use super::super::{StoreError, schema};

/// What a table is to the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What was observed.
    Fact,
    /// What follows from the facts, or did when it was counted: how often lines were seen, when an article is
    /// looked at next. It is copied: made anew it would be another.
    Derived,
    /// The crawl's notebook.
    Work,
}

/// A table of the archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Its first columns, which name a row, and in whose order it is read.
    pub(super) key: &'static [&'static str],
    pub(super) kind: Kind,
    /// Which of its rows, when not all.
    pub(super) only: Option<&'static str>,
    /// What two rows are compared by, when not by all of their columns.
    pub(super) compared: Option<&'static str>,
}

const fn table(kind: Kind, name: &'static str, key: &'static [&'static str]) -> Table {
    Table { name, key, kind, only: None, compared: None }
}

/// Pages are compared by the hash of their bytes: how they are packed may change, and `verify` unpacks them.
const PAGES: Table =
    Table { compared: Some("id, sha256, size, data IS NULL"), ..table(Kind::Fact, "blob", &["id"]) };

/// What is copied, in this order.
pub(super) const TABLES: &[Table] = &[
    table(Kind::Fact, "site", &["id"]),
    table(Kind::Fact, "run", &["id"]),
    table(Kind::Fact, "reading", &["id"]),
    table(Kind::Fact, "article", &["id"]),
    // References first: what is packed with one cannot be without it.
    Table { only: Some("base_id IS NULL"), ..PAGES },
    PAGES,
    table(Kind::Fact, "fetch", &["id"]),
    table(Kind::Fact, "version", &["id"]),
    table(Kind::Fact, "event", &["id"]),
    table(Kind::Fact, "taken", &["id"]),
    table(Kind::Fact, "chain", &["n"]),
    table(Kind::Fact, "address", &["key"]),
    table(Kind::Fact, "tombstone", &["key"]),
    table(Kind::Derived, "head", &["article_id"]),
    table(Kind::Derived, "line", &["site_id", "hash"]),
    table(Kind::Derived, "lines_of", &["site_id"]),
    table(Kind::Derived, "opening", &["site_id", "shape"]),
    table(Kind::Derived, "simhash", &["article_id"]),
    table(Kind::Derived, "change", &["at", "part", "row_id"]),
    table(Kind::Derived, "change_kind", &["kind", "at", "part", "row_id"]),
    table(Kind::Work, "host", &["host"]),
    table(Kind::Work, "robots", &["origin"]),
    table(Kind::Work, "source", &["url"]),
    table(Kind::Work, "cursor", &["name"]),
    table(Kind::Work, "page_reference", &["site_id"]),
    table(Kind::Work, "place", &["id"]),
    table(Kind::Work, "queue", &["id"]),
];

/// What is not copied: the target's own steps, locks inside of a transaction, chores of the source's own
/// files, and the search index, which the engines have each in its own form: it is built from the texts.
#[cfg(test)]
const LEFT: &[&str] = &["chore", "fts", "guard", "migration"];

/// A table with its columns, as statements want them.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) table: Table,
    pub(super) columns: Vec<String>,
}

impl Shape {
    /// The table as today's schema has it.
    pub(super) fn of(table: Table) -> Result<Self, StoreError> {
        let columns = schema::blank()?
            .prepare(&format!("SELECT name FROM pragma_table_info('{}') ORDER BY cid", table.name))?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { table, columns })
    }

    /// Its rows in order, by what they are compared by.
    pub(super) fn compared(&self) -> String {
        let only = self.table.only.map(|only| format!(" WHERE {only}")).unwrap_or_default();
        let what = self.table.compared.map_or_else(|| self.values(), str::to_owned);
        format!("SELECT {what} FROM \"{}\"{only} ORDER BY {}", self.table.name, quoted(self.table.key))
    }

    /// As [`Shape::compared`], of rows that are there already: all of them.
    pub(super) fn there(&self) -> String {
        Self { table: Table { only: None, ..self.table }, columns: self.columns.clone() }.compared()
    }

    /// Whole rows by their keys of one column, so many.
    pub(super) fn by_key(&self, rows: usize) -> String {
        let places: Vec<String> = (1..=rows).map(|n| format!("?{n}")).collect();
        let (name, key) = (self.table.name, quoted(self.table.key));
        format!(
            "SELECT {} FROM \"{name}\" WHERE {key} IN ({}) ORDER BY {key}",
            self.values(),
            places.join(", ")
        )
    }

    /// What is read of a row. Who holds a host is no business of the copy; how long it rests is.
    fn values(&self) -> String {
        let of = |column: &String| match (self.table.name, column.as_str()) {
            ("host", "owner") => "NULL".to_owned(),
            _ => format!("\"{column}\""),
        };
        self.columns.iter().map(of).collect::<Vec<_>>().join(", ")
    }

    /// Writes so many rows.
    pub(super) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |n: usize| {
            let places: Vec<String> = (1..=width).map(|i| format!("?{}", n * width + i)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        let (name, columns) = (self.table.name, quoted(&self.columns));
        format!("INSERT INTO \"{name}\" ({columns}) VALUES {}", rows.join(", "))
    }

    /// Writes a row over the one of its key.
    pub(super) fn update(&self) -> String {
        let sets: Vec<String> =
            self.columns.iter().zip(1..).map(|(column, n)| format!("\"{column}\" = ?{n}")).collect();
        format!("UPDATE \"{}\" SET {} WHERE {}", self.table.name, sets.join(", "), self.named())
    }

    /// Takes the row of a key away.
    pub(super) fn delete(&self) -> String {
        format!("DELETE FROM \"{}\" WHERE {}", self.table.name, self.named())
    }

    fn named(&self) -> String {
        let keys: Vec<String> =
            self.table.key.iter().zip(1..).map(|(column, n)| format!("\"{column}\" = ?{n}")).collect();
        keys.join(" AND ")
    }
}

fn quoted(columns: &[impl AsRef<str>]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_table_of_the_schema_is_copied_or_left_on_purpose() {
        let there: BTreeSet<String> = schema::blank()
            .unwrap()
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let there = there.iter().map(String::as_str).filter(|name| !name.starts_with("fts_"));
        let wanted: BTreeSet<&str> =
            TABLES.iter().map(|table| table.name).chain(LEFT.iter().copied()).collect();
        assert_eq!(
            there.collect::<BTreeSet<_>>(),
            wanted,
            "`kliping copy` must know what it is to do with it"
        );
    }

    #[test]
    fn the_key_of_a_table_is_its_first_columns() {
        for table in TABLES {
            let shape = Shape::of(*table).unwrap();
            assert_eq!(shape.columns[..table.key.len()], *table.key, "{}", table.name);
            assert!(table.compared.is_none() || table.key.len() == 1, "{}", table.name);
        }
    }

    #[test]
    fn statements_name_every_column() {
        let shape = Shape::of(table(Kind::Derived, "opening", &["site_id", "shape"])).unwrap();
        assert_eq!(
            shape.insert(2),
            "INSERT INTO \"opening\" (\"site_id\", \"shape\", \"articles\") VALUES (?1, ?2, ?3), (?4, ?5, ?6)"
        );
        assert_eq!(
            shape.update(),
            "UPDATE \"opening\" SET \"site_id\" = ?1, \"shape\" = ?2, \"articles\" = ?3 \
             WHERE \"site_id\" = ?1 AND \"shape\" = ?2"
        );
        assert!(Shape::of(TABLES[4]).unwrap().compared().contains("WHERE base_id IS NULL ORDER BY \"id\""));
    }
}
