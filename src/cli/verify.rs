//! `kliping verify`: is every byte of the archive what it was when it was written?

use std::io::Write;

use kliping::model::Sha256;
use kliping::store::{Fault, Mode, Verified};
use serde_json::json;

use super::app::App;
use super::exit::{CliError, Exit};
use super::list::Format;
use super::style;
use super::text::{bytes, count, left, plain};

const EXAMPLES: &str = "\
Examples:
  kliping verify                        two lines when all is sound; exit 1 and a line a fault when not
  kliping verify --archive copy.db      a copy that was kept elsewhere
  kliping verify --expect 3f0c…         and is what I wrote down in March still in there?
  kliping verify --format jsonl | jq -r 'select(.article) | .article' | sort -u";

/// Compute every hash of the archive again: texts, chain, pages, search index
///
/// Every version's text against its hashes, every stored page against its SHA-256, the search index
/// against the texts, heads and views against versions, the schema (with the triggers that protect the
/// facts) against what kliping made, and the file's own structure. What was changed, lost or damaged is
/// named by article, version and address. A crawl may go on meanwhile.
///
/// A chain of hashes tells in what order all versions and events were written: what was changed, swapped,
/// added or taken away breaks it, what `redact` and `prune` did does not. Its end is printed. The archive
/// alone cannot tell that its newest rows were cut off together with the chain's end, or that somebody made
/// all of it anew: note the end down elsewhere, and give it to --expect later. Then it must be in the chain.
///
/// Under the chain are texts, what was told of them and when, and pages. Not under it are the names of sites, to
/// which article an address leads, how requests went, and what may be put off or learnt anew (queue, lines).
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// A link of the chain that must be there: the end that `verify` printed at some time before
    #[arg(long, value_name = "HEX", value_parser = hex)]
    expect: Option<Sha256>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    let mut printed = Ok(());
    let done = reader.verify(args.expect, &mut |fault| {
        if printed.is_ok() {
            printed = print(&fault, args.format, app);
        }
    });
    printed?;
    let done = done?;
    match args.format {
        Format::Jsonl => writeln!(app.out, "{}", figures(&done))?,
        Format::Text if done.faults == 0 => {
            let sound = app.paint(style::GOOD, "sound");
            writeln!(app.out, "{sound}  {}", told(&done))?;
            let links = count(done.links, "link", "links");
            writeln!(app.out, "chain  {links}, the last: {}", done.head)?;
        }
        Format::Text => {
            app.flush()?;
            let faults = i64::try_from(done.faults).unwrap_or(i64::MAX);
            return Err(CliError::new(Exit::No, format_args!("{} in {}", count(faults, "fault", "faults"), told(&done)))
                .help("keep this file as it is, and compare it with a copy; `kliping show REF --format raw` still shows pages that are sound"));
        }
    }
    Ok(if done.faults == 0 { Exit::Done } else { Exit::No })
}

/// A hash as `verify` prints it.
fn hex(text: &str) -> Result<Sha256, String> {
    Sha256::from_hex(text).ok_or_else(|| "write the 64 hexadecimal digits that `verify` printed".to_owned())
}

pub fn told(done: &Verified) -> String {
    let mut told = vec![
        count(done.articles, "article", "articles"),
        count(done.versions, "version", "versions"),
        format!("{} ({})", count(done.pages, "page", "pages"), bytes(done.page_bytes)),
        format!("{} in the search index", done.indexed),
    ];
    if done.pages_out > 0 {
        told.push(count(done.pages_out, "page taken out", "pages taken out"));
    }
    if done.redacted > 0 {
        told.push(format!("{} redacted", done.redacted));
    }
    told.join(", ")
}

pub fn print(fault: &Fault, format: Format, app: &mut App) -> std::io::Result<()> {
    let article = fault.article.map(|id| id.0);
    let version = fault.version.map(|seq| seq.0);
    if format == Format::Jsonl {
        let line = json!({
            "schema": "kliping.fault/1",
            "check": fault.check,
            "article": article,
            "version": version,
            "url": fault.url,
            "message": fault.message,
        });
        return writeln!(app.out, "{line}");
    }
    let check = app.paint(style::BAD, &left(fault.check, 10));
    let mut line = check;
    match (article, version) {
        (Some(article), Some(version)) => line.push_str(&format!("  {article}@{version}")),
        (Some(article), None) => line.push_str(&format!("  {article}")),
        _ => {}
    }
    if let Some(url) = &fault.url {
        line.push_str(&format!("  {}", plain(url)));
    }
    writeln!(app.out, "{line}  {}", plain(&fault.message))
}

fn figures(done: &Verified) -> serde_json::Value {
    json!({
        "schema": "kliping.verify/1",
        "articles": done.articles,
        "versions": done.versions,
        "redacted": done.redacted,
        "pages": done.pages,
        "page_bytes": done.page_bytes,
        "pages_out": done.pages_out,
        "indexed": done.indexed,
        "links": done.links,
        "head": done.head.to_string(),
        "faults": done.faults,
    })
}
