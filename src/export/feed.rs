//! A feed of articles: Atom (RFC 4287), the texts as XHTML.

use std::fmt::Write as _;
use std::io::Write;

use super::ExportError;
use super::atom;
use super::json::time;
use super::name::urn;
use super::xml::{attributes, escape, language, prose};
use crate::model::Version;
use crate::store::ArticleRow;

/// Writes a feed. The first entry comes after its head, so the time of its newest entry is told before.
pub struct FeedWriter<W: Write>(W);

impl<W: Write> FeedWriter<W> {
    /// Writes the head: `about` names the feed, `updated` is the time of its newest entry.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn new(mut out: W, about: &str, updated: jiff::Timestamp) -> Result<Self, ExportError> {
        out.write_all(atom::head(about, updated).as_bytes())?;
        Ok(Self(out))
    }

    /// Writes one version.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn row(&mut self, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
        Ok(self.0.write_all(entry(row, version).as_bytes())?)
    }

    /// Writes the end.
    ///
    /// # Errors
    /// [`ExportError::Output`] when it cannot be written.
    pub fn finish(mut self) -> Result<(), ExportError> {
        self.0.write_all(atom::foot().as_bytes())?;
        Ok(self.0.flush()?)
    }
}

fn entry(row: &ArticleRow, version: &Version) -> String {
    let article = &version.article;
    let site = row.site_name.as_deref().unwrap_or(&row.site);
    let mut out = String::from("<entry>\n");
    // Two versions can have one time, when the second is our own re-reading.
    let id = urn(&[
        "version",
        row.url.as_str(),
        &version.seq.to_string(),
        &version.fingerprint.content.to_string(),
    ]);
    let _ = writeln!(out, "<id>{id}</id>");
    let _ = writeln!(out, "<title>{}</title>", escape(&article.title));
    let _ = writeln!(out, "<updated>{}</updated>", time(version.observed));
    if let Some(when) = &article.published {
        let _ = writeln!(out, "<published>{when}</published>");
    }
    let _ = writeln!(out, "<link rel=\"alternate\" href=\"{}\"/>", escape(row.url.as_str()));
    if article.authors.is_empty() {
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(site));
    }
    for name in &article.authors {
        let _ = writeln!(out, "<author><name>{}</name></author>", escape(name));
    }
    let _ = writeln!(out, "<category term=\"{}\" label=\"{}\"/>", escape(&row.site), escape(site));
    if let Some(section) = &article.section {
        let _ = writeln!(out, "<category term=\"{}\"/>", escape(section));
    }
    let lang =
        language(article.language.as_deref()).map(|tag| format!(" xml:lang=\"{tag}\"")).unwrap_or_default();
    let _ = write!(
        out,
        "<content type=\"xhtml\"{lang}><div xmlns=\"http://www.w3.org/1999/xhtml\"{}>\n{}</div></content>\n</entry>\n",
        attributes(article.language.as_deref(), true),
        prose(article, 2)
    );
    out
}
