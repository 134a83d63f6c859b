//! `kliping sites list`: the configured sites and what reads them.

use std::io::Write;

use clap::ValueEnum;
use clap::builder::styling::Style;
use kliping::config::{SiteEntry, units};
use kliping::site::{Catalog, Site};
use serde_json::{Value, json};

use super::super::app::App;
use super::super::exit::{CliError, Exit};
use super::super::say;

const EXAMPLES: &str = "\
Examples:
  kliping sites list
  kliping sites list --format jsonl | jq -r .url";

/// The configured sites and what reads them
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// How they are printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    #[value(alias = "json")]
    Jsonl,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let config = app.config()?.clone();
    let catalog = app.catalog()?;
    if args.format == Format::Jsonl {
        for entry in &config.sites {
            writeln!(app.out, "{}", json(entry, &catalog))?;
        }
        return Ok(Exit::Done);
    }
    if config.sites.is_empty() {
        say::note(&app.global, "no site is configured; add one: kliping sites add https://…");
    }
    let rows: Vec<[String; 4]> =
        config.sites.iter().map(|entry| row(entry, &catalog, config.crawl.delay)).collect();
    table(app, &["SITE", "ADDRESS", "READ BY", "DELAY"], &rows)?;
    let idle: Vec<&str> = catalog
        .sites()
        .filter(|site| !config.sites.iter().any(|entry| catalog.resolve(&entry.url, None).id == site.id))
        .map(|site| site.id.as_str())
        .collect();
    if !idle.is_empty() {
        writeln!(app.out, "\nSite files that no configured site needs: {}", idle.join(", "))?;
    }
    Ok(Exit::Done)
}

fn row(entry: &SiteEntry, catalog: &Catalog, default: std::time::Duration) -> [String; 4] {
    let site = catalog.resolve(&entry.url, entry.preset.as_deref());
    let delay = entry.delay.or(site.crawl.delay).unwrap_or(default);
    let state = if entry.enabled { "" } else { " (off)" };
    [format!("{}{state}", entry.id), entry.url.to_string(), reader(&site), units::show_duration(delay)]
}

/// What reads a site, for people.
fn reader(site: &Site) -> String {
    match (&site.file, &site.extends, site.hosts.is_empty()) {
        (_, _, true) => format!("preset {}", site.id),
        (Some(file), Some(extends), _) => format!("{} over {extends}", file.display()),
        (Some(file), None, _) => file.display().to_string(),
        (None, Some(extends), _) => format!("{} (built in) over {extends}", site.id),
        (None, None, _) => format!("{} (built in)", site.id),
    }
}

fn json(entry: &SiteEntry, catalog: &Catalog) -> Value {
    let site = catalog.resolve(&entry.url, entry.preset.as_deref());
    json!({
        "id": entry.id,
        "url": entry.url.as_str(),
        "enabled": entry.enabled,
        "preset": entry.preset,
        "read_by": site.id,
        "file": site.file.as_ref().map(|file| file.display().to_string()),
        "built_in": site.file.is_none(),
        "layouts": site.layouts.iter().map(|layout| layout.id.as_str()).collect::<Vec<_>>(),
        "feeds": entry.feeds,
        "sitemaps": entry.sitemaps,
        "apis": entry.apis,
        "sections": entry.sections,
        "delay_ms": entry.delay.or(site.crawl.delay).map(|delay| delay.as_millis()),
        "max_pages": entry.max_pages.or(site.crawl.max_pages),
    })
}

/// Columns as wide as their widest cell; the last one is not padded.
fn table(app: &mut App, head: &[&str; 4], rows: &[[String; 4]]) -> Result<(), CliError> {
    if rows.is_empty() {
        return Ok(());
    }
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(head[column].len())
    };
    let widths = [width(0), width(1), width(2)];
    let line = |cells: [&str; 4]| {
        let [a, b, c] = widths;
        format!("{:a$}  {:b$}  {:c$}  {}", cells[0], cells[1], cells[2], cells[3])
    };
    let head = app.paint(Style::new().bold(), &line(*head));
    writeln!(app.out, "{head}")?;
    for row in rows {
        writeln!(app.out, "{}", line([&row[0], &row[1], &row[2], &row[3]]))?;
    }
    Ok(())
}
