//! `kliping stats`: figures of the archive.

use std::io::Write;

use clap::ValueEnum;
use kliping::store::{Mode, SourceState, Stats};
use serde_json::json;

use super::app::App;
use super::exit::{CliError, Exit};
use super::style;
use super::text::{bytes, left, plain, right, short, width};

const EXAMPLES: &str = "\
Examples:
  kliping stats
  kliping stats --format json | jq .file_bytes";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read here
    Text,
    /// One JSON object
    #[value(alias = "jsonl")]
    Json,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let archive = app.open_archive(Mode::ReadOnly)?;
    let reader = archive.reader()?;
    let stats = reader.stats()?;
    let lists = reader.sources()?;
    match args.format {
        Format::Json => writeln!(app.out, "{}", json(&stats, &lists))?,
        Format::Text => {
            let path = app.paint(style::QUIET, &archive.path().display().to_string());
            writeln!(app.out, "{path}\n")?;
            text(&stats, &lists, app)?;
        }
    }
    Ok(Exit::Done)
}

fn text(stats: &Stats, lists: &[SourceState], app: &mut App) -> Result<(), CliError> {
    for (name, value, more) in figures(stats, lists) {
        let (name, more) = (app.paint(style::QUIET, &left(name, 12)), app.paint(style::QUIET, &more));
        writeln!(app.out, "{}", format!("{name}{value}  {more}").trim_end())?;
    }
    if stats.sites.is_empty() { Ok(()) } else { Ok(sites(stats, app)?) }
}

/// The lines of the archive as a whole: a name, its figure, more of it.
fn figures(stats: &Stats, lists: &[SourceState]) -> Vec<(&'static str, String, String)> {
    let size = |n: i64| bytes(u64::try_from(n).unwrap_or(0));
    let mut rows = vec![
        ("articles", stats.articles.to_string(), String::new()),
        ("versions", stats.versions.to_string(), format!("{} edited", stats.edited)),
        ("gone", stats.gone.to_string(), String::new()),
        ("requests", stats.fetches.to_string(), format!("in {} runs", stats.runs)),
        ("waiting", stats.queued.to_string(), "addresses to ask for".to_owned()),
        (
            "pages kept",
            stats.pages.to_string(),
            format!("{} in {}", size(stats.page_bytes), size(stats.page_stored)),
        ),
        ("file", bytes(stats.file_bytes), String::new()),
    ];
    if let (Some(first), Some(last)) = (stats.first_seen, stats.last_seen) {
        rows.push(("archived", short(first), format!("to {}", short(last))));
    }
    if let Some(run) = stats.last_run {
        rows.push(("last run", short(run), String::new()));
    }
    if !lists.is_empty() {
        let next = lists.iter().filter_map(|list| list.next).min();
        let next = next.map(|next| format!("the next is due {}", short(next)));
        let troubled = lists.iter().filter(|list| list.trouble.is_some()).count();
        let troubled = (troubled > 0).then(|| format!("{troubled} could not be had"));
        let more: Vec<String> = next.into_iter().chain(troubled).collect();
        rows.push(("lists", lists.len().to_string(), more.join(", ")));
    }
    rows
}

fn sites(stats: &Stats, app: &mut App) -> std::io::Result<()> {
    let names: Vec<String> = stats.sites.iter().map(|site| plain(&site.site)).collect();
    let widest = names.iter().map(|name| width(name)).fold(4, usize::max);
    let columns = ["articles", "versions", "edited", "gone", "waiting"];
    let heading: Vec<String> = columns.iter().map(|name| right(name, 8)).collect();
    let heading =
        app.paint(style::QUIET, &format!("{}  {}  last answer", left("site", widest), heading.join("  ")));
    writeln!(app.out, "\n{heading}")?;
    for (site, name) in stats.sites.iter().zip(&names) {
        let figures = [site.articles, site.versions, site.edited, site.gone, site.queued];
        let figures: Vec<String> = figures.iter().map(|n| right(&n.to_string(), 8)).collect();
        let name = app.paint(style::NAME, &left(name, widest));
        let last = site.last_success.map(short).unwrap_or_else(|| "never".to_owned());
        writeln!(app.out, "{name}  {}  {last}", figures.join("  "))?;
    }
    Ok(())
}

fn json(stats: &Stats, lists: &[SourceState]) -> serde_json::Value {
    let time = |at: Option<jiff::Timestamp>| at.map(|at| format!("{at:.0}"));
    let sites: serde_json::Map<String, serde_json::Value> = stats
        .sites
        .iter()
        .map(|site| {
            let figures = json!({
                "name": site.name,
                "articles": site.articles,
                "versions": site.versions,
                "edited": site.edited,
                "gone": site.gone,
                "waiting": site.queued,
                "last_success": time(site.last_success),
            });
            (site.site.clone(), figures)
        })
        .collect();
    json!({
        "schema": "kliping.stats/1",
        "articles": stats.articles,
        "versions": stats.versions,
        "edited": stats.edited,
        "gone": stats.gone,
        "fetches": stats.fetches,
        "runs": stats.runs,
        "waiting": stats.queued,
        "pages": stats.pages,
        "page_bytes": stats.page_bytes,
        "page_stored_bytes": stats.page_stored,
        "file_bytes": stats.file_bytes,
        "first_seen": time(stats.first_seen),
        "last_seen": time(stats.last_seen),
        "last_run": time(stats.last_run),
        "sites": sites,
        "lists": lists.iter().map(list).collect::<Vec<_>>(),
    })
}

/// A feed, sitemap, section or API, and how often it is asked for.
fn list(list: &SourceState) -> serde_json::Value {
    let time = |at: Option<jiff::Timestamp>| at.map(|at| format!("{at:.0}"));
    json!({
        "site": list.site,
        "kind": list.kind.as_str(),
        "url": list.url.as_str(),
        "checked": format!("{:.0}", list.checked),
        "changed": time(list.changed),
        "every_seconds": list.interval.as_secs(),
        "next": time(list.next),
        "failures": list.failures,
        "trouble": list.trouble,
    })
}
