//! Formats that are read by day and site: books and pages.

use std::io::Write;
use std::path::Path;

use kliping::export::{AtomicFile, EpubWriter, html};
use kliping::model::Version;
use kliping::store::{ArticleRow, Outline, Placed};

use super::job::Job;
use crate::cli::CliError;

impl Job<'_> {
    /// Calls `f` with the versions of an article that are meant.
    pub(super) fn versions(
        &self,
        placed: &Placed,
        f: impl FnMut(&ArticleRow, &Version) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        self.reader.pass_of(&self.pass, placed.article, f)
    }

    /// One book.
    pub(super) fn book(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let outline = self.reader.outline(&self.pass)?;
        self.book_of(&outline.articles, out)
    }

    fn book_of(&self, articles: &[Placed], out: &mut dyn Write) -> Result<(), CliError> {
        let days = match (articles.first(), articles.last()) {
            (Some(first), Some(last)) if first.day == last.day => format!(", {}", day(first)),
            (Some(first), Some(last)) => format!(", {} – {}", day(first), day(last)),
            _ => String::new(),
        };
        let mut book = EpubWriter::new(out, format!("{}{days}", self.title()))?;
        for placed in articles {
            self.versions(placed, |row, version| Ok(book.add(&day(placed), row, version)?))?;
        }
        Ok(book.finish()?)
    }

    /// A book a day.
    pub(super) fn book_a_day(&self, folder: &Path) -> Result<(), CliError> {
        let outline = self.reader.outline(&self.pass)?;
        for articles in outline.articles.chunk_by(|a, b| a.day == b.day) {
            let mut file = AtomicFile::create(&folder.join(format!("{}.epub", day(&articles[0]))))?;
            self.book_of(articles, &mut file)?;
            file.commit()?;
        }
        Ok(())
    }

    /// One page with everything: first what there is, then the articles.
    pub(super) fn page(&self, out: &mut dyn Write) -> Result<(), CliError> {
        let outline = self.reader.outline(&self.pass)?;
        out.write_all(html::head(&self.title()).as_bytes())?;
        let mut contents = html::Contents::new(&mut *out)?;
        for placed in &outline.articles {
            let heading = format!("{} · {}", day(placed), name(&outline, placed));
            let Some(row) = self.reader.article(placed.article)? else { continue };
            let Some(&seq) = self.reader.seqs(&self.pass, row.id)?.first() else { continue };
            contents.link(&heading, &html::link_to(&row, seq), &row.title, None)?;
        }
        contents.finish()?;
        for placed in &outline.articles {
            self.versions(placed, |row, version| Ok(out.write_all(html::article(row, version).as_bytes())?))?;
        }
        Ok(out.write_all(html::foot().as_bytes())?)
    }
}

/// The day, as a heading.
pub(super) fn day(placed: &Placed) -> String {
    // A page may state any year; a name of a file or a chapter is made of what looks like a day.
    let plain = placed.day.iter().all(|byte| byte.is_ascii_digit() || *byte == b'-');
    if plain { String::from_utf8_lossy(&placed.day).into_owned() } else { "0000-00-00".to_owned() }
}

/// The site's name for people.
pub(super) fn name(outline: &Outline, placed: &Placed) -> String {
    let site = outline.sites.get(placed.site as usize);
    site.map(|(id, name)| name.clone().unwrap_or_else(|| id.clone())).unwrap_or_default()
}
