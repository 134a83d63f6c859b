//! `kliping crawl`: one run over the configured sites.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use kliping::config::{Config, SiteEntry};
use kliping::pipeline::{self, CrawlError, CrawlLock, Mode, Options, Report, Shard};
use kliping::store::Mode as OpenMode;

use super::app::{App, LogFormat};
use super::dry_run::{self, Wanted};
use super::exit::{CliError, Exit};
use super::{runtime, say, summary, worker};

const EXAMPLES: &str = "\
Examples:
  kliping crawl                            every site of config.toml
  kliping crawl kabar --limit 20           one site, at most 20 pages
  kliping crawl --max-time 10m             for cron: stop in good order after ten minutes
  kliping crawl --summary json >> runs.jsonl
  kliping crawl --shard 2/4                the second of four processes, each with its part of the hosts";

/// What `crawl` is told.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Sites by their names in the configuration [default: all that are enabled]
    #[arg(value_name = "SITE")]
    sites: Vec<String>,
    /// Ask for at most this many pages
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Stop in good order after this time (30s, 10m, 2h)
    #[arg(long, value_name = "TIME", value_parser = kliping::config::units::duration)]
    max_time: Option<Duration>,
    /// Only what is new
    #[arg(long, conflicts_with = "recheck_only")]
    new_only: bool,
    /// Only known articles that are due
    #[arg(long)]
    recheck_only: bool,
    /// Say what would be asked for, and ask for nothing
    #[arg(long)]
    dry_run: bool,
    /// Work beside other crawls that say so too, on one archive: each host is asked by one of them
    #[arg(long)]
    shared: bool,
    /// As --shared, of the hosts only part K of N: one process a part, as many lines of cron as parts
    #[arg(long, value_name = "K/N", conflicts_with = "worker")]
    shard: Option<Shard>,
    /// As --shared, run after run until nothing is left to do; an archive that cannot be reached is waited for
    #[arg(long, conflicts_with = "limit")]
    worker: bool,
    /// Print what the run did (silent otherwise)
    #[arg(long, value_name = "FORMAT")]
    summary: Option<Summary>,
}

/// How the summary is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Summary {
    Text,
    Json,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let config = app.config()?.clone();
    let sites = chosen(&config, &args.sites)?;
    let catalog = app.catalog()?;
    let mode = match (args.new_only, args.recheck_only) {
        (true, _) => Mode::NewOnly,
        (_, true) => Mode::RecheckOnly,
        _ => Mode::All,
    };
    if args.dry_run {
        let at_once = !args.sites.is_empty();
        let (catalog, limit, shard) = (&catalog, args.limit, args.shard);
        return dry_run::run(
            &Wanted { config: &config, catalog, sites: &sites, mode, at_once, limit, shard },
            app,
        );
    }
    let archive = Arc::new(app.open_archive(OpenMode::Create)?);
    let _locks = locks(args, &app.archive_path()?).map_err(failed)?;
    let progress = shows_progress(app);
    let options = Options {
        mode,
        sites: args.sites.clone(),
        shard: args.shard,
        limit: args.limit,
        args: say::command_line(),
        on_progress: progress.then_some(summary::progress),
    };
    let report = runtime::run(args.max_time, async |stop| match args.worker {
        true => worker::work(&config, &catalog, &archive, &sites, &options, stop).await,
        false => pipeline::crawl(&config, catalog.clone(), &archive, options, stop).await,
    })?
    .map_err(failed)?;
    finish(&report, args.summary, progress, app)
}

/// Holds the archive, alone or with others, and the part of the hosts that is named.
fn locks(args: &Args, archive: &Path) -> Result<(CrawlLock, Option<CrawlLock>), CrawlError> {
    let shares = args.shared || args.worker || args.shard.is_some();
    let lock = if shares { CrawlLock::share(archive) } else { CrawlLock::take(archive) }?;
    let part = args.shard.map(|shard| CrawlLock::shard(archive, shard)).transpose()?;
    Ok((lock, part))
}

/// Whether somebody looks at a terminal that can write over a line.
fn shows_progress(app: &App) -> bool {
    std::io::stderr().is_terminal()
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && app.global.log_format == LogFormat::Text
        && !app.global.quiet
        && app.global.verbose == 0
}

/// Prints what was asked for, and turns a report into an exit.
pub fn finish(
    report: &Report,
    summary: Option<Summary>,
    on_terminal: bool,
    app: &mut App,
) -> Result<Exit, CliError> {
    match summary {
        Some(Summary::Json) => writeln!(app.out, "{}", report.to_json())?,
        Some(Summary::Text) => summary::print(report, app)?,
        None if on_terminal => say::line(summary::line(report)),
        None => {}
    }
    Ok(exit_of(report))
}

fn exit_of(report: &Report) -> Exit {
    match report.exit {
        0 => Exit::Done,
        4 => Exit::Nothing,
        130 => Exit::Interrupted,
        143 => Exit::Terminated,
        _ => Exit::Partial,
    }
}

/// The sites that are meant, or what to do when there are none.
fn chosen<'a>(config: &'a Config, names: &[String]) -> Result<Vec<&'a SiteEntry>, CliError> {
    if config.sites.is_empty() {
        let place =
            config.file.as_ref().map_or("no config.toml here".to_owned(), |f| f.display().to_string());
        return Err(CliError::new(Exit::Nothing, format_args!("no site is configured ({place})"))
            .help("kliping sites add https://news.example/"));
    }
    for name in names {
        if !config.sites.iter().any(|site| site.id == *name) {
            let known: Vec<&str> = config.sites.iter().map(|site| site.id.as_str()).collect();
            return Err(CliError::new(Exit::Usage, format_args!("no site is called `{name}`"))
                .help(format!("configured: {}", known.join(", "))));
        }
    }
    Ok(config
        .sites
        .iter()
        .filter(|site| if names.is_empty() { site.enabled } else { names.contains(&site.id) })
        .collect())
}

/// An error of the pipeline with the contract's exit code.
pub fn failed(error: CrawlError) -> CliError {
    match error {
        CrawlError::Locked { .. } => {
            CliError::new(Exit::Locked, error).help("wait for it to end, or look with `kliping doctor`")
        }
        CrawlError::ShardLocked { .. } => CliError::new(Exit::Locked, error)
            .help("each part has one process: wait for it to end, or name another part"),
        CrawlError::Store(error) => error.into(),
        CrawlError::LockFile { ref source, .. } => {
            CliError::new(Exit::Archive, format_args!("{error}: {source}"))
                .help("the archive's folder must be writable")
        }
        error => CliError::new(Exit::Nothing, error),
    }
}
