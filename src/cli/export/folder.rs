//! Formats of many files. Their paths are stable, and what is the same is not written again.

use std::path::Path;

use kliping::export::{article_path, html, markdown, slug, write_if_changed};
use kliping::model::VersionSeq;
use kliping::store::Versions;

use super::book::{day, name};
use super::job::Job;
use crate::cli::CliError;

impl Job<'_> {
    /// A file an article (or a version).
    pub(super) fn markdown_folder(&self, folder: &Path) -> Result<(), CliError> {
        self.each(|row, version| {
            // The name is made of the first version, so that it never changes.
            let first = match version.seq {
                VersionSeq(1) => None,
                _ => self.reader.version(row.id, VersionSeq(1))?,
            };
            let which = (self.pass.versions == Versions::All).then_some(version);
            let path = article_path(row, first.as_ref().unwrap_or(version), which);
            write_if_changed(&folder.join(path), markdown(row, version).as_bytes())?;
            Ok(())
        })
    }

    /// `index.html`, and a page for each day and site: `2026-03-01/kabar.html`.
    pub(super) fn html_folder(&self, folder: &Path) -> Result<(), CliError> {
        let outline = self.reader.outline(&self.pass)?;
        let mut links = Vec::new();
        for articles in outline.articles.chunk_by(|a, b| (a.day, a.site) == (b.day, b.site)) {
            let first = &articles[0];
            let site = outline.sites.get(first.site as usize).map(|(id, _)| slug(id)).unwrap_or_default();
            let path = format!("{}/{}.html", day(first), if site.is_empty() { "site" } else { &site });
            let page = folder.join(&path);
            let text = self.page_of(&format!("{} · {}", name(&outline, first), day(first)), articles)?;
            write_if_changed(&page, text.as_bytes())?;
            links.push((day(first), path, format!("{} ({})", name(&outline, first), articles.len())));
        }
        // The list of pages comes last: what it names is there.
        let mut text = html::head(&self.title()).into_bytes();
        let mut contents = html::Contents::new(&mut text)?;
        for (day, path, words) in &links {
            contents.link(day, path, words, None)?;
        }
        contents.finish()?;
        text.extend_from_slice(html::foot().as_bytes());
        write_if_changed(&folder.join("index.html"), &text)?;
        Ok(())
    }

    fn page_of(&self, title: &str, articles: &[kliping::store::Placed]) -> Result<String, CliError> {
        let mut page = html::head(title);
        page.push_str("<p><a href=\"../index.html\">All days</a></p>\n");
        for placed in articles {
            self.versions(placed, |row, version| {
                page.push_str(&html::article(row, version));
                Ok(())
            })?;
        }
        page.push_str(html::foot());
        Ok(page)
    }
}
