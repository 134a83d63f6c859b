//! `kliping add`: archive these pages now.

use std::io::{BufRead, Write};
use std::sync::Arc;

use kliping::model::PageUrl;
use kliping::pipeline;
use kliping::store::{Mode as OpenMode, Reader};

use super::app::App;
use super::crawl::{Summary, failed, finish};
use super::exit::{CliError, Exit};
use super::text::plain;
use super::{runtime, say};

const EXAMPLES: &str = "\
Examples:
  kliping add https://news.example/2026/01/02/a-story/
  kliping add - < addresses.txt            one address a line";

/// What `add` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Addresses of articles; `-` reads them from stdin, one a line
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
    /// Print what the run did
    #[arg(long, value_name = "FORMAT")]
    summary: Option<Summary>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let urls = addresses(&args.urls)?;
    let config = app.config()?.clone();
    let catalog = app.catalog()?;
    let archive = Arc::new(app.open_archive(OpenMode::Create)?);
    let reader = archive.reader()?;
    let given = urls.len();
    let urls = allowed(urls, &reader)?;
    if urls.is_empty() {
        return Ok(Exit::Nothing);
    }
    let command = say::command_line();
    let report =
        runtime::run(None, |stop| pipeline::add(&config, catalog.clone(), &archive, &urls, command, stop))?
            .map_err(failed)?;
    if args.summary.is_none() && !app.global.quiet {
        for url in &urls {
            let Some(head) = reader.head_for(url)? else { continue };
            let Some(row) = reader.article(head.article)? else { continue };
            writeln!(app.out, "{}@{}  {}", head.article, head.head.seq, row.title)?;
        }
    }
    let exit = finish(&report, args.summary, false, app)?;
    Ok(if exit == Exit::Done && urls.len() < given { Exit::Partial } else { exit })
}

/// The addresses that may be asked for; of the others it is said why not.
fn allowed(urls: Vec<PageUrl>, reader: &Reader) -> Result<Vec<PageUrl>, CliError> {
    let mut allowed = Vec::with_capacity(urls.len());
    for url in urls {
        match reader.tombstone(&url)? {
            None => allowed.push(url),
            Some(stone) => say::line(format_args!(
                "kliping: {url}: not asked for: its text was taken out of the archive at {:.0}: {}",
                stone.at,
                plain(&stone.reason)
            )),
        }
    }
    Ok(allowed)
}

/// The addresses of the command line, with stdin in place of `-`.
fn addresses(args: &[String]) -> Result<Vec<PageUrl>, CliError> {
    let mut texts = Vec::new();
    for arg in args {
        if arg == "-" {
            for line in std::io::stdin().lock().lines() {
                let line =
                    line.map_err(|e| CliError::new(Exit::Usage, format_args!("cannot read stdin: {e}")))?;
                texts.push(line);
            }
        } else {
            texts.push(arg.clone());
        }
    }
    let mut urls: Vec<PageUrl> = Vec::new();
    for text in texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty() && !t.starts_with('#')) {
        let url = PageUrl::parse(text).map_err(|e| CliError::new(Exit::Usage, e))?;
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    Ok(urls)
}
