//! `kliping duplicates`: articles that read nearly the same.

mod alike;

use std::io::Write;

use kliping::config::Since;
use kliping::model::{ArticleId, share_in_common};
use kliping::store::{ArticleRow, Filter, Mode, Reader, StoreError};
use serde_json::json;

use crate::cli::app::{App, now};
use crate::cli::exit::{CliError, Exit};
use crate::cli::list::Format;
use crate::cli::pick;
use crate::cli::say;
use crate::cli::style;
use crate::cli::text::{left, on_terminal, plain, right, short, width};

const EXAMPLES: &str = "\
Examples:
  kliping duplicates                          one story under several addresses, or in several papers
  kliping duplicates --since 24h              groups to which an article came since yesterday
  kliping duplicates --site kabar --least 97  nearly every word the same
  kliping duplicates --format jsonl | jq '.articles[].url'";

/// Articles that read nearly the same: one story twice, or in several papers
///
/// The latest texts of all sites are compared: agency copy in several papers, one story under two addresses,
/// a story printed again. Nothing is changed or left out of the archive. A group is shown when one of its
/// articles is meant by the filter. Texts under twenty words are not compared. Exits with 1 when there are none.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Only groups with an article of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// Only groups with an article first archived since then: 24h, 7d, 2026-03-01
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    since: Option<Since>,
    /// At most so many groups
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// So much of the text must be the same: per cent of all runs of three words that either text has
    #[arg(long, value_name = "PERCENT", default_value_t = 85, value_parser = clap::value_parser!(u8).range(80..=100))]
    least: u8,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// An article of a group, and how much of its text stands in the group's first.
struct Member {
    row: ArticleRow,
    share: f64,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    pick::look_for_site(args.site.as_deref(), &reader, app)?;
    let since = args.since.map(|since| since.at(now()));
    let filter = Filter { site: args.site.clone(), since, ..Filter::default() };
    let mut meant = None;
    if filter != Filter::default() {
        let mut ids = reader.ids(&filter)?;
        ids.sort_unstable();
        meant = Some(ids);
    }
    let least = f64::from(args.least) / 100.0;
    let mut groups = alike::groups(&reader, least, meant.as_deref())?;
    groups.truncate(args.limit.unwrap_or(usize::MAX));
    for (n, ids) in groups.iter().enumerate() {
        let group = members(&reader, ids)?;
        match args.format {
            Format::Jsonl => writeln!(app.out, "{}", json(&group))?,
            Format::Text => text(&group, n == 0, app)?,
        }
    }
    if groups.is_empty() && on_terminal() {
        say::note(&app.global, "no two articles read nearly the same");
    }
    Ok(if groups.is_empty() { Exit::No } else { Exit::Done })
}

fn members(reader: &Reader, ids: &[ArticleId]) -> Result<Vec<Member>, StoreError> {
    let Some(&first) = ids.first() else { return Ok(Vec::new()) };
    let text = reader.latest_text(first)?.unwrap_or_default();
    let hash = reader.latest_text_hash(first)?;
    let mut members = Vec::new();
    for &id in ids {
        let Some(row) = reader.article(id)? else { continue };
        let share = match reader.latest_text_hash(id)? == hash {
            true => 1.0,
            false => share_in_common(&text, &reader.latest_text(id)?.unwrap_or_default()),
        };
        members.push(Member { row, share });
    }
    Ok(members)
}

fn text(group: &[Member], first: bool, app: &mut App) -> Result<(), CliError> {
    if !first {
        writeln!(app.out)?;
    }
    let id = group.iter().map(|member| width(&member.row.id.to_string())).max().unwrap_or(0);
    let site = group.iter().map(|member| width(&plain(&member.row.site))).max().unwrap_or(0);
    for (n, Member { row, share }) in group.iter().enumerate() {
        let share = if n == 0 { String::new() } else { format!("{:.0} %", share * 100.0) };
        let share = app.paint(style::WARN, &right(&share, 5));
        let seen = app.paint(style::QUIET, &short(row.first_seen));
        let name = app.paint(style::NAME, &left(&plain(&row.site), site));
        let id = right(&row.id.to_string(), id);
        writeln!(app.out, "{id}  {seen}  {name}  {share}  {}", plain(&row.title))?;
    }
    Ok(())
}

fn json(group: &[Member]) -> serde_json::Value {
    let articles: Vec<serde_json::Value> = group
        .iter()
        .map(|Member { row, share }| {
            json!({
                "id": row.id.0,
                "site": row.site,
                "url": row.url.as_str(),
                "title": row.title,
                "published": row.published,
                "first_seen": format!("{:.0}", row.first_seen),
                "words": row.words,
                "share": (share * 1000.0).round() / 1000.0,
            })
        })
        .collect();
    json!({ "schema": "kliping.alike/1", "articles": articles })
}
