//! `kliping history`: what an article went through.

use std::io::Write;

use kliping::diff::render;
use kliping::export::{HistoryLine as Line, HistoryWhat as What, history, history_line};
use kliping::model::{EventKind, Version};
use kliping::store::{ArticleRow, Mode};

use super::app::App;
use super::exit::{CliError, Exit};
use super::list::{Format, state_style};
use super::pick::{self, Named};
use super::style;
use super::text::{count, left, on_terminal, plain, right, short, width};

const EXAMPLES: &str = "\
Examples:
  kliping history 12                    every version and what happened in between
  kliping history -p 12                 with what changed, as `git log -p` has it
  kliping history https://news.example/story/
  kliping diff 12@1..3                  the words that changed";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which article: 12, an address; 12@2..4 for some versions
    #[arg(value_name = "REF", value_parser = pick::reference)]
    reference: Named,
    /// Below each version what changed, as `diff --format unified` prints it
    #[arg(short = 'p', long, conflicts_with = "format")]
    patch: bool,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    let row = pick::article(&reader, &args.reference.reference, &args.reference.text)?;
    let mut versions = reader.versions(row.id)?;
    // As its lines are told.
    versions.sort_by_key(|version| version.observed);
    let events = reader.events(row.id)?;
    let wanted = pick::range(&reader, &row, &args.reference.reference)?;
    let lines = history(&versions, events, wanted);
    match args.format {
        Format::Jsonl => {
            for line in &lines {
                writeln!(app.out, "{}", history_line(&row, line))?;
            }
        }
        Format::Text => text(&row, &lines, if args.patch { &versions } else { &[] }, app)?,
    }
    Ok(Exit::Done)
}

/// `patches`: the versions, when what changed is printed, too.
fn text(row: &ArticleRow, lines: &[Line], patches: &[Version], app: &mut App) -> Result<(), CliError> {
    let number = width(&row.versions.to_string());
    head(row, number, app)?;
    for line in lines {
        match &line.what {
            What::Version { .. } => {
                version(line, number, app)?;
                patch(line, patches, app)?;
            }
            What::Event { kind, detail } => {
                let seen = app.paint(style::QUIET, &short(line.at));
                let kind = app.paint(event_style(*kind), &left(kind.as_str(), 10));
                let detail = detail.as_deref().map(plain).unwrap_or_default();
                let rest = format!("{}  {seen}  {kind}  {detail}", right("·", number));
                writeln!(app.out, "{}", rest.trim_end())?;
            }
        }
    }
    Ok(())
}

/// The article; on a terminal, what the columns are.
fn head(row: &ArticleRow, number: usize, app: &mut App) -> std::io::Result<()> {
    let title = app.paint(style::TITLE, &plain(&row.title));
    writeln!(app.out, "{title}")?;
    let about = app.paint(
        style::QUIET,
        &format!(
            "article {} · {} · {} · {}",
            row.id,
            plain(&row.site),
            count(row.versions, "version", "versions"),
            row.url
        ),
    );
    let state = app.paint(state_style(row.state), row.state.as_str());
    writeln!(app.out, "{about} · {state}\n")?;
    if on_terminal() {
        let heading =
            format!("{}  {}  {}  {}", right("v", number), left("seen", 16), left("cause", 10), "words +/−");
        let heading = app.paint(style::QUIET, &heading);
        writeln!(app.out, "{heading}")?;
    }
    Ok(())
}

fn version(line: &Line, number: usize, app: &mut App) -> std::io::Result<()> {
    let What::Version { seq, cause, kinds, added, removed, title } = &line.what else { return Ok(()) };
    let seen = app.paint(style::QUIET, &short(line.at));
    let seq = right(&seq.to_string(), number);
    let cause = left(cause.as_str(), 10);
    let signed = |sign, n: usize| if n == 0 { String::new() } else { format!("{sign}{n}") };
    let added = app.paint(style::GOOD, &right(&signed('+', *added), 6));
    let removed = app.paint(style::BAD, &right(&signed('−', *removed), 6));
    let kinds = app.paint(style::NAME, &kinds.join(" "));
    let title = title.as_deref().map(plain).unwrap_or_default();
    let gap = if kinds.is_empty() || title.is_empty() { "" } else { "  " };
    writeln!(app.out, "{}", format!("{seq}  {seen}  {cause}{added}{removed}  {kinds}{gap}{title}").trim_end())
}

/// What lies between a version and the one before.
fn patch(line: &Line, versions: &[Version], app: &mut App) -> std::io::Result<()> {
    let What::Version { seq, .. } = line.what else { return Ok(()) };
    let pair = versions.windows(2).find(|pair| pair[1].seq.0 == seq);
    let Some([from, to]) = pair.filter(|pair| kliping::diff::comparable(&pair[0], &pair[1])) else {
        return Ok(());
    };
    let change = kliping::diff::between(from, to);
    let view = render::View { from, to, change: &change };
    writeln!(app.out, "\n{}", render::unified(&view, 3, app.color))
}

fn event_style(kind: EventKind) -> clap::builder::styling::Style {
    match kind {
        EventKind::Gone | EventKind::Redacted => style::BAD,
        EventKind::Restored | EventKind::Moved => style::GOOD,
        _ => style::WARN,
    }
}
