//! `kliping demo`: three newspapers on loopback, crawled, edited, and crawled again.
//!
//! Nothing is faked: the newsroom is a web server, and the crawls are those of `kliping crawl`.

mod edits;
mod folder;
mod lists;
mod manners;
mod newsroom;
mod next;
mod paper;
mod server;
mod story;
mod tell;
mod wrap;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kliping::config::Config;
use kliping::pipeline::{self, Options, Report};
use kliping::site::Catalog;
use kliping::store::{Archive, Mode};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::{crawl, runtime};
use edits::CHANGES;
use newsroom::Newsroom;

const EXAMPLES: &str = "\
Examples:
  kliping demo                    the whole job in half a minute; no network, no configuration
  kliping demo --keep press       leave configuration, site file and archive in the folder press";

/// The whole job, on a newsroom that runs inside the command
///
/// Three small papers print on loopback: one with WordPress' markup and an Indonesian comment form,
/// one with markup of its own, one with hardly any. They are crawled as `kliping crawl` does it; then
/// the newsroom edits, corrects, moves and deletes, and they are crawled again. Nothing leaves this
/// machine. The archive stays, for all other verbs to look at.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Leave everything in this folder, which must be new or empty [default: a new kliping-demo in
    /// the system's folder for temporary files]
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let folder = folder::make(args.keep.as_deref())?;
    let newsroom = Newsroom::start(now()).map_err(|error| {
        CliError::new(Exit::Nothing, format_args!("the newsroom cannot open on 127.0.0.1: {error}"))
    })?;
    let demo = Demo::new(&folder, &newsroom, app)?;
    tell::opening(&newsroom, app)?;

    tell::begins("The first crawl", app)?;
    let first = demo.crawl()?;
    if let Some(exit) = cut_short(&first) {
        return Ok(exit);
    }
    let reader = demo.archive.reader()?;
    tell::archived(&first, &newsroom, &reader, app)?;
    tell::cut(&reader, app)?;

    tell::begins("The newsroom works", app)?;
    for change in CHANGES {
        change.make(&newsroom, now());
    }
    tell::edits(app)?;

    tell::begins("The second crawl", app)?;
    let second = demo.crawl()?;
    if let Some(exit) = cut_short(&second) {
        return Ok(exit);
    }
    tell::found(&second, &newsroom, &reader, app)?;

    tell::begins("Its manners, by the papers' own logs", app)?;
    tell::manners(&newsroom, app)?;
    drop(newsroom);
    tell::farewell(&folder, demo.archive.path(), &reader, app)?;
    Ok(Exit::Done)
}

/// What both crawls need.
struct Demo {
    config: Config,
    catalog: Arc<Catalog>,
    archive: Arc<Archive>,
}

impl Demo {
    /// Configuration, site file and archive, through the same doors as everybody's.
    fn new(folder: &Path, newsroom: &Newsroom, app: &App) -> Result<Self, CliError> {
        let file = folder::furnish(folder, newsroom)?;
        let color = app.stderr_color();
        let config =
            Config::load(Some(&file)).map_err(|errors| CliError::new(Exit::Config, errors.render(color)))?;
        let catalog = Catalog::load(&config.selectors).map(Arc::new).map_err(|mistakes| {
            let shown: Vec<String> = mistakes.iter().map(|mistake| mistake.render(color)).collect();
            CliError::new(Exit::Config, shown.join("\n\n"))
        })?;
        let archive = Archive::open(&config.archive, Mode::Create).map(Arc::new)?;
        Ok(Self { config, catalog, archive })
    }

    fn crawl(&self) -> Result<Report, CliError> {
        let options = Options { args: "demo".to_owned(), ..Options::default() };
        runtime::run(None, |stop| {
            pipeline::crawl(&self.config, Arc::clone(&self.catalog), &self.archive, options, stop)
        })?
        .map_err(crawl::failed)
    }
}

/// How the demo ends when a crawl was interrupted.
fn cut_short(report: &Report) -> Option<Exit> {
    match report.exit {
        130 => Some(Exit::Interrupted),
        143 => Some(Exit::Terminated),
        _ => None,
    }
}
