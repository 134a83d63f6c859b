//! `kliping redact`: takes text out of the archive for good.

use std::io::Write;

use kliping::model::ArticleId;
use kliping::pipeline::CrawlLock;
use kliping::store::{ArticleRow, Mode, Reader, Redaction, StoreError};

use super::app::{App, now};
use super::crawl::failed;
use super::exit::{CliError, Exit};
use super::pick::{self, Named};
use super::say;
use super::text::{bytes, count, plain};

const EXAMPLES: &str = "\
Examples:
  kliping redact 12 --reason 'court order 4/2026' --dry-run   what would go
  kliping redact 12 --reason 'court order 4/2026'             every version of article 12
  kliping redact 12@2 --reason 'names a minor'                one version; 12@1..3: some
  kliping redact 12 31 https://news.example/story/ --reason 'the person asked for it'";

/// Take text out of the archive, for good
///
/// Title, text, dateline, authors, pictures and comment form of every version (or of the versions named) go,
/// the stored pages they were read from, the search index's words, what feeds said of the page and what was
/// noted in its words; the file is then written anew, so that no trace is left in its bytes. It needs room for
/// a second copy, and no crawl may run meanwhile (exit 75).
///
/// What stays: that there was an article, its addresses, its dates, the hashes of what was there, and the
/// reason. `history` tells it, `verify` finds the archive sound. Its addresses are refused from now on, by
/// `crawl` and by `add`, as is the same text at a new address of the site.
///
/// It reaches this file only. Copies made before (`kliping backup`, exports) still hold the text, and so may
/// other articles: `kliping duplicates` finds those that read nearly the same.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which articles: 12, 12@2, 12@1..3, an address
    #[arg(value_name = "REF", required = true, value_parser = pick::reference)]
    references: Vec<Named>,
    /// Why; it stays in the archive, so it should not repeat what is to go
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    reason: String,
    /// Take nothing out; tell what would go
    #[arg(short = 'n', long)]
    dry_run: bool,
}

fn reason(text: &str) -> Result<String, String> {
    let text = plain(text);
    if text.is_empty() { Err("say why: it is all that will be left".to_owned()) } else { Ok(text) }
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let mode = if args.dry_run { Mode::ReadOnly } else { Mode::ReadWrite };
    // A crawl could store the text again between two of our steps.
    let path = app.archive_path()?;
    let _lock = if args.dry_run || !kliping::store::may_exist(&path) {
        None
    } else {
        Some(CrawlLock::take(&path).map_err(failed)?)
    };
    let archive = app.open_archive(mode)?;
    let reader = archive.reader()?;
    let meant = args.meant(&reader)?;
    if args.dry_run {
        for (row, named) in &meant {
            let plan = reader.redaction(row.id, *named)?;
            writeln!(app.out, "{}  {}", told(&plan, "would go"), plain(&row.title))?;
        }
        return Ok(Exit::Done);
    }
    let wanted = meant.iter().map(|(row, named)| (row.id, *named)).collect();
    let done = archive.writer().redact(wanted, args.reason.clone(), now()).wait()?;
    // Whoever looks at a state before would keep the log from being emptied.
    drop(reader);
    for plan in &done {
        writeln!(app.out, "{}", told(plan, "taken out"))?;
    }
    app.flush()?;
    archive.writer().scrub().wait().map_err(left)?;
    let note =
        "copies of the archive made before (backups, exports) still hold the text; they are yours to treat";
    say::note(&app.global, note);
    Ok(Exit::Done)
}

/// An article, and the versions that are named of it (from, to).
type Meant = (ArticleRow, Option<(i64, i64)>);

impl Args {
    /// Each article once, with the versions that are named of it.
    fn meant(&self, reader: &Reader) -> Result<Vec<Meant>, CliError> {
        let mut meant: Vec<Meant> = Vec::new();
        for named in &self.references {
            let row = pick::article(reader, &named.reference, &named.text)?;
            let range = pick::range(reader, &row, &named.reference)?;
            if !meant.iter().any(|(known, known_range)| known.id == row.id && *known_range == range) {
                meant.push((row, range));
            }
        }
        Ok(meant)
    }
}

/// `12  versions 1 to 3 (1,204 words), 3 pages (180 KiB) taken out; 2 addresses are refused`.
fn told(plan: &Redaction, done: &str) -> String {
    let id = ArticleId(plan.article);
    if plan.versions.is_empty() {
        return format!("{id}  its text was taken out before");
    }
    let pages = i64::try_from(plan.pages.len()).unwrap_or(i64::MAX);
    let size = bytes(u64::try_from(plan.page_bytes).unwrap_or(0));
    let mut told = format!("{id}  {} ({})", plan.told(), count(plan.words, "word", "words"));
    if pages > 0 {
        told.push_str(&format!(", {} ({size})", count(pages, "page", "pages")));
    }
    told.push_str(&format!(" {done}"));
    let keys = i64::try_from(plan.keys.len()).unwrap_or(i64::MAX);
    if plan.latest {
        told.push_str(&format!("; {} refused from now on", count(keys, "address is", "addresses are")));
    } else {
        told.push_str("; later versions stay, and the article is still looked at");
    }
    told
}

/// The text is out of the archive, and its traces are not yet out of the file.
fn left(error: StoreError) -> CliError {
    let what = match error {
        StoreError::Busy => "another program has it open".to_owned(),
        error => error.to_string(),
    };
    CliError::new(
        Exit::Partial,
        format_args!(
            "the text is out of the archive, but the file could not be cleaned of its traces: {what}"
        ),
    )
    .help(
        "run the same command again when nothing else has the archive open; it needs room for a second copy",
    )
}
