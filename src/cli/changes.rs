//! `kliping changes`: the log of edits over all sites.

use std::io::Write;
use std::ops::ControlFlow;

use clap::ValueEnum;
use jiff::Timestamp;
use kliping::config::Since;
use kliping::diff::{self, Op, Token};
use kliping::export::{Logged, atom};
use kliping::model::{Cause, ChangeKind, ChangeKinds};
use kliping::store::{ChangeLine, ChangeQuery, ChangeRow, Mode, Reader, Told};

use super::app::{App, now};
use super::exit::{CliError, Exit};
use super::pick;
use super::style;
use super::text::{plain, short};

const EXAMPLES: &str = "\
Examples:
  kliping changes --since 24h                         who changed what since yesterday, newest first
  kliping changes --kind headline,number,negation     what a reader should hear of
  kliping changes --kind gone,restored --site kabar   what one paper withdrew, and put back
  kliping changes --since 7d --min-score 0.3 --format atom > changes.atom
  kliping changes --since 1h --format jsonl | jq -r .url";

/// The log of edits over all sites: what was changed, withdrawn, put back
///
/// Edits are told when they are recorded; what went, came back or leads elsewhere is told too. Only what the
/// newspapers did is told, unless all causes are asked for. A page that goes back and forth is told twice
/// within a day, and then no more unless --all is given; every version is kept. Exits with 1 when nothing is
/// found.
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES)]
pub struct Args {
    /// Observed since then: 24h, 7d, 2026-03-01, 2026-03-01T10:00+07:00
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    since: Option<Since>,
    /// Observed before then
    #[arg(long, value_name = "TIME", value_parser = Since::parse)]
    until: Option<Since>,
    /// Only changes of one of these kinds: headline, number, date, quote, negation, name, correction, added,
    /// removed, moved, dateline, byline, metadata, wording, cosmetic, reverted, gone, restored, redirected,
    /// paywalled
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    kind: Vec<ChangeKind>,
    /// Only of this site
    #[arg(long, value_name = "ID")]
    site: Option<String>,
    /// Only changes that matter so much, from 0 to 1
    #[arg(long, value_name = "SCORE", value_parser = score)]
    min_score: Option<f64>,
    /// Only edits that the page does not announce: neither its time of change nor a note of correction does
    #[arg(long)]
    silent: bool,
    /// Also what only our reading changed (reextract), and what was imported
    #[arg(long)]
    all_causes: bool,
    /// Also a page that goes back and forth, every time
    #[arg(long)]
    all: bool,
    /// At most so many, the newest [default: all; atom: 100]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How the log is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line a change, newest first
    Text,
    /// The JSON of the contract, a line a change, oldest first
    #[value(alias = "json")]
    Jsonl,
    /// A feed (Atom) with the changed words marked, oldest first
    Atom,
}

fn kind(text: &str) -> Result<ChangeKind, String> {
    ChangeKind::from_name(text.trim()).ok_or_else(|| {
        let known: Vec<&str> = ChangeKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("there is no such kind; there are {}", known.join(", "))
    })
}

fn score(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|score| (0.0..=1.0).contains(score))
        .ok_or_else(|| "a score lies between 0 and 1".to_owned())
}

pub fn run(args: &Args, app: &mut App) -> Result<Exit, CliError> {
    let reader = app.open_archive(Mode::ReadOnly)?.reader()?;
    pick::look_for_site(args.site.as_deref(), &reader, app)?;
    let found = match args.format {
        Format::Text => args.each(&reader, true, args.limit, |row| {
            let Some(change) = reader.change_line(row)? else { return Ok(false) };
            line(&change, row.told, app)?;
            Ok(true)
        })?,
        Format::Jsonl => match args.limit {
            None => args.each(&reader, false, None, |row| match logged(&reader, row)? {
                Some(logged) => Ok(writeln!(app.out, "{}", logged.json()).map(|()| true)?),
                None => Ok(false),
            })?,
            Some(limit) => {
                let rows = args.newest(&reader, limit)?;
                write_all(&reader, &rows, app, |logged| format!("{}\n", logged.json()))?
            }
        },
        Format::Atom => {
            let rows = args.newest(&reader, args.limit.unwrap_or(100))?;
            let newest = rows.first().map(|row| row.key.time());
            let updated = newest.or_else(|| args.at(args.since)).unwrap_or(Timestamp::UNIX_EPOCH);
            write!(app.out, "{}", atom::head(&args.about(), updated))?;
            let found = write_all(&reader, &rows, app, atom::entry)?;
            write!(app.out, "{}", atom::foot())?;
            found
        }
    };
    Ok(if found == 0 { Exit::No } else { Exit::Done })
}

/// Writes changes that stand newest first, the oldest first; how many there are.
fn write_all(
    reader: &Reader,
    newest_first: &[ChangeRow],
    app: &mut App,
    show: impl Fn(&Logged) -> String,
) -> Result<usize, CliError> {
    let mut written = 0;
    for row in newest_first.iter().rev() {
        if let Some(logged) = logged(reader, row)? {
            app.out.write_all(show(&logged).as_bytes())?;
            written += 1;
        }
    }
    Ok(written)
}

