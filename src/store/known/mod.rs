//! What the archive knows of a page beside the page itself, for whoever reads it.

#[cfg(feature = "postgres")]
mod server;

#[cfg(feature = "postgres")]
pub(super) use server::of_new;

use crate::store::engine::{Connection, OptionalExtension, Row, params};

use super::sql::time_opt;
use super::{Reader, StoreError, heads, lines, openings, queue, versions};
use crate::model::{Archived, Article, ArticleId, FieldName, Known, Listed, PageUrl, SourceKind};

impl Reader {
    /// What is known of a page of a site: of an article, what it took from the source that listed it; of
    /// an address that waits, what that source says; and which lines stand in many articles of the site.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn known_of(&self, url: &PageUrl, site: &str) -> Result<Known, StoreError> {
        let article = self.known(url)?;
        let listed = match article {
            Some(article) => self.taken(article)?,
            None => self.waiting(url)?,
        };
        let mut repeated = lines::of(&self.db, site)?;
        let mut archived = None;
        let mut openings = openings::of(&self.db, site)?;
        if let Some(article) = article
            && let Some(head) = heads::head(&self.db, article)?
            && let Some(version) = versions::one(&self.db, article, head.seq)?
        {
            openings.keep_as(&version.article);
            repeated.iter_mut().for_each(|repeated| repeated.keep_as(&version.article));
            archived = Some(Archived::of(&version.article)).filter(|_| head.words > 0);
        }
        Ok(Known { listed, repeated: repeated.unwrap_or_default(), openings, archived })
    }

    /// Whether another address of a site gave the same text: a story that is printed twice, or what the
    /// site shows for any address.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn reads_elsewhere(&self, site: &str, article: &Article) -> Result<bool, StoreError> {
        reads_elsewhere(&self.db, site, article)
    }

    /// What an article's latest version took from the source that listed it. Few did: they are told by
    /// their reading, and only then the version is loaded.
    fn taken(&self, article: ArticleId) -> Result<Option<Listed>, StoreError> {
        let fields = [FieldName::Title, FieldName::Published, FieldName::Body];
        let named = |field| format!("json_extract(r.fields, '$.{field}') IN ('feed', 'sitemap', 'api')");
        let took = fields.map(named).join(" OR ");
        let took: bool = self
            .db
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM head h JOIN reading r ON r.id = h.reading_id
                 WHERE h.article_id = ?1 AND ({took}))"
            ))?
            .query_row([article.0], |row| row.get(0))?;
        if !took {
            return Ok(None);
        }
        let Some(head) = heads::head(&self.db, article)? else { return Ok(None) };
        Ok(versions::one(&self.db, article, head.seq)?.and_then(|version| Listed::of(&version.article)))
    }

    fn waiting(&self, url: &PageUrl) -> Result<Option<Listed>, StoreError> {
        let Some(id) = queue::find(&self.db, &url.key())? else { return Ok(None) };
        let found = self
            .db
            .prepare_cached("SELECT via, title, published_at, content FROM queue WHERE id = ?1")?
            .query_row([id], listed)
            .optional()?;
        Ok(found.flatten())
    }
}

/// As [`Reader::reads_elsewhere`].
pub(super) fn reads_elsewhere(db: &Connection, site: &str, article: &Article) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM version v JOIN article a ON a.id = v.article_id JOIN site s ON s.id = a.site_id
             WHERE v.content_sha256 = ?1 AND s.key = ?2",
        )?
        .exists(params![article.fingerprint().content.0, site])?)
}

/// What the source that listed an address says of it, from its row in the queue.
fn listed(row: &Row<'_>) -> rusqlite::Result<Option<Listed>> {
    let via: String = row.get("via")?;
    // The words of a link on a front page are no headline.
    let by = SourceKind::from_stored(&via).filter(|kind| *kind != SourceKind::Section);
    let (title, content) = (row.get("title")?, row.get("content")?);
    let published = time_opt(row.get("published_at")?);
    Ok(by.map(|by| Listed { by, title, published, content }))
}
