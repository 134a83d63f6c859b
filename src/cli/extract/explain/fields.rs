//! One field: its value, the source that won it, and those that did not.

use std::io::{self, Write};

use clap::builder::styling::Style;
use kliping::extract::{self, Candidate};
use kliping::model::{Article, FieldName};

use super::{Explained, NAMES, Page};
use crate::cli::style;
use crate::cli::text::{cut, left, plain};

/// Sources that lost and are shown.
const SHOWN: usize = 6;

pub fn write(what: &Explained<'_>, name: FieldName, page: &mut Page<'_, '_>) -> io::Result<()> {
    let title = page.app.paint(style::TITLE, &left(name.as_str(), NAMES));
    let value = value(what.article, name);
    let found = value.clone().unwrap_or_else(|| none(name).to_owned());
    let room = page.wide.saturating_sub(NAMES).max(16);
    let shown = cut(&plain(&found), room);
    let shown = if value.is_some() { shown } else { page.app.paint(style::QUIET, &shown) };
    writeln!(page.app.out, "{title}{shown}")?;
    let winner = what.article.reading.fields.get(&name);
    if let Some(winner) = winner {
        page.line(NAMES, "← ", winner, style::GOOD)?;
    }
    if name == FieldName::CommentForm {
        return Ok(());
    }
    let published = what.article.published.as_ref();
    let all = extract::candidates(what.site, what.generic, page.doc, published, name);
    let others = all.iter().filter(|candidate| Some(&candidate.source) != winner);
    // Generic sources that find nothing are most of them, and tell nothing.
    let telling = others.filter(|candidate| candidate.is_own || !candidate.values.is_empty());
    for candidate in telling.take(SHOWN) {
        lost(candidate, name, &found, page)?;
    }
    Ok(())
}

/// A source that did not win, and what it says.
fn lost(candidate: &Candidate, name: FieldName, found: &str, page: &mut Page<'_, '_>) -> io::Result<()> {
    let said = candidate.values.join(", ");
    let said = match name {
        _ if said.is_empty() => "nothing".to_owned(),
        FieldName::Body => format!("{} characters", said.chars().count()),
        _ if plain(&said) == plain(found) => "the same".to_owned(),
        _ => said,
    };
    let mark = if candidate.values.is_empty() { "× " } else { "· " };
    let style = if candidate.values.is_empty() { style::QUIET } else { Style::new() };
    let own = if candidate.is_own { "" } else { " (generic)" };
    page.line(NAMES, mark, &format!("{}{own}: {said}", candidate.source), style)
}

fn none(name: FieldName) -> &'static str {
    if name == FieldName::CommentForm { "none on this page" } else { "not found" }
}

fn value(article: &Article, field: FieldName) -> Option<String> {
    match field {
        FieldName::Title => Some(article.title.clone()),
        FieldName::Dateline => article.dateline.as_ref().map(|line| format!("{:?}", line.raw)),
        FieldName::Author => (!article.authors.is_empty()).then(|| article.authors.join(", ")),
        FieldName::Published => article.published.as_ref().map(|when| format!("{when} ({})", when.raw)),
        FieldName::Modified => article.modified.as_ref().map(|when| format!("{when} ({})", when.raw)),
        FieldName::Section => article.section.clone(),
        FieldName::Language => article.language.clone(),
        FieldName::Body => Some(format!("{} blocks, {} words", article.body.len(), article.words())),
        FieldName::Image => article.images.first().map(|image| image.url.clone()),
        FieldName::CommentForm => article.comment_form.as_ref().map(|form| form.text.clone()),
    }
}