impl Args {
    fn at(&self, since: Option<Since>) -> Option<Timestamp> {
        since.map(|since| since.at(now()))
    }

    /// What the feed tells of.
    fn about(&self) -> String {
        let mut about = "Changes".to_owned();
        if !self.kind.is_empty() {
            let kinds: Vec<&str> = self.kind.iter().map(|kind| kind.as_str()).collect();
            about = format!("{about} ({})", kinds.join(", "));
        }
        match &self.site {
            Some(site) => format!("{about} at {site}"),
            None => format!("{about} at all sites"),
        }
    }

    /// What the archive is asked for.
    fn query(&self, reader: &Reader) -> Result<ChangeQuery, CliError> {
        let ms = |since, none| self.at(since).map_or(none, Timestamp::as_millisecond);
        Ok(ChangeQuery {
            site: reader.site_asked(self.site.as_deref())?,
            kinds: ChangeKinds::of(&self.kind),
            weight: Told::thousandths(self.min_score.unwrap_or(0.0)),
            silent: self.silent,
            all_causes: self.all_causes,
            flaps: self.all,
            redacted: false,
            since: ms(self.since, i64::MIN),
            until: ms(self.until, i64::MAX),
        })
    }

    /// Calls `f` with each change that is meant, which says whether it told it; tells how many there were.
    fn each(
        &self,
        reader: &Reader,
        newest_first: bool,
        limit: Option<usize>,
        mut f: impl FnMut(&ChangeRow) -> Result<bool, CliError>,
    ) -> Result<usize, CliError> {
        let mut found = 0;
        reader.each_change(&self.query(reader)?, newest_first, |row| {
            if limit.is_some_and(|limit| found >= limit) {
                return Ok(ControlFlow::Break(()));
            }
            found += usize::from(f(row)?);
            Ok::<_, CliError>(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }

    /// The newest changes.
    fn newest(&self, reader: &Reader, limit: usize) -> Result<Vec<ChangeRow>, CliError> {
        let mut rows = Vec::new();
        self.each(reader, true, Some(limit), |row| {
            rows.push(*row);
            Ok(true)
        })?;
        Ok(rows)
    }
}

/// A change with its texts.
fn logged(reader: &Reader, row: &ChangeRow) -> Result<Option<Logged>, CliError> {
    Ok(reader.log_entry(row)?.map(Logged::of))
}

fn line(change: &ChangeLine, told: Told, app: &mut App) -> std::io::Result<()> {
    let article = &change.article;
    let (from, to) = change.versions;
    let reference =
        if from == to { format!("{}@{to}", article.id) } else { format!("{}@{from}..{to}", article.id) };
    let at = app.paint(style::QUIET, &short(change.at));
    let site = app.paint(style::NAME, &plain(&article.site));
    let gone = told.kinds.has(ChangeKind::Gone) || told.kinds.has(ChangeKind::Redirected);
    let kinds: Vec<&str> = told.kinds.list().iter().map(|kind| kind.as_str()).collect();
    let kinds = app.paint(if gone { style::BAD } else { style::WARN }, &kinds.join(" "));
    let mut words = Vec::new();
    if told.added > 0 {
        words.push(app.paint(style::GOOD, &format!("+{}", told.added)));
    }
    if told.removed > 0 {
        words.push(app.paint(style::BAD, &format!("−{}", told.removed)));
    }
    if told.stealth {
        words.push(app.paint(style::QUIET, "(silent)"));
    }
    if told.cause != Cause::Publisher {
        words.push(app.paint(style::QUIET, &format!("({})", told.cause.as_str())));
    }
    let words = if words.is_empty() { String::new() } else { format!("  {}", words.join(" ")) };
    let title = title(&diff::headline(&change.titles.0, &change.titles.1), app);
    let detail = change.detail.as_deref().map(|detail| format!("  ({})", plain(detail))).unwrap_or_default();
    let detail = app.paint(style::QUIET, &detail);
    writeln!(app.out, "{at}  {site}  {reference}  {kinds}{words}  {:.2}  {title}{detail}", told.score())
}

/// The headline, changed words marked as `diff` marks them.
fn title(tokens: &[Token], app: &App) -> String {
    let mark = |token: &Token| {
        let text = plain_run(&token.text);
        match (token.op, app.color) {
            (Op::Keep, _) => text,
            (Op::Delete, true) => app.paint(style::BAD.strikethrough(), &text),
            (Op::Insert, true) => app.paint(style::GOOD.underline(), &text),
            (Op::Delete, false) => format!("[-{text}-]"),
            (Op::Insert, false) => format!("{{+{text}+}}"),
        }
    };
    tokens.iter().map(mark).collect()
}

/// As [`plain`], but blanks at the ends stay: runs stand beside each other.
fn plain_run(text: &str) -> String {
    let blank = |at: Option<char>| if at.is_some_and(char::is_whitespace) { " " } else { "" };
    let inner = plain(text);
    if inner.is_empty() {
        return blank(text.chars().next()).to_owned();
    }
    format!("{}{}{}", blank(text.chars().next()), inner, blank(text.chars().next_back()))
}
