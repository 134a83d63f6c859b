//! `--explain`: how a page was read, and why so.

mod fields;
mod verdict;

use std::io::{self, Write};

use clap::builder::styling::Style;
use kliping::dom::{Document, charset};
use kliping::extract::{self, LayoutTried};
use kliping::model::{Article, FieldName, Finding};
use kliping::site::Site;

use crate::cli::app::App;
use crate::cli::style;
use crate::cli::text::{columns, cut, on_terminal, plain, right, wrap};

/// The column of names.
const NAMES: usize = 14;

/// How wide lines are where nobody looks.
const PIPED: usize = 160;

/// A page that was read, and by what.
pub struct Explained<'a> {
    pub body: &'a [u8],
    pub content_type: Option<&'a str>,
    pub site: &'a Site,
    pub generic: &'a Site,
    pub article: &'a Article,
    pub findings: &'a [Finding],
    /// What the generic reader alone reads.
    pub other: Option<&'a Article>,
}

/// The page, where the lines about it go, and how wide they may be.
struct Page<'a, 'b> {
    app: &'a mut App,
    doc: &'b Document,
    wide: usize,
}

impl Page<'_, '_> {
    /// A line in two styles, cut to the width of the terminal.
    fn line(&mut self, indent: usize, mark: &str, text: &str, style: Style) -> io::Result<()> {
        let text = cut(&plain(text), self.wide.saturating_sub(indent + mark.chars().count()).max(16));
        let text = self.app.paint(style, &text);
        writeln!(self.app.out, "{}{mark}{text}", " ".repeat(indent))
    }
}

/// Writes layout, verdict, the sources of each field, what was removed, and the findings.
pub fn write(what: &Explained<'_>, app: &mut App) -> io::Result<()> {
    let (source, _) = charset::decode(what.body, what.content_type);
    let doc = Document::parse(&source);
    // Who pipes it elsewhere wants selectors whole.
    let narrow = on_terminal() || std::env::var_os("COLUMNS").is_some();
    let mut page = Page { app, doc: &doc, wide: if narrow { columns() } else { PIPED } };
    let reading = &what.article.reading;
    let head = format!("site {}, layout {}", plain(&reading.site), plain(&reading.layout));
    page.line(0, "", &head, style::TITLE)?;
    page.line(2, "extractor ", &reading.extractor.to_string(), style::QUIET)?;
    if what.site.id != what.generic.id {
        let published = what.article.published.as_ref();
        for tried in extract::layouts(what.site, &doc, published) {
            layout(&tried, &mut page)?;
        }
        verdict::write(what, &mut page)?;
    }
    writeln!(page.app.out)?;
    for name in FieldName::ALL {
        fields::write(what, name, &mut page)?;
    }
    removed(what.article, &mut page)?;
    if !what.findings.is_empty() {
        writeln!(page.app.out)?;
    }
    for finding in what.findings {
        let code = page.app.paint(style::WARN, finding.code);
        let message = wrap(&plain(&finding.message), page.wide.max(30), "  ");
        write!(page.app.out, "{code}\n{message}")?;
    }
    Ok(())
}

fn layout(tried: &LayoutTried, page: &mut Page<'_, '_>) -> io::Result<()> {
    let (mark, style) = match (tried.chosen, tried.matches) {
        (true, _) => ("✓ ", style::GOOD),
        (_, true) => ("· ", Style::new()),
        _ => ("× ", style::QUIET),
    };
    let why = match (&tried.when, tried.matches) {
        (None, _) => "takes every page".to_owned(),
        (Some(when), true) => format!("{when} is on the page"),
        (Some(when), false) => format!("{when} is not on the page"),
    };
    let why = if tried.matches && !tried.chosen { format!("{why}, but another goes first") } else { why };
    page.line(2, mark, &format!("layout {}: {why}", tried.id), style)
}

fn removed(article: &Article, page: &mut Page<'_, '_>) -> io::Result<()> {
    if article.removed.is_empty() {
        return Ok(());
    }
    let title = page.app.paint(style::TITLE, "removed");
    writeln!(page.app.out, "\n{title}")?;
    for removal in &article.removed {
        let chars = format!("{} characters by ", right(&removal.chars.to_string(), 6));
        page.line(2, &chars, &removal.rule, style::BAD)?;
        page.line(9, "", &removal.text, style::QUIET)?;
    }
    Ok(())
}
