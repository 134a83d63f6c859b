//! Formats that are written in the order of the archive, article after article.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use kliping::export::{AtomicFile, CsvWriter, FeedWriter, SqliteWriter, WarcWriter, jsonl, jsonld, markdown};
use kliping::model::Version;
use kliping::store::{ArticleRow, Pass, Reader};

use super::Format;
use crate::cli::{CliError, Exit};

/// An export: which versions, out of which archive.
pub struct Job<'r> {
    pub(super) reader: &'r Reader,
    pub(super) pass: Pass,
    /// The one site that is meant.
    pub(super) site: Option<&'r str>,
}

impl Job<'_> {
    /// Writes a format to its place.
    pub(super) fn run(
        &self,
        format: Format,
        place: Option<&Path>,
        out: &mut dyn Write,
    ) -> Result<(), CliError> {
        match (format, place) {
            (Format::Md, Some(folder)) => self.markdown_folder(folder),
            (Format::Html, Some(folder)) if is_folder(folder) => self.html_folder(folder),
            (Format::Epub, Some(folder)) if is_folder(folder) => self.book_a_day(folder),
            (Format::Sqlite, Some(file)) => self.sqlite(file),
            (Format::Sqlite, None) => Err(no_place("a database is a file", "FILE.db")),
            #[cfg(feature = "parquet")]
            (Format::Parquet, Some(file)) => self.parquet(file),
            #[cfg(feature = "parquet")]
            (Format::Parquet, None) => Err(no_place("a table by columns is a file", "FILE.parquet")),
            (format, place) => into_place(place, out, |out| self.stream(format, out)),
        }
    }

    pub(super) fn each(
        &self,
        f: impl FnMut(&ArticleRow, &Version) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        self.reader.pass(&self.pass, f)
    }

    fn stream(&self, format: Format, out: &mut dyn Write) -> Result<(), CliError> {
        match format {
            Format::Jsonl => self.each(|row, version| Ok(jsonl(out, row, version)?)),
            Format::Jsonld => self.each(|row, version| Ok(jsonld(out, row, version)?)),
            Format::Csv => {
                let mut csv = CsvWriter::new(out)?;
                self.each(|row, version| Ok(csv.row(row, version)?))?;
                Ok(csv.finish()?)
            }
            Format::Md => {
                let mut first = true;
                self.each(|row, version| {
                    // One after the other, to be read: an empty line before the next front matter.
                    let gap = if std::mem::take(&mut first) { "" } else { "\n" };
                    Ok(write!(out, "{gap}{}", markdown(row, version))?)
                })
            }
            Format::Atom => {
                let mut feed = FeedWriter::new(out, &self.title(), self.updated()?)?;
                self.each(|row, version| Ok(feed.row(row, version)?))?;
                Ok(feed.finish()?)
            }
            Format::Warc => self.warc(out),
            Format::Epub => self.book(out),
            Format::Html => self.page(out),
            // No streams; `run` has told them apart.
            Format::Sqlite => Ok(()),
            #[cfg(feature = "parquet")]
            Format::Parquet => Ok(()),
        }
    }

    fn warc(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let mut warc = WarcWriter::new(out, &self.title(), self.updated()?)?;
        let all = self.pass.versions == kliping::store::Versions::All;
        self.each(|row, version| {
            if warc.wants(row.id) {
                let mut captures = self.reader.captures(row.id)?;
                if !all {
                    captures.retain(|capture| capture.at == version.observed && !capture.not_modified);
                }
                warc.captures(row.id, &captures, |page| Ok::<_, CliError>(self.reader.page(page)?))?;
            }
            Ok(warc.version(row, version)?)
        })?;
        Ok(warc.finish()?)
    }

    /// A database is built beside its place, and takes it when it is whole.
    fn sqlite(&self, file: &Path) -> Result<(), CliError> {
        let place = AtomicFile::create(file)?;
        let mut database = SqliteWriter::new(place.part())?;
        self.each(|row, version| Ok(database.row(row, version)?))?;
        database.finish()?;
        Ok(place.commit()?)
    }

    #[cfg(feature = "parquet")]
    fn parquet(&self, file: &Path) -> Result<(), CliError> {
        let mut table = kliping::export::ParquetWriter::new(AtomicFile::create(file)?)?;
        self.each(|row, version| Ok(table.row(row, version)?))?;
        Ok(table.finish()?.commit()?)
    }

    /// What an export is called.
    pub(super) fn title(&self) -> String {
        match self.site {
            Some(site) => format!("News of {site}"),
            None => "News of all sites".to_owned(),
        }
    }

    /// When what is exported last changed.
    pub(super) fn updated(&self) -> Result<Timestamp, CliError> {
        Ok(self.reader.last_change(&self.pass)?.unwrap_or(Timestamp::UNIX_EPOCH))
    }
}

/// Writes a stream to a file, which has all of it or is as before, or where there is none, out.
pub(super) fn into_place(
    place: Option<&Path>,
    out: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<(), CliError>,
) -> Result<(), CliError> {
    let Some(file) = place else { return write(out) };
    let mut file = AtomicFile::create(file)?;
    write(&mut file)?;
    Ok(file.commit()?)
}

/// What cannot be written as a stream wants a name.
fn no_place(what: &str, name: &str) -> CliError {
    CliError::new(Exit::Usage, what).help(format!("name it with -o {name}"))
}

/// Whether a place is meant as a folder: it is one, or its name ends as one.
fn is_folder(path: &Path) -> bool {
    let name: &OsStr = path.as_os_str();
    path.is_dir() || name.as_encoded_bytes().ends_with(b"/")
}
