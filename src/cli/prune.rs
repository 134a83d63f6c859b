//! `kliping prune`: lets go of what is too old to be of use.

use std::io::Write;

use kliping::config::Since;
use kliping::store::{Mode, PruneQuery, Pruned, is_server};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::text::{bytes, left, right};
use super::{pick, say};

const EXAMPLES: &str = "\
Examples:
  kliping prune --raw-older-than 30d --dry-run        what would go, and how many bytes
  kliping prune --raw-older-than 30d                  old pages, but for those of the latest versions
  kliping prune --raw-older-than 1w --even-latest     of the pages only the last week's
  kliping prune --fetches-older-than 90d --settled-older-than 180d";

/// Let go of what is too old: stored pages, requests that brought nothing, settled addresses
///
/// Nothing goes that is not asked for, and texts never do: every version, event and address of an article stays,
/// and the hash of every page. A crawl may go on meanwhile. What went is noted, so that `verify` can tell it
/// from what somebody else took. `redact` takes out texts.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Pages as they came that were last seen before then: 30d, 2026-03-01. `reextract` can no longer read
    /// them; the page of each article's latest version stays
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    raw_older_than: Option<Since>,
    /// Also the pages of the latest versions
    #[arg(long, requires = "raw_older_than")]
    even_latest: bool,
    /// Requests before then that brought nothing: unchanged, 304, refused by robots.txt, failed. The last that
    /// found an article unchanged stays; `doctor` and `sites health` look at the last 30 days
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    fetches_older_than: Option<Since>,
    /// Addresses that turned out to be no article before then; a list that still names them brings them back
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    settled_older_than: Option<Since>,
    /// Only of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// Take nothing; tell what would go
    #[arg(short = 'n', long)]
    dry_run: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let at = |since: Option<Since>| since.map(|since| since.at(now()));
    let query = PruneQuery {
        pages_before: at(args.raw_older_than),
        even_latest: args.even_latest,
        fetches_before: at(args.fetches_older_than),
        settled_before: at(args.settled_older_than),
        site: args.site.clone(),
    };
    if query.pages_before.or(query.fetches_before).or(query.settled_before).is_none() {
        return Err(CliError::new(Exit::Usage, "nothing is said of what may go")
            .help("--raw-older-than 30d, --fetches-older-than 90d, --settled-older-than 180d"));
    }
    let mode = if args.dry_run { Mode::ReadOnly } else { Mode::ReadWrite };
    let archive = app.open_archive(mode)?;
    let reader = archive.reader()?;
    pick::look_for_site(args.site.as_deref(), &reader, app)?;
    let pruned = if args.dry_run {
        reader.prunable(&query)?
    } else {
        drop(reader);
        archive.writer().prune(query, now()).wait()?
    };
    print(&pruned, args, app)?;
    if !args.dry_run && is_server(archive.path()) {
        say::note(
            &app.global,
            "its room is for what comes next; `VACUUM FULL blob` gives it back to the disk, and locks the table meanwhile",
        );
    }
    Ok(Exit::Done)
}

fn print(pruned: &Pruned, args: &Args, app: &mut App) -> std::io::Result<()> {
    let rows = [
        ("pages", pruned.pages, pruned.page_bytes, args.raw_older_than.is_some()),
        ("requests", pruned.fetches, pruned.fetch_bytes, args.fetches_older_than.is_some()),
        ("settled", pruned.settled, pruned.settled_bytes, args.settled_older_than.is_some()),
    ];
    let end = if args.dry_run { "would go" } else { "gone" };
    for (what, rows, size, _) in rows.into_iter().filter(|(_, rows, _, asked)| *asked || *rows > 0) {
        let size = bytes(u64::try_from(size).unwrap_or(0));
        writeln!(app.out, "{}  {}  {}  {end}", left(what, 8), right(&rows.to_string(), 8), right(&size, 10))?;
    }
    Ok(())
}
