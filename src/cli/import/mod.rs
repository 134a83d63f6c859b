//! `kliping import`: WARC files, our own exports and lists of addresses into the archive.

mod progress;
mod source;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use jiff::{SignedDuration, Timestamp};
use kliping::config::Config;
use kliping::import::{Importer, Kind, Report, Sites, Told};
use kliping::schedule::{self, Looks};
use kliping::store::{CheckHistory, Mode, Plan};
use serde_json::json;

use super::app::{App, now};
use super::crawl::Summary;
use super::exit::{CliError, Exit};
use super::say;
use super::text::count;
use progress::Progress;
use source::Source;

const EXAMPLES: &str = "\
Examples:
  kliping import CC-NEWS-20260301000000-00000.warc.gz   news pages of Common Crawl, as a baseline
  kliping import --dry-run *.warc.gz                    what they would bring
  kliping import old.jsonl                              what `export --to jsonl` wrote
  kliping import addresses.txt                          addresses for the next crawl
  curl -s https://example.org/x.warc.gz | kliping import -";

/// Bring in what others observed: WARC files, JSON Lines of `export`, lists of addresses
///
/// Pages are read with the site files, as a crawl reads them, and become versions with the cause `import`:
/// a baseline, and no edit of today. What is older than what the archive has goes before it; what is there
/// already changes nothing, so a run that was broken off is simply started again. Addresses wait for the
/// next crawl of their site. Nothing is asked for over the network.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Files, also compressed with gzip; - is stdin
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What they are
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    from: From,
    /// Write nothing; tell what would come in
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Print what was done
    #[arg(long, value_name = "FORMAT")]
    summary: Option<Summary>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Looked up in the file
    Auto,
    /// WARC, as Common Crawl and most web archives write it
    Warc,
    /// JSON Lines of `kliping export`
    Jsonl,
    /// One address a line
    Urls,
}

/// Faults of one file that are told one by one.
const TOLD: u64 = 20;

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let config = app.config()?.clone();
    let catalog = app.catalog()?;
    // A dry run writes nothing: an archive that is not there yet is not made.
    let mode = if args.dry_run { Mode::ReadOnly } else { Mode::Create };
    let archive = app.open_archive(mode)?;
    let started = now();
    let importer = Importer {
        archive: &archive,
        catalog: &catalog,
        sites: Sites::of(&config),
        keep_pages: config.crawl.keep_pages,
        max_body: config.crawl.max_body,
        plan: plan(&config, started),
        now: started,
        dry_run: args.dry_run,
    };
    let (mut report, mut failed) = (Report::default(), 0);
    for path in &args.files {
        if let Err(message) = file(path, args, &importer, &mut report, app)? {
            failed += 1;
            say::failure(
                app.global.log_format,
                &CliError::new(Exit::Nothing, format_args!("{}: {message}", path.display())),
            );
        }
    }
    let exit = match (report.good(), failed + report.broken) {
        (_, 0) => Exit::Done,
        (0, _) => Exit::Nothing,
        _ => Exit::Partial,
    };
    print(args, &report, now().duration_since(started), exit, app)?;
    Ok(exit)
}

/// One file. Its own faults are a sentence; the archive's end everything.
fn file(
    path: &Path,
    args: &Args,
    importer: &Importer<'_>,
    report: &mut Report,
    app: &App,
) -> Result<Result<(), String>, CliError> {
    let source = match Source::open(path) {
        Ok(source) => source,
        Err(error) => return Ok(Err(format!("cannot read it: {error}"))),
    };
    let mut progress = Progress::new(path, source.size, app.global.quiet);
    let (before, mut told) = (report.clone(), 0);
    let mut tell = |what: Told| {
        report.add(&what);
        if let Told::Fault { place, message } = &what {
            told += 1;
            if told <= TOLD {
                progress.pause();
                say::note(&app.global, &format!("{}, {place}: {message}", path.display()));
            }
        }
        progress.show(&what, report);
    };
    let done = match Kind::open(source.input, args.from.kind()) {
        Err(error) => return Ok(Err(format!("cannot read it: {error}"))),
        Ok(None) => {
            return Ok(Err("it is neither WARC nor JSON Lines nor a list of addresses".to_owned()));
        }
        Ok(Some((Kind::Warc, input))) => importer.warc(input, &mut tell),
        Ok(Some((Kind::Jsonl, input))) => importer.jsonl(input, &mut tell),
        Ok(Some((Kind::Urls, input))) => importer.urls(input, &mut tell),
    };
    progress.pause();
    if told > TOLD {
        say::note(&app.global, &format!("{}: {} more faults", path.display(), told - TOLD));
    }
    no_site(&before, report, path, app);
    Ok(Ok(done?))
}

/// Addresses of sites that nobody crawls.
fn no_site(before: &Report, report: &Report, path: &Path, app: &App) {
    let of = |report: &Report| report.skipped.get("no_site").copied().unwrap_or(0);
    let n = of(report) - of(before);
    if n > 0 {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        let text = format!(
            "{}: {} to no site of the configuration; `kliping sites add` adds one",
            path.display(),
            count(n, "address belongs", "addresses belong")
        );
        say::note(&app.global, &text);
    }
}

/// An article is looked at again by its age now, not by its age when it was observed.
fn plan(config: &Config, now: Timestamp) -> Plan {
    let recheck = config.recheck.clone();
    Arc::new(move |history: &CheckHistory| {
        let looks = Looks {
            first_seen: history.first_seen,
            last_changed: history.last_changed,
            waited: SignedDuration::ZERO,
            unchanged: false,
        };
        schedule::next_check(&recheck, &looks, now)
    })
}

fn print(
    args: &Args,
    report: &Report,
    took: SignedDuration,
    exit: Exit,
    app: &mut App,
) -> Result<(), CliError> {
    let ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
    match args.summary {
        Some(Summary::Json) => {
            let mut object =
                json!({ "schema": "kliping.import/1", "files": args.files.len(), "dry_run": args.dry_run });
            if let (Some(object), Some(figures)) = (object.as_object_mut(), report.json().as_object()) {
                object.extend(figures.clone());
                object.insert("ms".to_owned(), ms.into());
                object.insert("exit".to_owned(), exit.code().into());
            }
            writeln!(app.out, "{object}")?;
        }
        Some(Summary::Text) => {
            for (name, n) in progress::figures(report) {
                writeln!(app.out, "{n:>10}  {name}")?;
            }
            for (why, n) in &report.skipped {
                writeln!(app.out, "{n:>10}  skipped: {why}")?;
            }
            writeln!(app.out, "took {:.1} s", took.as_secs_f64())?;
        }
        None => say::note(&app.global, &progress::sentence(report, args.dry_run)),
    }
    Ok(())
}

impl From {
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Auto => None,
            Self::Warc => Some(Kind::Warc),
            Self::Jsonl => Some(Kind::Jsonl),
            Self::Urls => Some(Kind::Urls),
        }
    }
}
