//! `--explain`: how a page was read.

use std::io::{self, Write};

use clap::builder::styling::{AnsiColor, Style};
use kliping::model::{Article, FieldName, Finding};

use super::super::app::App;

/// How many characters of a value are shown.
const SHOWN: usize = 90;

/// Writes site, layout, the source and value of each field, what was removed, and the findings.
pub fn write(article: &Article, findings: &[Finding], app: &mut App) -> io::Result<()> {
    let bold = Style::new().bold();
    let green = AnsiColor::Green.on_default();
    let red = AnsiColor::Red.on_default();
    let reading = &article.reading;
    let head = app.paint(bold, &format!("site {}, layout {}", reading.site, reading.layout));
    writeln!(app.out, "{head} (extractor {})", reading.extractor)?;
    for field in FieldName::ALL {
        let value = value(article, field);
        let source = reading.fields.get(&field).map_or("–", String::as_str);
        let name = app.paint(bold, &format!("{:<13}", field.as_str()));
        let source = app.paint(green, source);
        match value {
            Some(value) => writeln!(app.out, "{name}{}  ← {source}", shortened(&value))?,
            None => writeln!(app.out, "{name}{}", app_none(field))?,
        }
    }
    if !article.removed.is_empty() {
        let title = app.paint(bold, "removed");
        writeln!(app.out, "{title}")?;
        for removal in &article.removed {
            let rule = app.paint(red, &removal.rule);
            writeln!(app.out, "  {:>6} characters by {rule}: {}", removal.chars, shortened(&removal.text))?;
        }
    }
    for finding in findings {
        let code = app.paint(red, finding.code);
        writeln!(app.out, "{code}: {}", finding.message)?;
    }
    Ok(())
}

fn app_none(field: FieldName) -> &'static str {
    if field == FieldName::CommentForm { "none on this page" } else { "not found" }
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

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    format!("{cut}…")
}
