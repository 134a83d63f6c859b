//! `kliping copy`: a whole archive to another place, from a file to a server and back.

use std::io::{IsTerminal, Write, stderr};
use std::path::{Path, PathBuf};

use kliping::pipeline::{CrawlError, CrawlLock};
use kliping::store::{
    Archive, Copied, CopyError, CopyProgress, CopyStep, Mode, StoreError, Verified, is_server, schema_of,
};
use serde_json::json;

use super::app::{App, now};
use super::crawl;
use super::exit::{CliError, Exit};
use super::list::Format;
use super::style;
use super::text::count;
use super::verify;

const EXAMPLES: &str = "\
Examples:
  kliping copy archive/kliping.db postgres://kliping@db.example/news     from a file to a server
  kliping copy postgres://kliping@db.example/news news.db                and back
  until kliping copy FROM TO; do sleep 60; done                          over a line that breaks now and then";

/// Copy a whole archive to another place: from a file to a server of PostgreSQL, and back
///
/// Every row under its number: versions, pages as they came, requests, events, addresses, the chain; and the
/// crawl's notebook: queue, robots.txt, how far exports have read, how long each host rests. Not who holds a
/// host. The search index is built anew from the texts. What is copied is the archive at the moment when this
/// begins; a crawl may go on there, and what it stores meanwhile stays behind.
///
/// Then both are read again and compared row by row, and every hash of the copy is computed anew, as `verify`
/// does. When it is interrupted, the same command goes on where it was; until it is done, no other verb opens
/// the copy. TO must hold no other archive, and no crawl may run on it (exit 75).
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// The archive: a file, or the address of a server
    #[arg(value_name = "FROM")]
    from: PathBuf,
    /// Where its copy goes: a file in a folder that exists, or the address of a server
    #[arg(value_name = "TO")]
    to: PathBuf,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let source = Archive::open(&args.from, Mode::ReadOnly)?;
    let _lock = hold(&args.to)?;
    let copied = copy(&source, &args.to, stderr().is_terminal() && !app.global.quiet)?;
    let target = Archive::open(&args.to, Mode::ReadOnly)?;
    let mut printed = Ok(());
    let verified = target.reader()?.verify(None, &mut |fault| {
        if printed.is_ok() {
            printed = verify::print(&fault, args.format, app);
        }
    });
    printed?;
    let verified = verified?;
    let same = verified.head == copied.head && verified.links == copied.links;
    print(&copied, &verified, same, (source.path(), target.path()), args.format, app)?;
    if verified.faults == 0 && same {
        return Ok(Exit::Done);
    }
    app.flush()?;
    let faults = count(i64::try_from(verified.faults).unwrap_or(i64::MAX), "fault", "faults");
    Err(CliError::new(Exit::No, format_args!("the copy holds what the archive holds, with {faults} in it"))
        .help(format!("look at the archive itself: kliping verify --archive {}", source.path().display())))
}

/// Copies; somebody who watches a terminal is told how far it is.
fn copy(source: &Archive, to: &Path, watched: bool) -> Result<Copied, CliError> {
    let mut shown = None;
    let mut tell = |progress: CopyProgress| {
        let line = told(progress);
        if watched && shown.as_ref() != Some(&line) {
            // Nobody is left to be told that nobody watches.
            let _ = write!(stderr(), "\r{line}");
            let _ = stderr().flush();
            shown = Some(line);
        }
    };
    let copied = source.copy_to(to, now(), &mut tell);
    if shown.is_some() {
        let _ = writeln!(stderr());
    }
    copied.map_err(failed)
}

/// Holds the place of the copy, so that nobody crawls there and nobody else copies.
fn hold(to: &Path) -> Result<CrawlLock, CliError> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !is_server(to) && !folder.is_dir() {
        return Err(CliError::new(Exit::Nothing, format_args!("there is no folder {}", folder.display())));
    }
    CrawlLock::take(to).map_err(|error| match error {
        CrawlError::Locked { .. } => {
            CliError::new(Exit::Locked, "TO is in use: a crawl or another copy holds it")
                .help("wait for it to end, or name another place")
        }
        error => crawl::failed(error),
    })
}

fn told(progress: CopyProgress) -> String {
    let step = match progress.step {
        CopyStep::Write => "copied",
        CopyStep::Index => "copied, indexed",
        CopyStep::Compare => "copied, indexed, compared",
    };
    // Wide enough for the lines before it.
    format!("{step} {} %    ", (progress.done * 100).checked_div(progress.all).unwrap_or(100).min(100))
}

fn print(
    copied: &Copied,
    verified: &Verified,
    same: bool,
    (from, to): (&Path, &Path),
    format: Format,
    app: &mut App,
) -> std::io::Result<()> {
    if format == Format::Jsonl {
        let line = json!({
            "schema": "kliping.copy/1",
            "from": from.to_string_lossy(),
            "to": to.to_string_lossy(),
            "articles": copied.articles,
            "versions": copied.versions,
            "pages": copied.pages,
            "rows": copied.rows,
            "links": copied.links,
            "head": copied.head.to_string(),
            "same_head": same,
            "resumed": copied.resumed,
            "already": copied.already,
            "faults": verified.faults,
        });
        return writeln!(app.out, "{line}");
    }
    match copied.already {
        true => writeln!(app.out, "copied  before: every fact that is here is there")?,
        false => writeln!(app.out, "copied  {}, compared one by one", count(copied.rows, "row", "rows"))?,
    }
    if verified.faults == 0 {
        let sound = app.paint(style::GOOD, "sound");
        writeln!(app.out, "{sound}  {}", verify::told(verified))?;
    }
    let links = count(copied.links, "link", "links");
    let both = if same { "the same in both" } else { "ANOTHER in the copy" };
    writeln!(app.out, "chain  {links}, the last: {}, {both}", copied.head)
}

fn failed(error: CopyError) -> CliError {
    let exit = match error {
        CopyError::Itself(_) => Exit::Usage,
        CopyError::Taken { .. } | CopyError::OtherHalf(_) | CopyError::Nul { .. } => Exit::Nothing,
        CopyError::Store(error) => return of_store(error),
        _ => Exit::Archive,
    };
    let help = match &error {
        CopyError::Taken { .. } | CopyError::Itself(_) => "name a place that holds no archive".to_owned(),
        CopyError::OtherHalf(path) => match schema_of(path) {
            Some(schema) => format!("name another place, or remove the part: `DROP SCHEMA {schema} CASCADE`"),
            None => "name another place, or remove the part: the file".to_owned(),
        },
        CopyError::Nul { .. } => "copy to a file, which keeps it".to_owned(),
        _ => "run it again; if it says so again, please report it".to_owned(),
    };
    CliError::new(exit, error).help(help)
}

fn of_store(error: StoreError) -> CliError {
    match error {
        StoreError::DiskFull => CliError::new(Exit::Archive, "no room for the copy on its disk")
            .help("free some space and run it again: it goes on where it was"),
        error => error.into(),
    }
}
