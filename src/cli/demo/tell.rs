//! What the demo prints.

use std::io::{self, Write};
use std::path::Path;

use clap::builder::styling::{AnsiColor, Style};
use kliping::diff;
use kliping::model::{ArticleId, ArticleState, Version, VersionSeq};
use kliping::pipeline::{Count, Report};
use kliping::store::{ArticleRow, Filter, Reader};

use super::edits::CHANGES;
use super::folder::DELAY;
use super::newsroom::Newsroom;
use super::paper::PAPERS;
use super::{manners, next};
use crate::cli::app::{App, store_error};
use crate::cli::exit::CliError;

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const CUT: Style = AnsiColor::Red.on_default();

/// Which papers there are.
pub fn opening(newsroom: &Newsroom, app: &mut App) -> io::Result<()> {
    writeln!(app.out, "Three newspapers print on this machine, as long as this command runs:\n")?;
    for (at, paper) in PAPERS.iter().enumerate() {
        let name = app.paint(BOLD, &format!("{:<23}", paper.name));
        let how = app.paint(DIM, paper.made_with);
        writeln!(app.out, "  {name} {}  {how}", newsroom.origin(at))?;
    }
    Ok(())
}

/// A heading; what follows may take a while, so it is shown at once.
pub fn begins(what: &str, app: &mut App) -> io::Result<()> {
    let heading = app.paint(HEADING, what);
    writeln!(app.out, "\n{heading}")?;
    app.flush()
}

/// What the first crawl brought.
pub fn archived(report: &Report, reader: &Reader, app: &mut App) -> Result<(), CliError> {
    let rows = rows(reader)?;
    for paper in &PAPERS {
        writeln!(app.out, "\n  {}", app.paint(BOLD, paper.name))?;
        for row in rows.iter().filter(|row| row.site == paper.id) {
            let dateline = row.dateline.as_deref().unwrap_or_default().trim();
            let about = app.paint(DIM, &format!("{dateline} {} words", row.words));
            writeln!(app.out, "  {:>4}  {}  {about}", row.id.0, row.title)?;
        }
    }
    let seconds = report.ms as f64 / 1000.0;
    let new = report.total(Count::New);
    let rest = [
        (Count::Gone, "a link in a feed led nowhere"),
        (Count::RobotsDenied, "a page robots.txt forbids was left alone"),
        (Count::Errors, "a request failed"),
    ];
    let rest: Vec<String> = rest
        .iter()
        .filter(|(count, _)| report.total(*count) > 0)
        .map(|(count, what)| format!("{what} ({})", report.total(*count)))
        .collect();
    let line = format!("{new} articles in {seconds:.1} s; {}", rest.join("; "));
    Ok(writeln!(app.out, "\n  {}", app.paint(GOOD, line.trim_end_matches("; ")))?)
}

/// What was thrown out, on one article of each paper.
pub fn cut(reader: &Reader, app: &mut App) -> Result<(), CliError> {
    begins("What was cut, and kept as evidence", app)?;
    for paper in &PAPERS {
        let most = rows(reader)?
            .into_iter()
            .filter(|row| row.site == paper.id)
            .filter_map(|row| version(reader, &row, row.versions).ok().flatten())
            .max_by_key(|version| version.article.removed.len());
        let Some(Version { article_id, article, .. }) = most else { continue };
        writeln!(app.out, "\n  {}, article {article_id}", app.paint(BOLD, paper.name))?;
        let form = article.comment_form.iter().map(|form| ("comment form", &form.rule, &form.text));
        let rest = article.removed.iter().map(|removal| ("", &removal.rule, &removal.text));
        for (what, rule, text) in form.chain(rest).filter(|(_, _, text)| !text.trim().is_empty()) {
            let rule = if what.is_empty() { rule.clone() } else { format!("{what}: {rule}") };
            let text = app.paint(CUT, &shortened(text, 84));
            writeln!(app.out, "    {}\n      {text}", app.paint(DIM, &rule))?;
        }
    }
    Ok(())
}

/// What the newsroom does.
pub fn edits(app: &mut App) -> io::Result<()> {
    for change in CHANGES {
        writeln!(app.out, "  {:<23} {}", PAPERS[change.paper].name, change.what)?;
    }
    Ok(())
}

