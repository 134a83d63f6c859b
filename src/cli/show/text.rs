//! An article to be read on a terminal.

use std::io::Write;

use kliping::model::{Article, Block, BlockKind, Version};
use kliping::store::ArticleRow;

use crate::cli::app::App;
use crate::cli::exit::CliError;
use crate::cli::list::state_style;
use crate::cli::style;
use crate::cli::text::{count, on_terminal, plain, plain_lines, short, wrap};

/// Lines longer than this are hard to read.
const COLUMNS: usize = 84;

pub fn print(row: &ArticleRow, version: &Version, app: &mut App) -> Result<(), CliError> {
    head(row, version, app)?;
    if let Some(at) = version.redacted {
        let id = row.id;
        let why = format!("Its text was taken out at {}. `kliping history {id}` says why.", short(at));
        writeln!(app.out, "{}", app.paint(style::QUIET, &why))?;
        return Ok(());
    }
    body(&version.article, app)?;
    foot(&version.article, app)
}

/// Title, site, authors, address, and where it stands in the archive.
fn head(row: &ArticleRow, version: &Version, app: &mut App) -> Result<(), CliError> {
    let article = &version.article;
    let title = app.paint(style::TITLE, &plain(&article.title));
    writeln!(app.out, "{title}")?;

    let site = row.site_name.as_deref().unwrap_or(&row.site);
    let mut about = vec![app.paint(style::NAME, &plain(site))];
    if !article.authors.is_empty() {
        about.push(plain(&article.authors.join(", ")));
    }
    about.extend(article.section.as_deref().map(plain));
    about.extend(article.published.as_ref().map(|when| plain(&when.raw)));
    writeln!(app.out, "{}", about.join(" · "))?;

    let address = app.paint(style::QUIET, version.url.as_str());
    writeln!(app.out, "{address}")?;
    let (id, seq, versions) = (row.id, version.seq, row.versions);
    let of = format!("article {id}, version {seq} of {versions}, seen {}", short(version.observed));
    let of = app.paint(style::QUIET, &of);
    let state = app.paint(state_style(row.state), row.state.as_str());
    writeln!(app.out, "{of} · {state}\n")?;
    Ok(())
}

/// The text, with its dateline.
fn body(article: &Article, app: &mut App) -> Result<(), CliError> {
    for (n, block) in article.body.iter().enumerate() {
        let dateline = if n == 0 { article.dateline.as_ref() } else { None };
        let raw = dateline.map(|d| plain_lines(&d.raw)).unwrap_or_default();
        let mut shown = lines(block, &raw);
        if block.kind == BlockKind::Heading {
            shown = app.paint(style::TITLE, shown.trim_end()) + "\n";
        }
        write!(app.out, "{shown}")?;
        // The items of a list stand together.
        let next = article.body.get(n + 1).map(|next| next.kind);
        if block.kind != BlockKind::ListItem || next != Some(BlockKind::ListItem) {
            writeln!(app.out)?;
        }
    }
    if article.body.is_empty() {
        let note = app.paint(style::QUIET, "(no text)");
        writeln!(app.out, "{note}\n")?;
    }
    Ok(())
}

/// How long it is, and what was cut.
fn foot(article: &Article, app: &mut App) -> Result<(), CliError> {
    let mut foot = vec![count(i64::try_from(article.words()).unwrap_or(0), "word", "words")];
    if !article.images.is_empty() {
        foot.push(count(i64::try_from(article.images.len()).unwrap_or(0), "picture", "pictures"));
    }
    if let Some(form) = &article.comment_form {
        foot.push(format!("comment form cut ({})", plain(&form.rule)));
    }
    let cut: usize = article.removed.iter().map(|removal| removal.chars).sum();
    if cut > 0 {
        foot.push(format!("{cut} characters of boilerplate cut"));
    }
    let foot = app.paint(style::QUIET, &foot.join(" · "));
    writeln!(app.out, "{foot}")?;
    Ok(())
}

/// A block of the body, with what stands before it.
fn lines(block: &Block, before: &str) -> String {
    if block.kind == BlockKind::Preformatted {
        return plain_lines(&block.text).lines().map(|line| format!("    {line}\n")).collect();
    }
    let text = format!("{before}{}", plain(&block.text));
    let columns = if on_terminal() { COLUMNS } else { usize::MAX };
    match block.kind {
        BlockKind::Quote => wrap(&text, columns, "    "),
        BlockKind::ListItem => {
            let item = wrap(&text, columns, "    ");
            format!("  • {}", item.trim_start())
        }
        _ => wrap(&text, columns, ""),
    }
}
