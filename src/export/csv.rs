//! A table for spreadsheets (RFC 4180, UTF-8, a heading line, lines ended by `\n`).

use std::io::{self, Write};

use super::json::time;
use super::{ExportError, harmless};
use crate::model::Version;
use crate::store::ArticleRow;

/// The columns, in their order. Authors are joined by `; `, paragraphs by an empty line.
const COLUMNS: [&str; 20] = [
    "id",
    "version",
    "versions",
    "state",
    "site",
    "url",
    "canonical_url",
    "title",
    "dateline",
    "authors",
    "section",
    "language",
    "published",
    "modified",
    "first_seen",
    "observed",
    "cause",
    "words",
    "content_sha256",
    "body",
];

/// Writes versions as rows.
pub struct CsvWriter<W: Write>(W);

impl<W: Write> CsvWriter<W> {
    /// Writes the heading.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(mut out: W) -> Result<Self, ExportError> {
        record(&mut out, &COLUMNS)?;
        Ok(Self(out))
    }

    /// Writes one version.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn row(&mut self, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        let article = &version.article;
        let stated =
            |when: &Option<crate::model::When>| when.as_ref().map(ToString::to_string).unwrap_or_default();
        let text = |text: Option<&str>| guarded(harmless(text.unwrap_or_default()));
        let cells: [String; 20] = [
            row.id.to_string(),
            version.seq.to_string(),
            row.versions.to_string(),
            row.state.as_str().to_owned(),
            text(Some(&row.site)),
            row.url.to_string(),
            text(article.canonical_url.as_deref()),
            text(Some(&article.title)),
            text(article.dateline.as_ref().map(|d| d.raw.trim_end())),
            text(Some(&article.authors.join("; "))),
            text(article.section.as_deref()),
            text(article.language.as_deref()),
            stated(&article.published),
            stated(&article.modified),
            time(row.first_seen),
            time(version.observed),
            version.cause.as_str().to_owned(),
            article.words().to_string(),
            version.fingerprint.content.to_string(),
            text(Some(&article.text())),
        ];
        Ok(record(&mut self.0, &cells)?)
    }

    /// Writes what is buffered.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn finish(mut self) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

/// One line: a cell that holds a comma, a quotation mark or a line break stands in quotation marks, its own
/// ones doubled (RFC 4180 §2).
fn record(out: &mut impl Write, cells: &[impl AsRef<str>]) -> io::Result<()> {
    for (n, cell) in cells.iter().map(AsRef::as_ref).enumerate() {
        let comma = if n == 0 { "" } else { "," };
        if cell.contains([',', '"', '\r', '\n']) {
            write!(out, "{comma}\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{comma}{cell}")?;
        }
    }
    writeln!(out)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it (CWE-1236; OWASP, CSV
/// injection): `=`, `+`, `-`, `@`, their full-width forms, tab and carriage return.
fn guarded(text: String) -> String {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠' | '−');
    let blank = text.starts_with(['\t', '\r', '\n']);
    if blank || text.trim_start().starts_with(formula) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixtures::{row, version};

    #[test]
    fn formulas_are_disarmed_and_nothing_else() {
        for (text, expected) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+62 812", "'+62 812"),
            ("-1", "'-1"),
            ("@siti", "'@siti"),
            ("\t=1", "'\t=1"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("Harga naik = mahal", "Harga naik = mahal"),
            ("", ""),
        ] {
            assert_eq!(guarded(text.to_owned()), expected);
        }
    }

    #[test]
    fn rows_come_back_as_they_were() {
        let mut version = version(2, "=1+1", &["Satu, \"dua\"", "tiga\nempat"]);
        version.article.authors = vec!["Siti".to_owned(), "Budi".to_owned()];
        let write = || {
            let mut bytes = Vec::new();
            let mut csv = CsvWriter::new(&mut bytes).unwrap();
            csv.row(&row(7, 2), &version).unwrap();
            csv.finish().unwrap();
            bytes
        };
        let bytes = write();
        assert_eq!(bytes, write());
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        let cell = |name: &str| &record[COLUMNS.iter().position(|column| *column == name).unwrap()];
        assert_eq!(cell("title"), "'=1+1");
        assert_eq!(cell("body"), "Satu, \"dua\"\n\ntiga\nempat");
        assert_eq!(cell("authors"), "Siti; Budi");
        assert_eq!((cell("id"), cell("version"), cell("versions")), ("7", "2", "2"));
    }
}
