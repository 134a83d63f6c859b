//! What the demo prints.

use std::io::{self, Write};
use std::path::Path;

use clap::builder::styling::{AnsiColor, Style};
use kliping::diff;
use kliping::diff::render::{View, words};
use kliping::model::{ArticleId, ArticleState, Version, VersionSeq};
use kliping::pipeline::{Count, Report};
use kliping::store::{ArticleRow, Filter, Reader};

use super::edits::CHANGES;
use super::folder::DELAY;
use super::newsroom::{FORBIDDEN, Newsroom};
use super::paper::PAPERS;
use super::{manners, next, wrap};
use crate::cli::app::App;
use crate::cli::exit::CliError;

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const EDITED: Style = AnsiColor::Yellow.on_default();
const CUT: Style = AnsiColor::Red.on_default();

/// How many columns the demo counts on.
const WIDTH: usize = 98;

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
pub fn archived(
    report: &Report,
    newsroom: &Newsroom,
    reader: &Reader,
    app: &mut App,
) -> Result<(), CliError> {
    let rows = rows(reader)?;
    for paper in &PAPERS {
        writeln!(app.out, "\n  {}", app.paint(BOLD, paper.name))?;
        for row in rows.iter().filter(|row| row.site == paper.id) {
            let dateline = row.dateline.as_deref().unwrap_or_default().trim();
            let about = app.paint(DIM, &format!("{dateline} … {} words", row.words));
            writeln!(app.out, "  {:>4}  {}\n        {about}", row.id.0, row.title)?;
        }
    }
    let hits = newsroom.hits();
    let answered = |status| hits.iter().filter(|hit| hit.status == status).count();
    let line = format!(
        "{} articles in {:.1} s. On the way: {} moved page (301), {} link to nowhere (404), one slow page.",
        report.total(Count::New),
        report.ms as f64 / 1000.0,
        answered(301),
        answered(404),
    );
    writeln!(app.out, "\n  {}", app.paint(GOOD, &line))?;
    if !hits.iter().any(|hit| hit.target == FORBIDDEN) {
        let line =
            format!("{FORBIDDEN} stands in a sitemap and is forbidden by robots.txt: never asked for.");
        writeln!(app.out, "  {}", app.paint(GOOD, &line))?;
    }
    Ok(())
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
            let text = app.paint(CUT, &shortened(text, 118));
            let text = wrap::wrapped(&format!("      {text}"), WIDTH, 6);
            writeln!(app.out, "    {}\n{text}", app.paint(DIM, &shortened(&rule, 60)))?;
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
        let (style, fate) = match row.state {
            ArticleState::Live if row.versions == 1 => (GOOD, "new"),
            ArticleState::Live => (EDITED, "edited"),
            ArticleState::Missing => (CUT, "missing: a 404 must last six hours to count as gone"),
            state => (CUT, state.as_str()),
        };
        let title = app.paint(BOLD, &row.title);
        writeln!(app.out, "\n  {:>4}  {title}  {}", row.id.0, app.paint(style, fate))?;
        let (before, after) = (version(reader, row, row.versions - 1)?, version(reader, row, row.versions)?);
        if let (Some(from), Some(to)) = (before, after) {
            let change = diff::between(&from, &to);
            let shown = words(&View { from: &from, to: &to, change: &change }, app.color);
            // The address and the versions' names go without saying here, and so does an old headline.
            let lines = shown.lines().skip(3).filter(|line| !line.trim().is_empty()).enumerate();
            for (at, line) in lines.filter(|(at, _)| *at != 1 || change.title_changed()) {
                let line = if at == 0 { format!("        {line}") } else { format!(" {line}") };
                writeln!(app.out, "{}", wrap::wrapped(&line, WIDTH, 8))?;
            }
        }
    }
    let counts = [
        (Count::Changed, "edited"),
        (Count::New, "new"),
        (Count::Gone, "gone or missing"),
        (Count::Same, "read again and the same"),
        (Count::NotModified, "not modified (304)"),
    ];
    let counts: Vec<String> =
        counts.iter().map(|(count, what)| format!("{} {what}", report.total(*count))).collect();
    let line = format!("{} in {:.1} s", counts.join(", "), report.ms as f64 / 1000.0);
    Ok(writeln!(app.out, "\n  {}", app.paint(GOOD, &line))?)
}

/// How the crawler behaved.
pub fn manners(newsroom: &Newsroom, app: &mut App) -> io::Result<()> {
    let hits = newsroom.hits();
    let head = format!(
        "{:<23} {:>8}  {:>3}  {:>11}  {:>11}  asked first",
        "", "requests", "304", "least pause", "two at once"
    );
    writeln!(app.out, "  {}", app.paint(DIM, &head))?;
    for (at, paper) in PAPERS.iter().enumerate() {
        let manners = manners::of(&hits, at);
        let pause = manners.least_pause.map_or("–".to_owned(), |pause| format!("{} ms", pause.as_millis()));
        let at_once = if manners.at_once == 0 { "never".to_owned() } else { manners.at_once.to_string() };
        writeln!(
            app.out,
            "  {:<23} {:>8}  {:>3}  {pause:>11}  {at_once:>11}  {}",
            paper.name, manners.requests, manners.not_modified, manners.first,
        )?;
    }
    let agent = hits.first().map(|hit| hit.user_agent.as_str()).unwrap_or_default();
    let delay = DELAY.as_millis();
    let line = format!("It came as {agent}. The delay is set to {delay} ms here; the default is 2 s.");
    writeln!(app.out, "  {}", app.paint(DIM, &line))
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
    let mut rows = reader.list(&Filter::default())?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

fn version(reader: &Reader, row: &ArticleRow, seq: i64) -> Result<Option<Version>, CliError> {
    reader.version(row.id, VersionSeq(seq)).map_err(CliError::from)
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
