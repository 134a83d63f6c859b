//! `kliping sites test`: stored pages against the `[[test]]` blocks.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::styling::{AnsiColor, Style};
use kliping::model::PageUrl;
use kliping::read::{self, ReadOptions};
use kliping::site::{Catalog, Site, SiteTest};

use super::super::app::{App, now};
use super::super::exit::{CliError, Exit};
use super::super::say;
use super::expectations::{self, Fault};

const EXAMPLES: &str = "\
Examples:
  kliping sites test                every [[test]] block of every site file
  kliping sites test news.example   those of one file

A [[test]] names a stored page; it lies in the folder that is named like the site file:
selectors/news.example.toml  selectors/news.example/2026-06-20.html";

/// Read stored pages and compare them with the [[test]] blocks; exit code 1 when one fails
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Site files by name [default: all]
    #[arg(value_name = "SITE")]
    sites: Vec<String>,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let catalog = app.catalog()?;
    let chosen = chosen(args, &catalog)?;
    let (mut passed, mut failed) = (0, 0);
    for site in &chosen {
        for test in &site.tests {
            let faults = run_one(&catalog, site, test);
            if faults.is_empty() {
                passed += 1;
            } else {
                failed += 1;
            }
            print(app, site, test, &faults)?;
        }
    }
    match (passed, failed) {
        (0, 0) => say::note(&app.global, "no site file has a [[test]] block"),
        _ => writeln!(app.out, "{passed} passed, {failed} failed")?,
    }
    Ok(if failed == 0 { Exit::Done } else { Exit::No })
}

fn chosen(args: &Args, catalog: &Catalog) -> Result<Vec<Arc<Site>>, CliError> {
    if args.sites.is_empty() {
        // The pages of what is built in are not at hand.
        return Ok(catalog.sites().cloned().collect());
    }
    let find = |name: &String| {
        catalog.site(name).or_else(|| catalog.for_host(name)).ok_or_else(|| {
            let known: Vec<&str> = catalog.sites().map(|site| site.id.as_str()).collect();
            CliError::new(Exit::Usage, format_args!("there is no site file `{name}`"))
                .help(format!("site files: {}", known.join(", ")))
        })
    };
    args.sites.iter().map(find).collect()
}

fn run_one(catalog: &Catalog, site: &Site, test: &SiteTest) -> Vec<Fault> {
    let fault = |key, wanted: String, found: String| vec![Fault { key, wanted, found }];
    let path = fixture(site, test);
    let body = match std::fs::read(&path) {
        Ok(body) => body,
        Err(error) => return fault("fixture", path.display().to_string(), error.to_string()),
    };
    let url = test.url.as_deref().and_then(|url| PageUrl::parse(url).ok());
    let options = ReadOptions { site: Some(&site.id), ..ReadOptions::default() };
    match read::extract_article(catalog, &body, None, url.as_ref(), options, now()) {
        Ok((article, _)) => expectations::faults(site, test, &article),
        Err(error) => fault("fixture", "an article".to_owned(), error.to_string()),
    }
}

/// The stored page: in the folder beside the site file that is named like it.
fn fixture(site: &Site, test: &SiteTest) -> PathBuf {
    let folder = site.file.as_deref().and_then(|file| file.parent()).map(PathBuf::from).unwrap_or_default();
    folder.join(&site.id).join(&test.fixture)
}

fn print(app: &mut App, site: &Site, test: &SiteTest, faults: &[Fault]) -> Result<(), CliError> {
    let name = format!("{}/{}", site.id, test.fixture);
    if faults.is_empty() {
        let ok = app.paint(Style::new().fg_color(Some(AnsiColor::Green.into())), "ok");
        writeln!(app.out, "{ok}      {name}")?;
        return Ok(());
    }
    let no = app.paint(Style::new().bold().fg_color(Some(AnsiColor::Red.into())), "FAILED");
    writeln!(app.out, "{no}  {name}")?;
    for fault in faults {
        writeln!(app.out, "  {}", fault.key)?;
        writeln!(app.out, "    wanted  {}", fault.wanted)?;
        writeln!(app.out, "    found   {}", if fault.found.is_empty() { "nothing" } else { &fault.found })?;
    }
    Ok(())
}
