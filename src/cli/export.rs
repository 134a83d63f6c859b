//! `kliping export`: the archive as files for others.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kliping::export::{AtomicFile, CsvWriter, ExportError, article_path, jsonl, markdown, write_if_changed};
use kliping::model::{Version, VersionSeq};
use kliping::store::{ArticleRow, Filter, Mode, Reader, StoreError, Versions};

use super::app::{App, store_error};
use super::exit::{CliError, Exit};
use super::pick::FilterArgs;

const EXAMPLES: &str = "\
Examples:
  kliping export --to jsonl > all.jsonl             one article a line
  kliping export --to csv -o news.csv --site kabar --since 7d
  kliping export --to md -o articles                a file an article, good for git
  kliping export --to jsonl --versions all          every version, oldest first";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// Where to: a file, written whole or not at all; for md a folder [default: stdout]
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Which versions of an article
    #[arg(long, value_name = "WHICH", default_value = "latest")]
    versions: Which,
    #[command(flatten)]
    filter: FilterArgs,
}

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON Lines: `kliping.article/1`, one object a line
    #[value(alias = "json")]
    Jsonl,
    /// A table for spreadsheets
    Csv,
    /// Markdown with front matter: SITE/YYYY/MM/slug-ID.md
    Md,
}

/// Which versions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The latest of each article
    Latest,
    /// All
    All,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let place = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let reader = app.open_archive(Mode::ReadOnly)?.reader().map_err(store_error)?;
    args.filter.look_for_site(&reader, app)?;
    let job = Job { reader: &reader, filter: args.filter.filter(), versions: args.versions };
    let done = match (args.to, place) {
        (Format::Md, Some(folder)) => job.markdown(folder),
        (format, Some(file)) => job.file(format, file),
        (format, None) => job.stream(format, &mut app.out),
    };
    done.map(|()| Exit::Done).map_err(Failure::shown)
}

struct Job<'r> {
    reader: &'r Reader,
    filter: Filter,
    versions: Which,
}

impl Job<'_> {
    fn each(&self, f: impl FnMut(&ArticleRow, &Version) -> Result<(), Failure>) -> Result<(), Failure> {
        let which = match self.versions {
            Which::Latest => Versions::Latest,
            Which::All => Versions::All,
        };
        self.reader.each(&self.filter, which, f)
    }

    fn stream(&self, format: Format, out: &mut dyn Write) -> Result<(), Failure> {
        if format == Format::Csv {
            let mut csv = CsvWriter::new(out)?;
            self.each(|row, version| Ok(csv.row(row, version)?))?;
            return Ok(csv.finish()?);
        }
        let mut first = true;
        self.each(|row, version| {
            if format == Format::Md {
                // One after the other, to be read: an empty line before the next front matter.
                let gap = if std::mem::take(&mut first) { "" } else { "\n" };
                write!(out, "{gap}{}", markdown(row, version)).map_err(ExportError::from)?;
                return Ok(());
            }
            Ok(jsonl(out, row, version)?)
        })
    }

    fn file(&self, format: Format, path: &Path) -> Result<(), Failure> {
        let mut file = AtomicFile::create(path)?;
        self.stream(format, &mut file)?;
        Ok(file.commit()?)
    }

    fn markdown(&self, folder: &Path) -> Result<(), Failure> {
        self.each(|row, version| {
            // The name is made of the first version, so that it never changes.
            let first = match version.seq {
                VersionSeq(1) => None,
                _ => self.reader.version(row.id, VersionSeq(1))?,
            };
            let which = (self.versions == Which::All).then_some(version);
            let path = article_path(row, first.as_ref().unwrap_or(version), which);
            write_if_changed(&folder.join(path), markdown(row, version).as_bytes())?;
            Ok(())
        })
    }
}

/// Reading the archive or writing the files failed.
enum Failure {
    Store(StoreError),
    Export(ExportError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        Self::Export(error)
    }
}

impl Failure {
    fn shown(self) -> CliError {
        match self {
            Self::Store(error) => store_error(error),
            Self::Export(ExportError::Output(error)) => error.into(),
            Self::Export(error) => CliError::new(Exit::Nothing, error),
        }
    }
}
