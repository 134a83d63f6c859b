//! `kliping diff`: what an editor changed.

use std::io::Write;

use clap::ValueEnum;
use kliping::diff::{Change, between, render};
use kliping::export::json;
use kliping::model::{Version, VersionSelector, VersionSeq};
use kliping::store::{ArticleRow, Mode, Reader};

use super::app::App;
use super::exit::{CliError, Exit};
use super::pick::{self, Named};
use super::say;
use super::text;

const EXAMPLES: &str = "\
Examples:
  kliping diff 12                           the latest version against the one before
  kliping diff 12@3                         version 3 against version 2
  kliping diff 12@1..3                      everything between versions 1 and 3
  kliping diff 12@2026-11-20 12             what was changed since the 20th
  kliping diff 12@1 15@1                    two articles
  kliping diff 12 --format html > 12.html   a page to send around
  kliping diff 12 --format stat --exit-code";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which article, and which versions of it: 12, 12@3, 12@1..3, 12@2026-11-20T08:00, an address
    #[arg(value_name = "REF", value_parser = pick::reference)]
    reference: Named,
    /// The newer side, when it is named apart
    #[arg(value_name = "REF", value_parser = pick::reference)]
    other: Option<Named>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "words")]
    format: Format,
    /// Exit with 1 when the versions differ
    #[arg(long)]
    exit_code: bool,
    /// Unchanged lines around a change (unified)
    #[arg(short = 'U', long, value_name = "N", default_value_t = 3)]
    context: usize,
    /// Columns to use (side-by-side) [default: the terminal's, else 80]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(23..))]
    width: Option<u16>,
}

/// How a change is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Running text, changed words marked
    Words,
    /// As `diff -u`, a line a paragraph
    Unified,
    /// Old and new in two columns
    SideBySide,
    /// A page of its own
    Html,
    /// The JSON of the contract
    #[value(alias = "jsonl")]
    Json,
    /// Words that went and came, by paragraph
    Stat,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    let Some((from, to)) = sides(args, &reader, app)? else { return Ok(Exit::Done) };
    if let Some(out) = [&from, &to].into_iter().find(|version| version.redacted.is_some()) {
        let (id, seq) = (out.article_id, out.seq);
        return Err(CliError::new(
            Exit::Nothing,
            format_args!("the text of {id}@{seq} was taken out: nothing is left to compare"),
        )
        .help(format!("`kliping history {id}` says when and why")));
    }
    let mut change = between(&from, &to);
    mark_reverted(&mut change, &from, &to, &reader)?;
    let view = render::View { from: &from, to: &to, change: &change };
    let shown = match args.format {
        Format::Words => render::words(&view, app.color),
        Format::Unified => render::unified(&view, args.context, app.color),
        Format::SideBySide => render::side_by_side(&view, columns(args), app.color),
        Format::Html => render::html(&view),
        Format::Json => format!("{}\n", json::change(&from, &to, &change)),
        Format::Stat => render::stat(&view, app.color),
    };
    app.out.write_all(shown.as_bytes())?;
    Ok(if args.exit_code && !change.is_empty() { Exit::No } else { Exit::Done })
}

/// The older and the newer side; none when there is nothing to compare, which is said on stderr.
fn sides(args: &Args, reader: &Reader, app: &App) -> Result<Option<(Version, Version)>, CliError> {
    let named = &args.reference;
    let row = pick::article(reader, &named.reference, &named.text)?;
    if let Some(other) = &args.other {
        let from = pick::version(reader, &row, &named.reference, "diff with two REFs")?;
        let newer = pick::article(reader, &other.reference, &other.text)?;
        let to = pick::version(reader, &newer, &other.reference, "diff with two REFs")?;
        return Ok(Some((read(reader, &row, from)?, read(reader, &newer, to)?)));
    }
    let (from, to) = match named.reference.version {
        Some(VersionSelector::Range(from, to)) => {
            for seq in [from, to] {
                let one = pick::reference(&format!("{}@{seq}", row.id))
                    .map_err(|e| CliError::new(Exit::Usage, e))?;
                pick::version(reader, &row, &one.reference, "diff")?;
            }
            (from, to)
        }
        _ => {
            let to = pick::version(reader, &row, &named.reference, "diff")?;
            (VersionSeq(to.0 - 1), to)
        }
    };
    if from.0 < 1 {
        let why = if row.versions == 1 {
            format!("article {} has one version: nothing changed yet", row.id)
        } else {
            format!("version 1 of article {} is the first: there is none before it", row.id)
        };
        say::note(&app.global, &why);
        return Ok(None);
    }
    Ok(Some((read(reader, &row, from)?, read(reader, &row, to)?)))
}

fn read(reader: &Reader, row: &ArticleRow, seq: VersionSeq) -> Result<Version, CliError> {
    reader.version(row.id, seq)?.ok_or_else(|| {
        CliError::new(Exit::Archive, format_args!("version {}@{seq} is missing in the archive", row.id))
            .help("kliping doctor")
    })
}

/// The newer side is again what a version before the older side was.
fn mark_reverted(change: &mut Change, from: &Version, to: &Version, reader: &Reader) -> Result<(), CliError> {
    if change.is_empty() || from.article_id != to.article_id || from.seq >= to.seq {
        return Ok(());
    }
    for seq in (1..from.seq.0).rev() {
        let earlier = reader.version(to.article_id, VersionSeq(seq))?;
        if earlier.is_some_and(|earlier| earlier.fingerprint.content == to.fingerprint.content) {
            change.revert();
            return Ok(());
        }
    }
    Ok(())
}

/// The columns to write in: the flag's, or the terminal's.
fn columns(args: &Args) -> usize {
    args.width.map_or_else(text::columns, usize::from)
}
