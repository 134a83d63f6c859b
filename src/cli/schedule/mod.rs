//! `kliping schedule`: the lines that make cron or systemd crawl. It prints them and installs nothing.

mod cron;
mod systemd;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;
use kliping::config::units;

use super::app::App;
use super::exit::{CliError, Exit};
use super::say;

const EXAMPLES: &str = "\
Examples:
  kliping schedule --every 15m                        a line for crontab -e
  kliping schedule --every 6h --format systemd        a service and a timer
  (crontab -l; kliping schedule --every 15m) | crontab -";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// How often to crawl: 15m, 1h, 6h, 1d
    #[arg(long, value_name = "TIME", value_parser = units::duration)]
    every: Duration,
    /// For which scheduler
    #[arg(long, value_name = "FORMAT", default_value = "cron")]
    format: Format,
}

/// A scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for crontab
    Cron,
    /// A service and a timer for systemd
    Systemd,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let minutes = minutes(args.every)?;
    let command = command(app)?;
    let lines = match args.format {
        Format::Cron => cron::lines(minutes, &command)?,
        Format::Systemd => systemd::units(minutes, &command),
    };
    app.out.write_all(lines.as_bytes())?;
    Ok(Exit::Done)
}

/// Whole minutes, at least one.
fn minutes(every: Duration) -> Result<u64, CliError> {
    let minutes = every.as_secs() / 60;
    if minutes == 0 || every != Duration::from_secs(minutes * 60) {
        return Err(CliError::new(
            Exit::Usage,
            format_args!("--every {} is no number of whole minutes", units::show_duration(every)),
        )
        .help("kliping schedule --every 15m"));
    }
    Ok(minutes)
}

/// The program and its arguments, every path absolute: a scheduler starts it in a folder of its own.
fn command(app: &mut App) -> Result<Vec<String>, CliError> {
    let program = std::env::current_exe().map_err(|e| {
        CliError::new(Exit::Nothing, format_args!("cannot tell where this program lies: {e}"))
    })?;
    let config = match app.config()?.file.clone() {
        Some(file) => file,
        None => {
            say::note(&app.global, "there is no config.toml here yet: `kliping sites add URL` makes one");
            PathBuf::from("config.toml")
        }
    };
    let mut command = vec![shown(&program)?, "--config".to_owned(), shown(&absolute(&config)?)?];
    for (flag, path) in
        [("--archive", app.global.archive.clone()), ("--selectors", app.global.selectors.clone())]
    {
        if let Some(path) = path {
            command.extend([flag.to_owned(), shown(&absolute(&path)?)?]);
        }
    }
    command.push("crawl".to_owned());
    Ok(command)
}

fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    std::path::absolute(path).map_err(|e| {
        CliError::new(Exit::Nothing, format_args!("cannot tell where {} lies: {e}", path.display()))
    })
}

/// A path as text that fits in one line.
fn shown(path: &Path) -> Result<String, CliError> {
    match path.to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(text.to_owned()),
        _ => Err(CliError::new(Exit::Nothing, format_args!("{path:?} cannot stand in such a line"))
            .help("move it to a folder with a plain name")),
    }
}
