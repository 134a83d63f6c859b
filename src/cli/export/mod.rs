//! `kliping export`: the archive as files for others.

mod book;
mod changes;
mod folder;
mod job;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use kliping::export::ExportError;
use kliping::store::{Mode, Pass, Versions};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::pick::FilterArgs;
use job::Job;

const EXAMPLES: &str = "\
Examples:
  kliping export --to jsonl > all.jsonl             one article a line
  kliping export --to csv -o news.csv --site kabar --since 7d
  kliping export --to md -o articles                a file an article, good for git
  kliping export --to jsonl --versions all          every version, oldest first
  kliping export --to epub -o week.epub --since 7d  a book to read on the way
  kliping export --to html -o site/                 pages by day and site
  kliping export --to warc -o kabar.warc.gz --versions all --site kabar
  kliping export --to atom --changes --since 7d -o changes.atom
  kliping export --to jsonl --incremental nightly -o \"new-$(date +%F).jsonl\"";

/// Write articles for others: JSON Lines, CSV, Markdown, EPUB, HTML, Atom, JSON-LD, WARC, SQLite
///
/// The same articles give the same bytes. A file is written whole or not at all. With --incremental only
/// what was written into the archive since that name's last export is exported; the name moves on when the
/// export is complete, so an interrupted one is simply started again.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// What to write
    #[arg(long, value_name = "FORMAT")]
    to: Format,
    /// Where to: a file; for md a folder; for epub and html a file or, with / at its end, a folder
    /// [default: stdout]
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Which versions of an article
    #[arg(long, value_name = "WHICH", default_value = "latest")]
    versions: Which,
    /// What editors changed instead of the articles, each change with its words marked (atom); the times are
    /// then those of the changes. `kliping changes --format atom` chooses by kind and score, too
    #[arg(long, conflicts_with_all = ["versions", "incremental", "state", "changed_since"])]
    changes: bool,
    /// Only versions that are new since the last export of this name
    #[arg(long, value_name = "NAME", conflicts_with = "limit")]
    incremental: Option<String>,
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
    /// A book by day and site; with -o DIR/ a book a day
    Epub,
    /// Pages to read and to print: one file, or with -o DIR/ one a day and site
    Html,
    /// A feed of articles
    Atom,
    /// `NewsArticle` of schema.org, one object a line
    Jsonld,
    /// The stored pages as a web archive, gzip by record
    Warc,
    /// A small database for Datasette and sqlite3
    Sqlite,
    /// A table by columns for DuckDB, pandas and Spark
    #[cfg(feature = "parquet")]
    Parquet,
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
    if place.is_none() && matches!(args.to, Format::Epub | Format::Warc) && std::io::stdout().is_terminal() {
        return Err(CliError::new(Exit::Usage, "this is nothing for a terminal").help("name a file with -o"));
    }
    if args.changes && args.to != Format::Atom {
        return Err(CliError::new(Exit::Usage, "--changes is a feed").help("add --to atom"));
    }
    let mode = if args.incremental.is_some() { Mode::ReadWrite } else { Mode::ReadOnly };
    let archive = app.open_archive(mode)?;
    let reader = archive.reader()?;
    args.filter.look_for_site(&reader, app)?;
    if args.changes {
        changes::write(&reader, &args.filter.filter(), place, &mut app.out)?;
        return Ok(Exit::Done);
    }
    let name = args.incremental.as_ref().map(|name| format!("export:{name}"));
    // What is written from here on belongs to the next export of this name.
    let last = reader.last_written()?;
    let after = match &name {
        Some(name) => reader.cursor(name)?.unwrap_or(0),
        None => 0,
    };
    let versions = if args.versions == Which::All { Versions::All } else { Versions::Latest };
    let site = args.filter.site();
    let pass = Pass { filter: args.filter.filter(), versions, after, until: Some(last) };
    let job = Job { reader: &reader, pass, site };
    job.run(args.to, place, &mut app.out)?;
    if let Some(name) = name {
        app.flush()?;
        archive.writer().set_cursor(name, last, now()).wait()?;
    }
    Ok(Exit::Done)
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::Output(error) => error.into(),
            error => {
                let whole = matches!(error, ExportError::TooLarge);
                let help = whole.then(|| "with `-o DIR/` every day is a book of its own".to_owned());
                let code = error.code();
                Self { help, ..Self::new(Exit::Nothing, error).code(code) }
            }
        }
    }
}
