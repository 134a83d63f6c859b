//! `kliping backup`: a consistent copy of the archive, also while a crawl runs.

use std::io::{IsTerminal, Write, stderr};
use std::path::PathBuf;

use kliping::store::{BackupError, BackupProgress, Mode, StoreError};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::say;
use super::text::{bytes, count};

const EXAMPLES: &str = "\
Examples:
  kliping backup /mnt/disk/kliping.db                 a copy, also while a crawl runs
  kliping backup --force /mnt/disk/kliping.db         in place of the last one
  kliping backup -v \"kliping-$(date +%F).db\"          and say what is in it
  kliping verify --archive /mnt/disk/kliping.db       every hash of the copy";

/// A consistent copy of the archive, also while a crawl runs
///
/// The copy is the archive as it was at one moment: a file, also of an archive on a server. It is made under
/// another name in the same folder, opened and looked through, and only then takes its name: an interrupted
/// backup leaves what stood there. Silent when all is well.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Where the copy goes; its folder must exist
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file that stands there
    #[arg(short, long)]
    force: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let archive = app.open_archive(Mode::ReadOnly)?;
    let watched = stderr().is_terminal() && !app.global.quiet;
    let mut shown = None;
    let mut tell = |BackupProgress { done, all }: BackupProgress| {
        let done = (done * 100).checked_div(all).unwrap_or(100);
        if watched && shown.replace(done) != Some(done) {
            let end = if done == 100 { "\n" } else { "" };
            // Nobody is left to be told that nobody watches.
            let _ = write!(stderr(), "\rcopied {done} %{end}");
            let _ = stderr().flush();
        }
    };
    let done = archive.backup(&args.file, args.force, now(), &mut tell).map_err(failed)?;
    if app.global.verbose > 0 || watched {
        let held = format!(
            "{}: {}, {}, {}",
            args.file.display(),
            count(done.articles, "article", "articles"),
            count(done.versions, "version", "versions"),
            bytes(done.bytes)
        );
        say::note(&app.global, &held);
    }
    Ok(Exit::Done)
}

fn failed(error: BackupError) -> CliError {
    match error {
        BackupError::Exists(_) => CliError::new(Exit::Nothing, error).help("--force replaces it"),
        BackupError::Itself(_) => CliError::new(Exit::Usage, error).help("name another file"),
        BackupError::InUse(_) => {
            CliError::new(Exit::Nothing, error).help("name another file, or end what works with that one")
        }
        BackupError::Store(StoreError::DiskFull) => {
            CliError::new(Exit::Nothing, "no room for the copy on its disk")
                .help("nothing was put in place; name a file on another disk")
        }
        BackupError::Store(error) => error.into(),
        BackupError::Unsound(_) => CliError::new(Exit::Archive, error).help("kliping verify"),
        error => CliError::new(Exit::Nothing, error),
    }
}