/// What the second crawl found, with the differences.
pub fn found(report: &Report, newsroom: &Newsroom, reader: &Reader, app: &mut App) -> Result<(), CliError> {
    let rows = rows(reader)?;
    for change in CHANGES {
        let url = newsroom.url(change.paper, change.slug);
        let Some(row) = rows.iter().find(|row| Some(row.url.as_str()) == url.as_deref()) else { continue };
        let fate = match row.state {
            ArticleState::Live if row.versions == 1 => "new",
            ArticleState::Live => "edited",
            state => state.as_str(),
        };
        writeln!(app.out, "\n  {:>4}  {}  {}", row.id.0, app.paint(BOLD, &row.title), app.paint(CUT, fate))?;
        let (Some(a), Some(b)) = (version(reader, row, row.versions - 1)?, version(reader, row, row.versions)?) else {
            continue;
        };
        let change = diff::between(&a, &b);
        let kinds: Vec<&str> = change.kinds.iter().map(|kind| kind.as_str()).collect();
        writeln!(app.out, "        {}", app.paint(DIM, &format!("version {} → {}: {}", a.seq, b.seq, kinds.join(", "))))?;
        for line in diff::render::words(&change, app.color).lines() {
            writeln!(app.out, "        {line}")?;
        }
    }
    let counts = [
        (Count::Changed, "edited"),
        (Count::New, "new"),
        (Count::Gone, "gone or missing"),
        (Count::Same, "read again, unchanged"),
        (Count::NotModified, "unchanged by their own word (304)"),
    ];
    let counts: Vec<String> =
        counts.iter().map(|(count, what)| format!("{} {what}", report.total(*count))).collect();
    let line = format!("{} in {:.1} s", counts.join(", "), report.ms as f64 / 1000.0);
    Ok(writeln!(app.out, "\n  {}", app.paint(GOOD, &line))?)
}

/// How the crawler behaved.
pub fn manners(newsroom: &Newsroom, app: &mut App) -> io::Result<()> {
    let hits = newsroom.hits();
    for (at, paper) in PAPERS.iter().enumerate() {
        let manners = manners::of(&hits, at);
        let pause = manners.least_pause.map_or("–".to_owned(), |pause| format!("{} ms", pause.as_millis()));
        writeln!(
            app.out,
            "  {:<23} {:>2} requests, {:>2} answered 304, least pause {pause}, {} at once, robots.txt {}",
            paper.name,
            manners.requests,
            manners.not_modified,
            if manners.at_once == 0 { "never two".to_owned() } else { format!("{} times two", manners.at_once) },
            if manners.robots_first { "first" } else { "not first" },
        )?;
    }
    let agent = hits.first().map(|hit| hit.user_agent.as_str()).unwrap_or_default();
    let delay = DELAY.as_millis();
    writeln!(app.out, "  {}", app.paint(DIM, &format!("asked as {agent}; the delay is set to {delay} ms here, the default is 2 s")))
}

/// Where everything lies, and what to do with it.
pub fn farewell(folder: &Path, archive: &Path, reader: &Reader, app: &mut App) -> Result<(), CliError> {
    begins(&format!("Yours now, in {}", folder.display()), app)?;
    let edited = rows(reader)?.iter().find(|row| row.versions > 1).map_or(ArticleId(1), |row| row.id);
    for (command, what) in next::commands(archive, edited) {
        writeln!(app.out, "  {}\n  {command}", app.paint(DIM, &format!("# {what}")))?;
    }
    let first = format!("{} sites add https://news.example/", next::program());
    Ok(writeln!(app.out, "\nAnd for a paper of your own: {}", app.paint(BOLD, &first))?)
}

fn rows(reader: &Reader) -> Result<Vec<ArticleRow>, CliError> {
    let mut rows = reader.list(&Filter::default()).map_err(store_error)?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

fn version(reader: &Reader, row: &ArticleRow, seq: i64) -> Result<Option<Version>, CliError> {
    reader.version(row.id, VersionSeq(seq)).map_err(store_error)
}

/// One line of a text, cut at a word.
fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(most) {
        None => text,
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &text[..cut])
        }
    }
}
