//! `kliping list`: what is archived.

use std::io::Write;

use clap::ValueEnum;
use kliping::export::listed;
use kliping::model::ArticleState;
use kliping::store::{ArticleRow, Mode};

use super::app::{App, store_error};
use super::exit::{CliError, Exit};
use super::pick::FilterArgs;
use super::style;
use super::text::{count, left, on_terminal, plain, right, short, width};

const EXAMPLES: &str = "\
Examples:
  kliping list                              everything, newest first
  kliping list --since 24h --site kabar     what one site brought since yesterday
  kliping list --changed-since 7d           what was edited, went or came back this week
  kliping list --state gone --format jsonl  what disappeared, for scripts";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A line an article
    Text,
    /// A JSON object a line
    #[value(alias = "json")]
    Jsonl,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader().map_err(store_error)?;
    args.filter.look_for_site(&reader, app)?;
    let rows = reader.list(&args.filter.filter()).map_err(store_error)?;
    match args.format {
        Format::Jsonl => {
            for row in &rows {
                writeln!(app.out, "{}", listed(row))?;
            }
        }
        Format::Text => table(&rows, app)?,
    }
    Ok(Exit::Done)
}

fn table(rows: &[ArticleRow], app: &mut App) -> Result<(), CliError> {
    let widest = |least: &str, texts: &mut dyn Iterator<Item = usize>| texts.fold(width(least), usize::max);
    let id = widest("id", &mut rows.iter().map(|row| width(&row.id.to_string())));
    let site = widest("site", &mut rows.iter().map(|row| width(&plain(&row.site))));
    let versions = widest("v", &mut rows.iter().map(|row| width(&row.versions.to_string())));
    let state = widest("", &mut rows.iter().map(|row| width(shown_state(row.state))));
    if on_terminal() && !rows.is_empty() {
        let heading = format!(
            "{}  {}  {}  {}  {}title",
            right("id", id),
            left("first seen", 16),
            left("site", site),
            right("v", versions),
            if state > 0 { left("", state + 2) } else { String::new() },
        );
        let heading = app.paint(style::QUIET, &heading);
        writeln!(app.out, "{heading}")?;
    }
    for row in rows {
        let seen = app.paint(style::QUIET, &short(row.first_seen));
        let name = app.paint(style::NAME, &left(&plain(&row.site), site));
        let edited = right(&row.versions.to_string(), versions);
        let edited =
            if row.versions > 1 { app.paint(style::WARN, &edited) } else { app.paint(style::QUIET, &edited) };
        let mark = if state > 0 { left(shown_state(row.state), state + 2) } else { String::new() };
        let mark = app.paint(state_style(row.state), &mark);
        let id = right(&row.id.to_string(), id);
        writeln!(app.out, "{id}  {seen}  {name}  {edited}  {mark}{}", plain(&row.title))?;
    }
    if on_terminal() {
        let sum = match rows.len() {
            0 => "nothing".to_owned(),
            n => count(i64::try_from(n).unwrap_or(i64::MAX), "article", "articles"),
        };
        let sum = app.paint(style::QUIET, &sum);
        writeln!(app.out, "{sum}")?;
    }
    Ok(())
}

/// A state as lists show it: what is as it should be says nothing.
pub fn shown_state(state: ArticleState) -> &'static str {
    if state == ArticleState::Live { "" } else { state.as_str() }
}

/// The colour of a state.
pub fn state_style(state: ArticleState) -> clap::builder::styling::Style {
    match state {
        ArticleState::Live => style::GOOD,
        ArticleState::Gone | ArticleState::Redacted => style::BAD,
        _ => style::WARN,
    }
}
