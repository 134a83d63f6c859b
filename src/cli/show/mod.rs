//! `kliping show`: one version of an article.

mod html;
mod text;

use std::io::Write;

use clap::ValueEnum;
use kliping::export::{json, markdown};
use kliping::store::Mode;

use super::app::App;
use super::exit::{CliError, Exit};
use super::pick::{self, Named};

const EXAMPLES: &str = "\
Examples:
  kliping show 12                           the latest version of article 12
  kliping show 12@1                         as it was first read
  kliping show 12@2026-11-20T08:00          as it was to be read then
  kliping show https://news.example/story/ --format md
  kliping show 12 --format raw > page.html  the page as it came";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which article, and which version of it: 12, 12@3, 12@first, an address; or a time: 12@2026-11-20 (the
    /// end of that day), 12@2026-11-20T08:00, 12@2026-11-20T08:00+07:00
    #[arg(value_name = "REF", value_parser = pick::reference)]
    reference: Named,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How an article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read here
    Text,
    /// Markdown
    Md,
    /// The JSON of the contract
    #[value(alias = "jsonl")]
    Json,
    /// A page of its own
    Html,
    /// The page's bytes, as they came
    Raw,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    let row = pick::article(&reader, &args.reference.reference, &args.reference.text)?;
    let seq = pick::version(&reader, &row, &args.reference.reference, "show")?;
    if args.format == Format::Raw {
        let Some(page) = reader.raw_page(row.id, seq)? else {
            return Err(CliError::new(
                Exit::Nothing,
                format_args!("the page of {}@{seq} is not kept", row.id),
            )
            .help("`keep_pages = true` in [crawl] keeps the pages of later crawls"));
        };
        app.out.write_all(&page.bytes)?;
        return Ok(Exit::Done);
    }
    let version = reader.version(row.id, seq)?.ok_or_else(|| {
        CliError::new(Exit::Archive, format_args!("version {}@{seq} is missing in the archive", row.id))
            .help("kliping doctor")
    })?;
    match args.format {
        Format::Text => text::print(&row, &version, app)?,
        Format::Md => write!(app.out, "{}", markdown(&row, &version))?,
        Format::Html => write!(app.out, "{}", html::page(&row, &version))?,
        Format::Json | Format::Raw => {
            writeln!(app.out, "{}", json::article(&json::Known::from(&row), &version))?
        }
    }
    Ok(Exit::Done)
}
