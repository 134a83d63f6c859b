//! `kliping list`: what is archived.

use std::io::Write;

use clap::ValueEnum;
use kliping::export::listed;
use kliping::model::ArticleState;
use kliping::store::{ArticleRow, Mode};

use super::app::App;
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
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    args.filter.look_for_site(&reader, app)?;
    let filter = args.filter.filter();
    let listed: Result<(), CliError> = match args.format {
        Format::Jsonl => reader.each_listed(&filter, |row| Ok(writeln!(app.out, "{}", listed(&row))?)),
        Format::Text => {
            let mut table = Table { rows: Vec::new(), widths: None, count: 0 };
            reader.each_listed(&filter, |row| Ok(table.add(row, app)?)).and_then(|()| Ok(table.end(app)?))
        }
    };
    listed?;
    Ok(Exit::Done)
}

/// Articles that a table waits for before it decides on its columns.
const FIRST: usize = 1000;

/// A table whose columns are as wide as its first rows ask for.
struct Table {
    rows: Vec<ArticleRow>,
    widths: Option<Widths>,
    count: i64,
}

/// How wide columns are.
#[derive(Clone, Copy)]
struct Widths {
    id: usize,
    site: usize,
    versions: usize,
    state: usize,
}

impl Table {
    fn add(&mut self, row: ArticleRow, app: &mut App) -> std::io::Result<()> {
        self.count += 1;
        match self.widths {
            Some(widths) => line(&row, widths, app),
            None => {
                self.rows.push(row);
                if self.rows.len() == FIRST { self.begin(app) } else { Ok(()) }
            }
        }
    }

    /// Writes what waited.
    fn begin(&mut self, app: &mut App) -> std::io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        let widest = |least: &str, of: &dyn Fn(&ArticleRow) -> usize| {
            rows.iter().map(of).fold(width(least), usize::max)
        };
        let widths = Widths {
            id: widest("id", &|row| width(&row.id.to_string())),
            site: widest("site", &|row| width(&plain(&row.site))),
            versions: widest("v", &|row| width(&row.versions.to_string())),
            state: widest("", &|row| width(shown_state(row.state))),
        };
        self.widths = Some(widths);
        if on_terminal() && !rows.is_empty() {
            let heading = format!(
                "{}  {}  {}  {}  {}title",
                right("id", widths.id),
                left("first seen", 16),
                left("site", widths.site),
                right("v", widths.versions),
                if widths.state > 0 { left("", widths.state + 2) } else { String::new() },
            );
            let heading = app.paint(style::QUIET, &heading);
            writeln!(app.out, "{heading}")?;
        }
        rows.iter().try_for_each(|row| line(row, widths, app))
    }

    fn end(mut self, app: &mut App) -> std::io::Result<()> {
        if self.widths.is_none() {
            self.begin(app)?;
        }
        if on_terminal() {
            let sum =
                if self.count == 0 { "nothing".to_owned() } else { count(self.count, "article", "articles") };
            let sum = app.paint(style::QUIET, &sum);
            writeln!(app.out, "{sum}")?;
        }
        Ok(())
    }
}

fn line(row: &ArticleRow, widths: Widths, app: &mut App) -> std::io::Result<()> {
    let Widths { id, site, versions, state } = widths;
    let seen = app.paint(style::QUIET, &short(row.first_seen));
    let name = app.paint(style::NAME, &left(&plain(&row.site), site));
    let edited = right(&row.versions.to_string(), versions);
    let edited =
        if row.versions > 1 { app.paint(style::WARN, &edited) } else { app.paint(style::QUIET, &edited) };
    let mark = if state > 0 { left(shown_state(row.state), state + 2) } else { String::new() };
    let mark = app.paint(state_style(row.state), &mark);
    let id = right(&row.id.to_string(), id);
    writeln!(app.out, "{id}  {seen}  {name}  {edited}  {mark}{}", plain(&row.title))
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
