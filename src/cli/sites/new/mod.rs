//! `kliping sites new`: site files and their fixtures from saved pages.

mod fixture;
mod test_file;

use std::path::PathBuf;

use crate::cli::app::App;
use crate::cli::exit::{CliError, Exit};

const EXAMPLES: &str = "\
Examples:
  kliping sites new --fixture page.html --url https://news.example/2026/06/20/a/
                        selectors/news.example/2026-06-20.html and a [[test]] in selectors/news.example.toml
  kliping sites new --fixture page.html --site news.example --name amp

A fixture is a skeleton: the page's elements, classes, metadata and times, with other words. It reads
like the page and holds none of its text.";

/// Make a fixture and its [[test]] from a saved page
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Write the skeleton of this saved page and a [[test]] for it
    #[arg(long, value_name = "PAGE.html")]
    fixture: PathBuf,
    /// Where the page came from [default: its canonical address]
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The site file [default: the one of the page's host]
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// The fixture's name; one that is there is replaced [default: the day of publication]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    fixture::run(args, app)
}
