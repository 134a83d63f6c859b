//! `kliping sites health`: per site and field the share of pages that have it, over time.

mod text;

use std::io::Write;

use clap::ValueEnum;
use kliping::config::Since;
use kliping::export;
use kliping::model::{SiteHealth, site_health};
use kliping::store::Mode;

use crate::cli::app::{App, now};
use crate::cli::exit::{CliError, Exit};
use crate::cli::pick;
use crate::cli::say;

const EXAMPLES: &str = "\
Examples:
  kliping sites health                    every site: what its pages give, before and lately
  kliping sites health kabar --since 30d
  kliping sites health -q || mail -s \"a site changed\" me@example.org < /dev/null
  kliping sites health --format jsonl | jq -r 'select(.ok | not) | .site'

Exit code 1 when a site lost something: a field that its pages used to have, the layout of its file, its
articles. The latest pages (at most 20, and a third of all) are compared with those before them.";

/// Tell which fields vanish, by what the archive read off each site's pages
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Sites by their names [default: all of the archive]
    #[arg(value_name = "SITE")]
    sites: Vec<String>,
    /// Pages fetched since then: 24h, 7d, 2026-03-01, 2026-03-01T10:00+07:00
    #[arg(long, value_name = "WHEN", default_value = "90d", value_parser = Since::parse)]
    since: Since,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read here; with --quiet only what was lost
    Text,
    /// A JSON object a site (kliping.health/1)
    #[value(alias = "json")]
    Jsonl,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    let mut seen = reader.sightings(args.since.at(now()))?;
    let known = reader.sites()?;
    if let Some(name) = args.sites.iter().find(|name| !known.contains(name)) {
        return Err(CliError::new(Exit::Usage, format_args!("the archive has no site `{name}`"))
            .help(format!("its sites: {}", pick::listed(&known))));
    }
    if !args.sites.is_empty() {
        seen.retain(|site, _| args.sites.contains(site));
    }
    if seen.is_empty() {
        say::note(&app.global, "the archive has read no page since then");
    }
    let found: Vec<(String, SiteHealth)> =
        seen.into_iter().map(|(site, pages)| (site, site_health(&pages))).collect();
    for (at, (site, health)) in found.iter().enumerate() {
        match args.format {
            Format::Jsonl => writeln!(app.out, "{}", export::health(site, health))?,
            Format::Text if app.global.quiet => text::lost(site, health, app)?,
            Format::Text => {
                if at > 0 {
                    writeln!(app.out)?;
                }
                text::site(site, health, app)?;
            }
        }
    }
    let lost = found.iter().any(|(_, health)| health.lost().next().is_some());
    Ok(if lost { Exit::No } else { Exit::Done })
}
