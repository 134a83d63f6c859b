//! `kliping rebuild`: what follows from the facts, built again.

use std::io::Write;

use kliping::pipeline::CrawlLock;
use kliping::store::Mode;

use super::app::App;
use super::crawl::failed;
use super::exit::{CliError, Exit};
use super::text::count;

const EXAMPLES: &str = "\
Examples:
  kliping verify || kliping rebuild     mend what can be mended, when verify names heads or the index
  kliping rebuild && kliping verify
  kliping rebuild --schema              only bring an archive of an older kliping up to date";

/// Build what follows from the facts again: heads, search index, what a site's articles share, changes
///
/// Versions, pages, requests, addresses and events are facts; no verb changes them. The head of each article
/// (its latest version, its state), the search index, the likeness of texts, the lines that many articles of
/// a site share and the list of changes follow from them and can be built again at any time. A head that was lost is made from
/// versions, requests and events, and is looked at by the next crawl. All of it happens or nothing; no crawl
/// may run meanwhile (exit 75).
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Only bring an archive that an older kliping wrote up to date, as every verb that writes does first
    #[arg(long)]
    schema: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let path = app.archive_path()?;
    let _lock =
        kliping::store::may_exist(&path).then(|| CrawlLock::take(&path)).transpose().map_err(failed)?;
    let archive = app.open_archive(Mode::ReadWrite)?;
    if args.schema {
        writeln!(app.out, "the archive is up to date")?;
        return Ok(Exit::Done);
    }
    let done = archive.writer().rebuild().wait()?;
    let articles = count(done.articles, "article", "articles");
    write!(app.out, "built again: {articles}, {} in the search index", done.indexed)?;
    if done.heads > 0 {
        write!(app.out, ", {}", count(done.heads, "head mended", "heads mended"))?;
    }
    writeln!(app.out)?;
    if done.bare > 0 {
        let bare = count(done.bare, "article has", "articles have");
        return Err(CliError::new(Exit::No, format_args!("{bare} no version left to build from"))
            .help("`kliping verify` names what is missing; a copy may still hold it"));
    }
    Ok(Exit::Done)
}
