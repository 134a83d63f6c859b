//! The columns of the table, and the rows that wait to be written.

use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;

use crate::model::{Version, When};
use crate::store::ArticleRow;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A number.
    Number,
    /// An instant, in milliseconds of UTC.
    Time,
    /// An instant that may be missing.
    MaybeTime,
    /// A text.
    Text,
    /// A text that may be missing.
    MaybeText,
    /// Any number of texts.
    Texts,
}

/// The columns, in their order.
const COLUMNS: [(&str, Kind); 21] = [
    ("id", Kind::Number),
    ("version", Kind::Number),
    ("versions", Kind::Number),
    ("state", Kind::Text),
    ("site", Kind::Text),
    ("site_name", Kind::MaybeText),
    ("url", Kind::Text),
    ("canonical_url", Kind::MaybeText),
    ("title", Kind::Text),
    ("dateline", Kind::MaybeText),
    ("authors", Kind::Texts),
    ("section", Kind::MaybeText),
    ("language", Kind::MaybeText),
    ("published", Kind::MaybeTime),
    ("modified", Kind::MaybeTime),
    ("first_seen", Kind::Time),
    ("observed", Kind::Time),
    ("cause", Kind::Text),
    ("words", Kind::Number),
    ("content_sha256", Kind::Text),
    ("body", Kind::Text),
];

/// The schema, as the format's own notation has it.
pub(super) fn schema() -> String {
    let mut out = String::from("message article {\n");
    for (name, kind) in COLUMNS {
        out.push_str(&match kind {
            Kind::Number => format!("required int64 {name};\n"),
            Kind::Time => format!("required int64 {name} (TIMESTAMP(MILLIS, true));\n"),
            Kind::MaybeTime => format!("optional int64 {name} (TIMESTAMP(MILLIS, true));\n"),
            Kind::Text => format!("required binary {name} (STRING);\n"),
            Kind::MaybeText => format!("optional binary {name} (STRING);\n"),
            Kind::Texts => format!(
                "required group {name} (LIST) {{ repeated group list {{ required binary element (STRING); }} }}\n"
            ),
        });
    }
    out + "}"
}

/// The values of one column, and where they are missing (definition levels) or go on (repetition levels).
#[derive(Debug, Default)]
pub(super) struct Column {
    numbers: Vec<i64>,
    texts: Vec<ByteArray>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl Column {
    pub(super) fn write(self, writer: &mut ColumnWriter<'_>) -> Result<()> {
        let [defined, repeated] = [&self.defined, &self.repeated]
            .map(|levels| Some(levels.as_slice()).filter(|levels| !levels.is_empty()));
        match writer {
            ColumnWriter::Int64ColumnWriter(writer) => {
                writer.write_batch(&self.numbers, defined, repeated)?
            }
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                writer.write_batch(&self.texts, defined, repeated)?
            }
            _ => 0,
        };
        Ok(())
    }
}

/// Rows that wait to be written.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) each: [Column; COLUMNS.len()],
    pub(super) rows: usize,
    /// Bytes of their texts.
    pub(super) bytes: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self { each: std::array::from_fn(|_| Column::default()), rows: 0, bytes: 0 }
    }
}

/// A value on its way into its column.
enum Cell<'a> {
    Number(i64),
    MaybeNumber(Option<i64>),
    Text(&'a str),
    MaybeText(Option<&'a str>),
    Texts(&'a [String]),
}

impl Columns {
    pub(super) fn add(&mut self, row: &ArticleRow, version: &Version) {
        let article = &version.article;
        let body = article.text();
        let content = version.fingerprint.content.to_string();
        let stated =
            |when: &Option<When>| Cell::MaybeNumber(when.as_ref().map(|when| when.at.as_millisecond()));
        let cells: [Cell<'_>; COLUMNS.len()] = [
            Cell::Number(row.id.0),
            Cell::Number(version.seq.0),
            Cell::Number(row.versions),
            Cell::Text(row.state.as_str()),
            Cell::Text(&row.site),
            Cell::MaybeText(row.site_name.as_deref()),
            Cell::Text(row.url.as_str()),
            Cell::MaybeText(article.canonical_url.as_deref()),
            Cell::Text(&article.title),
            Cell::MaybeText(article.dateline.as_ref().map(|dateline| dateline.raw.trim_end())),
            Cell::Texts(&article.authors),
            Cell::MaybeText(article.section.as_deref()),
            Cell::MaybeText(article.language.as_deref()),
            stated(&article.published),
            stated(&article.modified),
            Cell::Number(row.first_seen.as_millisecond()),
            Cell::Number(version.observed.as_millisecond()),
            Cell::Text(version.cause.as_str()),
            Cell::Number(i64::try_from(article.words()).unwrap_or(i64::MAX)),
            Cell::Text(&content),
            Cell::Text(&body),
        ];
        self.rows += 1;
        for (column, cell) in self.each.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
    }
}

impl Column {
    /// Adds the value of a row; tells its bytes.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        match cell {
            Cell::Number(number) => self.numbers.push(number),
            Cell::MaybeNumber(number) => {
                self.numbers.extend(number);
                self.defined.push(number.is_some().into());
            }
            Cell::Text(text) => return self.text(text),
            Cell::MaybeText(text) => {
                self.defined.push(text.is_some().into());
                return text.map_or(0, |text| self.text(text));
            }
            Cell::Texts([]) => {
                self.defined.push(0);
                self.repeated.push(0);
            }
            Cell::Texts(texts) => {
                let write = |(n, text): (usize, &String)| {
                    self.defined.push(1);
                    self.repeated.push((n > 0).into());
                    self.text(text)
                };
                return texts.iter().enumerate().map(write).sum();
            }
        }
        8
    }

    fn text(&mut self, text: &str) -> usize {
        self.texts.push(text.into());
        text.len()
    }
}
