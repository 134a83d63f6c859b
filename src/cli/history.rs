//! `kliping history`: what an article went through.

use std::io::Write;

use jiff::Timestamp;
use kliping::model::{Cause, EventKind, Version};
use kliping::store::{ArticleRow, Event, Mode};
use serde_json::{Value, json};

use super::app::{App, store_error};
use super::exit::{CliError, Exit};
use super::list::{Format, state_style};
use super::pick::{self, Named};
use super::style;
use super::text::{count, left, on_terminal, plain, right, short, width};

const EXAMPLES: &str = "\
Examples:
  kliping history 12                    every version and what happened in between
  kliping history https://news.example/story/
  kliping diff 12@1..3                  the words that changed";

#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Which article: 12, an address; 12@2..4 for some versions
    #[arg(value_name = "REF", value_parser = pick::reference)]
    reference: Named,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// One line of a history.
struct Line {
    at: Timestamp,
    what: What,
}

enum What {
    Version {
        seq: i64,
        cause: Cause,
        kinds: Vec<&'static str>,
        added: usize,
        removed: usize,
        title: Option<String>,
    },
    Event {
        kind: EventKind,
        detail: Option<String>,
    },
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader().map_err(store_error)?;
    let row = pick::article(&reader, &args.reference.reference, &args.reference.text)?;
    let versions = reader.versions(row.id).map_err(store_error)?;
    let events = reader.events(row.id).map_err(store_error)?;
    let wanted = pick::range(&row, &args.reference.reference)?;
    let lines = lines(&versions, events, wanted);
    match args.format {
        Format::Jsonl => {
            for line in &lines {
                writeln!(app.out, "{}", json(&row, line))?;
            }
        }
        Format::Text => text(&row, &lines, app)?,
    }
    Ok(Exit::Done)
}

fn lines(versions: &[Version], events: Vec<Event>, wanted: Option<(i64, i64)>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(versions.len() + events.len());
    for (n, version) in versions.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| &versions[n]);
        let title = before.is_none_or(|before| before.article.title != version.article.title);
        let (kinds, added, removed) = match before {
            None => (Vec::new(), version.article.words(), 0),
            Some(before) => change(before, version),
        };
        lines.push(Line {
            at: version.observed,
            what: What::Version {
                seq: version.seq.0,
                cause: version.cause,
                kinds,
                added,
                removed,
                title: title.then(|| version.article.title.clone()),
            },
        });
    }
    if let Some((from, to)) = wanted {
        lines.retain(|line| matches!(line.what, What::Version { seq, .. } if (from..=to).contains(&seq)));
        return lines;
    }
    // Versions stand in their own order (what was read again late may be an old page); an event
    // stands behind the last version that was seen before it.
    for event in events {
        let at = lines.iter().rposition(|line| line.at <= event.at).map_or(0, |at| at + 1);
        lines.insert(at, Line { at: event.at, what: What::Event { kind: event.kind, detail: event.detail } });
    }
    lines
}

fn change(a: &Version, b: &Version) -> (Vec<&'static str>, usize, usize) {
    if a.redacted.is_some() || b.redacted.is_some() {
        return (Vec::new(), 0, 0);
    }
    let change = kliping::diff::compare(&a.article, &b.article);
    (change.kinds.iter().map(|kind| kind.as_str()).collect(), change.words_added, change.words_removed)
}

fn text(row: &ArticleRow, lines: &[Line], app: &mut App) -> Result<(), CliError> {
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
    let number = width(&row.versions.to_string());
    if on_terminal() {
        let heading =
            format!("{}  {}  {}  {}", right("v", number), left("seen", 16), left("cause", 10), "words +/−");
        let heading = app.paint(style::QUIET, &heading);
        writeln!(app.out, "{heading}")?;
    }
    for line in lines {
        let seen = app.paint(style::QUIET, &short(line.at));
        match &line.what {
            What::Version { seq, cause, kinds, added, removed, title } => {
                let seq = right(&seq.to_string(), number);
                let cause = left(cause.as_str(), 10);
                let signed = |sign, n: usize| if n == 0 { String::new() } else { format!("{sign}{n}") };
                let added = app.paint(style::GOOD, &right(&signed('+', *added), 6));
                let removed = app.paint(style::BAD, &right(&signed('−', *removed), 6));
                let kinds = app.paint(style::NAME, &kinds.join(" "));
                let title = title.as_deref().map(plain).unwrap_or_default();
                let gap = if kinds.is_empty() || title.is_empty() { "" } else { "  " };
                let rest = format!("{seq}  {seen}  {cause}{added}{removed}  {kinds}{gap}{title}");
                writeln!(app.out, "{}", rest.trim_end())?;
            }
            What::Event { kind, detail } => {
                let kind = app.paint(event_style(*kind), &left(kind.as_str(), 10));
                let detail = detail.as_deref().map(plain).unwrap_or_default();
                let rest = format!("{}  {seen}  {kind}  {detail}", right("·", number));
                writeln!(app.out, "{}", rest.trim_end())?;
            }
        }
    }
    Ok(())
}

fn event_style(kind: EventKind) -> clap::builder::styling::Style {
    match kind {
        EventKind::Gone | EventKind::Redacted => style::BAD,
        EventKind::Restored | EventKind::Moved => style::GOOD,
        _ => style::WARN,
    }
}

fn json(row: &ArticleRow, line: &Line) -> Value {
    let at = format!("{:.0}", line.at);
    match &line.what {
        What::Version { seq, cause, kinds, added, removed, title } => json!({
            "schema": "kliping.history/1",
            "article": row.id.0,
            "at": at,
            "version": seq,
            "cause": cause.as_str(),
            "kinds": kinds,
            "words": { "added": added, "removed": removed },
            "title": title,
        }),
        What::Event { kind, detail } => json!({
            "schema": "kliping.history/1",
            "article": row.id.0,
            "at": at,
            "event": kind.as_str(),
            "detail": detail,
        }),
    }
}
