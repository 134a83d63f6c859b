//! An article as text for people, and as Markdown.

use std::io::{self, Write};

use kliping::model::{Article, BlockKind};

use super::super::app::App;

/// Title, byline, text.
pub fn plain(article: &Article, app: &mut App) -> io::Result<()> {
    let bold = clap::builder::styling::Style::new().bold();
    let title = app.paint(bold, &article.title);
    writeln!(app.out, "{title}")?;
    let byline = byline(article);
    if !byline.is_empty() {
        writeln!(app.out, "{byline}")?;
    }
    for (index, block) in article.body.iter().enumerate() {
        let raw = dateline(article, index);
        let mark = if block.kind == BlockKind::ListItem { "- " } else { "" };
        writeln!(app.out, "\n{mark}{raw}{}", block.text)?;
    }
    Ok(())
}

/// Markdown.
pub fn markdown(article: &Article, app: &mut App) -> io::Result<()> {
    writeln!(app.out, "# {}", article.title)?;
    let byline = byline(article);
    if !byline.is_empty() {
        writeln!(app.out, "\n*{byline}*")?;
    }
    for (index, block) in article.body.iter().enumerate() {
        let text = &block.text;
        let raw = dateline(article, index);
        match block.kind {
            BlockKind::Heading => writeln!(app.out, "\n## {text}")?,
            BlockKind::Quote => writeln!(app.out, "\n> {raw}{text}")?,
            BlockKind::ListItem => writeln!(app.out, "\n- {text}")?,
            BlockKind::Preformatted => writeln!(app.out, "\n```\n{text}\n```")?,
            BlockKind::Paragraph | BlockKind::TableRow => writeln!(app.out, "\n{raw}{text}")?,
        }
    }
    Ok(())
}

/// The dateline stands before the first paragraph, as on the page.
fn dateline(article: &Article, index: usize) -> &str {
    let first = article.body.iter().position(|block| block.kind == BlockKind::Paragraph);
    let line = article.dateline.as_ref().filter(|_| first == Some(index));
    line.map_or("", |line| line.raw.as_str())
}

fn byline(article: &Article) -> String {
    let authors = article.authors.join(", ");
    let published = article.published.as_ref().map(ToString::to_string);
    [Some(authors).filter(|a| !a.is_empty()), published].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
