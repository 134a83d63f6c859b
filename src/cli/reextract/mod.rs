//! `kliping reextract`: stored pages, read again with today's site files and code.

mod report;
mod work;

use kliping::store::Mode;

use super::app::App;
use super::exit::{CliError, Exit};
use super::pick::{self, Named};
use report::Report;
use work::{Work, Written};

const EXAMPLES: &str = "\
Examples:
  kliping reextract --dry-run                what today's site files would change, by site and field
  kliping reextract --dry-run --site kabar   the same for one site, after an edit of its file
  kliping reextract                          read all stored pages again
  kliping reextract 12 https://news.example/story/";

/// Read stored pages again with today's site files and code
///
/// The page of each article's latest version is read again, on all cores. Where it now reads otherwise, a
/// version with the cause `reextract` is written: that is our change and never called an edit of the
/// newspaper. A page that gives no article today keeps its version, and is named. What today's extractor
/// has read already is skipped, so an interrupted run goes on where it stopped.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which articles: 12, an address [default: all]
    #[arg(value_name = "REF", value_parser = pick::reference)]
    references: Vec<Named>,
    /// Only of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// Write nothing; tell what would change, with examples
    #[arg(short = 'n', long)]
    dry_run: bool,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let catalog = app.catalog()?;
    let presets = app.config()?.sites.iter().map(|site| (site.id.clone(), site.preset.clone())).collect();
    let mode = if args.dry_run { Mode::ReadOnly } else { Mode::ReadWrite };
    let archive = app.open_archive(mode)?;
    let reader = archive.reader()?;
    pick::look_for_site(args.site.as_deref(), &reader, app)?;
    let mut ids = Vec::new();
    for named in &args.references {
        if named.reference.version.is_some() {
            return Err(CliError::new(
                Exit::Usage,
                format_args!("`reextract` reads the latest version: {}", named.text),
            )
            .help("leave out what stands behind the @"));
        }
        ids.push(pick::article(&reader, &named.reference, &named.text)?.id);
    }
    let mut pages = reader.rereadable(args.site.as_deref())?;
    if !args.references.is_empty() {
        pages.retain(|page| ids.contains(&page.article));
    }
    let work = Work { archive: &archive, catalog: &catalog, presets, dry_run: args.dry_run };
    let mut report = Report::default();
    work.run(&pages, |read| report.add(read))?;
    report.print(args.dry_run, app)?;
    Ok(if report.failed() { Exit::Partial } else { Exit::Done })
}
