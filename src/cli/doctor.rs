//! `kliping doctor`: the state of the installation, one remedy a line.

use std::io::Write;

use kliping::config::{Config, ConfigErrors};
use kliping::site::Catalog;
use kliping::store::{Archive, Check, CheckStatus, Mode, StoreError, is_server};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::style;
use super::text::{left, plain};

const EXAMPLES: &str = "\
Examples:
  kliping doctor                    is everything as it should be?
  kliping doctor --deep             the same, and a large archive is read through
  kliping doctor || mail -s kliping me@example.org < /dev/null";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Read the whole archive, however large; else of one of more than 256 MiB only what the latest articles need
    #[arg(long)]
    deep: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let mut checks = Vec::new();
    let config = match Config::load(app.global.config.as_deref()) {
        Ok(config) => {
            checks.extend(configuration(&config));
            config
        }
        Err(errors) => {
            checks.push(broken(&errors));
            Config::default()
        }
    };
    checks.push(site_files(app.global.selectors.as_ref().unwrap_or(&config.selectors)));
    checks.extend(archive(app.global.archive.as_ref().unwrap_or(&config.archive), args.deep));
    for check in &checks {
        print(check, app)?;
    }
    let worst = checks.iter().map(|check| check.status).max();
    Ok(if worst == Some(CheckStatus::Fail) { Exit::No } else { Exit::Done })
}

fn configuration(config: &Config) -> Vec<Check> {
    let file = config.file.as_ref().map(|file| file.display().to_string());
    let mut checks = vec![match &file {
        Some(file) => Check::ok("config", format!("{file} is understood")),
        None => Check::ok("config", "no config.toml here: the defaults are used"),
    }];
    let enabled = config.sites.iter().filter(|site| site.enabled).count();
    checks.push(if enabled == 0 {
        Check::warn("sites", "no site is configured", "kliping sites add https://news.example/")
    } else {
        let names: Vec<&str> = config.sites.iter().filter(|s| s.enabled).map(|s| s.id.as_str()).collect();
        Check::ok("sites", format!("{enabled} configured: {}", names.join(", ")))
    });
    if enabled > 0 && config.crawl.contact.is_none() {
        checks.push(Check::warn(
            "contact",
            "sites cannot tell who is asking",
            "set `contact` in [crawl] to an address or page of yours: it stands in the User-Agent",
        ));
    }
    checks
}

fn broken(errors: &ConfigErrors) -> Check {
    let found = match errors {
        ConfigErrors::Invalid { mistakes, .. } => {
            let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
            format!("{errors}; the first: {first}")
        }
        other => other.to_string(),
    };
    Check::fail("config", found, "`kliping crawl` shows every mistake with its place")
}

fn site_files(folder: &std::path::Path) -> Check {
    let name = folder.display();
    match Catalog::load(folder) {
        Ok(catalog) => {
            let files = catalog.sites().count();
            Check::ok("site files", format!("{files} in {name}, besides those built in"))
        }
        Err(mistakes) => {
            let first = mistakes.first().map(ToString::to_string).unwrap_or_default();
            Check::fail(
                "site files",
                format!("{} wrong; the first: {first}", mistakes.len()),
                "kliping sites check",
            )
        }
    }
}

fn archive(path: &std::path::Path, deep: bool) -> Vec<Check> {
    let looked = Archive::open(path, Mode::ReadOnly).and_then(|archive| {
        let reader = archive.reader()?;
        let mut checks = if deep { reader.check()? } else { reader.check_latest()? };
        checks.extend(reader.health(now())?);
        Ok(checks)
    });
    match looked {
        Ok(mut checks) => {
            // Opened for appending, nothing is written: it only tells whether it could be.
            if !is_server(path)
                && let Err(e) = std::fs::OpenOptions::new().append(true).open(path)
            {
                checks.push(Check::fail(
                    "rights",
                    format!("{} cannot be written: {e}", path.display()),
                    "give the user of the crawl the right to write the file and its folder",
                ));
            }
            checks
        }
        Err(StoreError::NoArchive(_)) => vec![Check::warn(
            "archive",
            format!("there is none yet at {}", path.display()),
            "`kliping crawl` makes one, `kliping demo --keep DIR` one to play with",
        )],
        Err(error) => {
            let remedy = error.help().unwrap_or("look at the file and its folder");
            vec![Check::fail("archive", error.to_string(), remedy)]
        }
    }
}

fn print(check: &Check, app: &mut App) -> Result<(), CliError> {
    let (word, style) = match check.status {
        CheckStatus::Ok => ("ok", style::GOOD),
        CheckStatus::Warn => ("warn", style::WARN),
        CheckStatus::Fail => ("fail", style::BAD),
    };
    let word = app.paint(style, &left(word, 4));
    let found = plain(&check.found);
    write!(app.out, "{word}  {}  {found}", left(check.name, 10))?;
    if let Some(remedy) = &check.remedy {
        let arrow = app.paint(style::QUIET, "→");
        write!(app.out, "  {arrow} {remedy}")?;
    }
    writeln!(app.out)?;
    Ok(())
}
