//! A book (EPUB 3.3): a chapter for each day and site, cut where it gets long, with a table of contents by
//! day, site and headline. Texts only: no pictures, no scripts, nothing that is loaded from anywhere.

mod package;

use std::collections::BTreeMap;
use std::io::Write;

use jiff::Timestamp;

use super::ExportError;
use super::about::{about, anchor};
use super::xml::{attributes, escape, language, prose};
use super::zip::ZipWriter;
use crate::model::Version;
use crate::store::ArticleRow;
use package::{Contents, package};

/// A chapter is cut when it is longer, in bytes: reading devices open one as a whole.
const LONGEST: usize = 200_000;

const STYLE: &str = "\
body { line-height: 1.5; }
h1 { font-size: 1.1em; font-weight: normal; letter-spacing: .05em; margin: 0 0 2em; }
h2 { font-size: 1.5em; line-height: 1.2; margin: 0 0 .3em; page-break-after: avoid; break-after: avoid; }
h3 { font-size: 1.1em; margin: 1.5em 0 .3em; page-break-after: avoid; break-after: avoid; }
section { page-break-before: always; break-before: page; }
section:first-of-type { page-break-before: auto; break-before: auto; }
p { margin: 0 0 .6em; widows: 2; orphans: 2; }
blockquote { margin: 1em 1.5em; font-style: italic; }
pre { white-space: pre-wrap; font-size: .9em; }
table { border-collapse: collapse; margin: 1em 0; }
td { border: 1px solid; padding: .2em .5em; vertical-align: top; }
.about, .source { font-size: .85em; margin: 0 0 1.2em; }
.source { margin-top: 1.5em; overflow-wrap: anywhere; }
.dateline { font-weight: bold; }
";

/// Writes a book, article after article in the order of days and sites.
pub struct EpubWriter<W: Write> {
    zip: ZipWriter<W>,
    title: String,
    /// When the latest of its versions was observed: only what a book holds names it.
    updated: Timestamp,
    contents: Contents,
    /// Where the next article stands: day, site, and the site's name.
    place: Option<(String, String, String)>,
    chapter: String,
    chapters: usize,
    /// How many articles are in each language.
    languages: BTreeMap<String, usize>,
}

impl<W: Write> EpubWriter<W> {
    /// Begins a book of this title.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(out: W, title: String) -> Result<Self, ExportError> {
        let mut zip = ZipWriter::new(out);
        // First and as it is (OCF 3.3 §4.3.3): by these bytes a book is known.
        zip.stored("mimetype", b"application/epub+zip")?;
        zip.deflated("META-INF/container.xml", package::CONTAINER.as_bytes())?;
        zip.deflated("EPUB/style.css", STYLE.as_bytes())?;
        Ok(Self {
            zip,
            title,
            updated: Timestamp::UNIX_EPOCH,
            contents: Contents::default(),
            place: None,
            chapter: String::new(),
            chapters: 0,
            languages: BTreeMap::new(),
        })
    }

    /// Adds a version of an article to the chapter of its day and site.
    ///
    /// # Errors
    /// [`ExportError::Output`]; [`ExportError::TooLarge`] when the book is full.
    pub fn add(&mut self, day: &str, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        let name = row.site_name.as_deref().unwrap_or(&row.site);
        let here = self.place.as_ref().is_some_and(|(d, s, _)| *d == day && *s == row.site);
        if !here || self.chapter.len() > LONGEST {
            self.end_chapter()?;
            self.chapters += 1;
            self.contents.place(day, &row.site, name, &file(self.chapters));
            self.place = Some((day.to_owned(), row.site.clone(), name.to_owned()));
        }
        self.updated = self.updated.max(version.observed);
        let anchor = anchor(row, version.seq);
        self.chapter.push_str(&section(&anchor, row, version));
        let of_many = (row.versions > 1).then_some(version.seq);
        self.contents.article(&file(self.chapters), &anchor, &version.article, of_many);
        let language = language(version.article.language.as_deref()).unwrap_or_else(|| "und".to_owned());
        *self.languages.entry(language).or_default() += 1;
        Ok(())
    }

    fn end_chapter(&mut self) -> Result<(), ExportError> {
        let Some((day, _, site)) = self.place.take() else { return Ok(()) };
        let heading = format!("{} · {}", escape(&day), escape(&site));
        let page = package::page(&heading, "../style.css", &format!("<h1>{heading}</h1>\n{}", self.chapter));
        self.chapter.clear();
        self.zip.deflated(&format!("EPUB/{}", file(self.chapters)), page.as_bytes())
    }

    /// Ends the book: table of contents, package.
    ///
    /// # Errors
    /// As [`EpubWriter::add`].
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.end_chapter()?;
        if self.chapters == 0 {
            self.chapters = 1;
            let page = package::page("Nothing", "../style.css", "<h1>No articles</h1>\n");
            self.zip.deflated(&format!("EPUB/{}", file(1)), page.as_bytes())?;
            self.contents.place("No articles", "", "Nothing", &file(1));
        }
        // A book has a language of its own: that of most of its articles.
        let most = self.languages.iter().max_by_key(|(tag, n)| (**n, std::cmp::Reverse(*tag)));
        let language = most.map_or("und", |(tag, _)| tag.as_str());
        let files: Vec<String> = (1..=self.chapters).map(file).collect();
        self.zip.deflated("EPUB/nav.xhtml", self.contents.finish(&self.title).as_bytes())?;
        self.zip
            .deflated("EPUB/package.opf", package(&self.title, self.updated, language, &files).as_bytes())?;
        self.zip.finish()
    }
}

fn file(chapter: usize) -> String {
    format!("text/{chapter:06}.xhtml")
}

fn section(anchor: &str, row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let about = about(None, article);
    let url = escape(row.url.as_str());
    let which = if row.versions > 1 {
        format!(" (version {} of {})", version.seq, row.versions)
    } else {
        String::new()
    };
    format!(
        "<section id=\"{anchor}\"{}>\n<h2>{}</h2>\n{about}{}<p class=\"source\" dir=\"ltr\"><a href=\"{url}\">{url}</a>{which}</p>\n</section>\n",
        attributes(article.language.as_deref(), true),
        escape(&article.title),
        prose(article, 3),
    )
}

#[cfg(test)]
mod tests;
