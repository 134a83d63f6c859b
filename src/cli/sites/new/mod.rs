//! `kliping sites new`: site files and their fixtures from saved pages.

mod fixture;
mod site_file;
mod test_file;

use std::path::PathBuf;

use crate::cli::app::App;
use crate::cli::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping sites new one.html two.html      draft selectors/news.example.toml from saved pages of one site
  kliping sites new https://news.example/a/ https://news.example/b/    the same; the pages are fetched politely
  kliping sites new --output - *.html      only print the draft
  kliping sites new --fixture page.html --url https://news.example/2026/06/20/a/
                        selectors/news.example/2026-06-20.html and a [[test]] in selectors/news.example.toml

What the pages have in common decides, so give two or more, of different days, authors and sections.

A fixture is a skeleton: the page's elements, classes, metadata and times, with other words. It reads
like the page and holds none of its text.";

/// Draft a site file from saved pages, or make a fixture and its [[test]] from one
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Saved pages of one site, or their addresses
    #[arg(value_name = "FILE|URL", required_unless_present = "fixture")]
    pages: Vec<String>,
    /// Write the skeleton of this saved page and a [[test]] for it
    #[arg(long, value_name = "PAGE.html", conflicts_with = "pages")]
    fixture: Option<PathBuf>,
    /// Where a page came from; once a page, in their order [default: its canonical address]
    #[arg(long, value_name = "URL")]
    url: Vec<String>,
    /// The site file [default: named like the pages' host]
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// The fixture's name; one that is there is replaced [default: the day of publication]
    #[arg(long, value_name = "NAME", requires = "fixture")]
    name: Option<String>,
    /// Write the draft to this file and make no fixtures; `-` prints it
    #[arg(long, short, value_name = "FILE", conflicts_with = "fixture")]
    output: Option<PathBuf>,
    /// Write over a site file that is there
    #[arg(long, conflicts_with = "fixture")]
    force: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    match &args.fixture {
        Some(page) => fixture::run(page, args, app),
        None => site_file::run(args, app),
    }
}
