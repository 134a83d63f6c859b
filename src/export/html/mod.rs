//! Pages to read in a browser and to print: one file, or a folder with a page for each day and site. No
//! script, nothing that is loaded from anywhere; a policy in the page keeps it so.

use std::io::Write;

use super::ExportError;
use super::about::{about, anchor};
use super::xml::{attributes, escape, prose};
use crate::model::Version;
use crate::store::ArticleRow;

const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --quiet: #5c5c5c; --line: #d5d5d5; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #dcdcdc; --paper: #171717; --quiet: #a0a0a0; --line: #3c3c3c; --link: #8ab8ef; } }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.6 Georgia, 'Noto Serif', serif; color: var(--ink); background: var(--paper); }
h1, h2, h3 { line-height: 1.25; } h1 { font-size: 1.3rem; } h2 { font-size: 1.5rem; margin: 0 0 .3rem; } h3 { font-size: 1.1rem; }
a { color: var(--link); } nav ul { list-style: none; padding-inline-start: 1rem; } nav li { margin: .2rem 0; }
article { margin: 3rem 0; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.about, .source { color: var(--quiet); font: .85rem/1.5 system-ui, sans-serif; } .source { overflow-wrap: anywhere; }
.dateline { font-weight: bold; } blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
pre { white-space: pre-wrap; } table { border-collapse: collapse; } td { border: 1px solid var(--line); padding: .2rem .6rem; vertical-align: top; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; color: #000; background: #fff; } nav { display: none; } a { color: inherit; text-decoration: none; } article { break-before: page; border: 0; } h2, h3 { break-after: avoid; } }
";

/// The beginning of a page.
#[must_use]
pub fn head(title: &str) -> String {
    let title = escape(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
}

/// The end of a page.
#[must_use]
pub fn foot() -> &'static str {
    "</body>\n</html>\n"
}

/// One version, as an article of a page.
#[must_use]
pub fn article(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let about = about(Some(row.site_name.as_deref().unwrap_or(&row.site)), article);
    let url = escape(row.url.as_str());
    format!(
        "<article id=\"{}\"{}>\n<h2>{}</h2>\n{about}{}<p class=\"source\" dir=\"ltr\">\
         <a rel=\"external\" href=\"{url}\">{url}</a> · article {}, version {} of {}, as it was on \
         <time datetime=\"{at}\">{at}</time></p>\n</article>\n",
        anchor(row, version.seq),
        attributes(article.language.as_deref(), false),
        escape(&article.title),
        prose(article, 3),
        row.id,
        version.seq,
        row.versions,
        at = super::json::time(version.observed),
    )
}

/// A list of links by two levels: days and sites, or sites and headlines.
#[derive(Debug)]
pub struct Contents<W: Write> {
    out: W,
    open: Option<String>,
}

impl<W: Write> Contents<W> {
    /// Begins a table of contents.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(mut out: W) -> Result<Self, ExportError> {
        out.write_all(b"<nav>\n<ul>\n")?;
        Ok(Self { out, open: None })
    }

    /// Adds a link below a heading; equal headings in a row are one.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn link(
        &mut self,
        heading: &str,
        href: &str,
        text: &str,
        lang: Option<&str>,
    ) -> Result<(), ExportError> {
        if self.open.as_deref() != Some(heading) {
            self.end()?;
            write!(self.out, "<li>{}\n<ul>\n", escape(heading))?;
            self.open = Some(heading.to_owned());
        }
        let words = attributes(lang, false);
        writeln!(self.out, "<li><a href=\"{}\"{words}>{}</a></li>", escape(href), escape(text))?;
        Ok(())
    }

    fn end(&mut self) -> Result<(), ExportError> {
        if self.open.take().is_some() {
            self.out.write_all(b"</ul>\n</li>\n")?;
        }
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn finish(mut self) -> Result<(), ExportError> {
        if self.open.is_none() {
            self.out.write_all(b"<li>No articles</li>\n")?;
        }
        self.end()?;
        Ok(self.out.write_all(b"</ul>\n</nav>\n")?)
    }
}

/// The place of an article in its page, for links.
#[must_use]
pub fn link_to(row: &ArticleRow, seq: crate::model::VersionSeq) -> String {
    format!("#{}", anchor(row, seq))
}
