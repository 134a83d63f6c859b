//! The parts of a book that tell of the others: container, package, table of contents.

use std::fmt::Write;

use jiff::Timestamp;

use crate::export::json::time;
use crate::export::name::urn;
use crate::export::xml::{attributes, escape};
use crate::model::{Article, VersionSeq};

/// Where the package is (OCF 3.3 §4.2.6.3.1).
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n\
    </rootfiles>\n</container>\n";

/// A page of the book.
pub(super) fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\">\n<head>\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"{style}\"/>\n</head>\n\
         <body>\n{body}</body>\n</html>\n"
    )
}

/// The package: what the book is, its files and their order. The same articles make the same book.
pub(super) fn package(title: &str, updated: Timestamp, language: &str, files: &[String]) -> String {
    let updated = time(updated);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{}</dc:identifier>\n<dc:title>{}</dc:title>\n\
         <dc:language>{language}</dc:language>\n<dc:date>{updated}</dc:date>\n<dc:type>newspaper</dc:type>\n\
         <meta property=\"dcterms:modified\">{updated}</meta>\n<meta name=\"generator\" content=\"kliping\"/>\n\
         </metadata>\n<manifest>\n\
         <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n",
        urn(&["book", title, &updated]),
        escape(title),
    );
    for (n, file) in files.iter().enumerate() {
        let _ = writeln!(out, "<item id=\"c{n}\" href=\"{file}\" media-type=\"application/xhtml+xml\"/>");
    }
    out.push_str("</manifest>\n<spine>\n<itemref idref=\"nav\"/>\n");
    for n in 0..files.len() {
        let _ = writeln!(out, "<itemref idref=\"c{n}\"/>");
    }
    out.push_str("</spine>\n</package>\n");
    out
}

/// The table of contents, as it grows.
#[derive(Debug, Default)]
pub(super) struct Contents {
    list: String,
    day: Option<String>,
    site: Option<String>,
    /// Whether the site has an article: an empty list is none.
    filled: bool,
}

impl Contents {
    /// The next articles are of this day and site, and begin in this file.
    pub(super) fn place(&mut self, day: &str, site: &str, name: &str, file: &str) {
        if self.day.as_deref() == Some(day) && self.site.as_deref() == Some(site) {
            return;
        }
        self.end_site();
        if self.day.as_deref() != Some(day) {
            self.end_day();
            let _ = write!(self.list, "<li><a href=\"{file}\">{}</a>\n<ol>\n", escape(day));
            self.day = Some(day.to_owned());
        }
        let _ = write!(self.list, "<li><a href=\"{file}\">{}</a>", escape(name));
        self.site = Some(site.to_owned());
    }

    pub(super) fn article(
        &mut self,
        file: &str,
        anchor: &str,
        article: &Article,
        of_many: Option<VersionSeq>,
    ) {
        if !std::mem::replace(&mut self.filled, true) {
            self.list.push_str("\n<ol>\n");
        }
        let which = of_many.map(|seq| format!(" ({seq})")).unwrap_or_default();
        let title = article.title.split_whitespace().collect::<Vec<_>>().join(" ");
        // A link without words leads nowhere.
        let title = if title.is_empty() { "–" } else { &title };
        let _ = writeln!(
            self.list,
            "<li><a href=\"{file}#{anchor}\"{}>{}{which}</a></li>",
            attributes(article.language.as_deref(), true),
            escape(title)
        );
    }

    fn end_site(&mut self) {
        if self.site.take().is_some() {
            self.list.push_str(if std::mem::take(&mut self.filled) { "</ol>\n</li>\n" } else { "</li>\n" });
        }
    }

    fn end_day(&mut self) {
        if self.day.take().is_some() {
            self.list.push_str("</ol>\n</li>\n");
        }
    }

    pub(super) fn finish(&mut self, title: &str) -> String {
        self.end_site();
        self.end_day();
        let title = escape(title);
        let list = std::mem::take(&mut self.list);
        let body = format!(
            "<h1>{title}</h1>\n<nav epub:type=\"toc\" id=\"toc\">\n<h2>Contents</h2>\n<ol>\n{list}</ol>\n</nav>\n"
        );
        page(&title, "style.css", &body)
    }
}
