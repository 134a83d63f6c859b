//! Which stored pages can be read again, and what came of it.

use super::sql::url;
use super::{Reader, StoreError};
use crate::model::{ArticleId, ExtractorId, PageUrl, VersionSeq};

/// The latest version of an article, and who read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rereadable {
    /// The article.
    pub article: ArticleId,
    /// Its latest version.
    pub seq: VersionSeq,
    /// The address that answered.
    pub url: PageUrl,
    /// The site's identifier.
    pub site: String,
    /// Who read it last with this result.
    pub extractor: ExtractorId,
    /// Whether its page is kept.
    pub kept: bool,
}

/// What became of a page that was read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// It reads as before; it is noted who read it last.
    Same,
    /// It reads otherwise: a version with cause `reextract`.
    Written(VersionSeq),
    /// Today's reading has no text where there was some: the version stays.
    Kept {
        /// Why, in a sentence.
        reason: String,
    },
    /// Another version came meanwhile: nothing was written.
    Overtaken,
}

impl Reader {
    /// The latest version of every article (of a site), by number.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn rereadable(&self, site: Option<&str>) -> Result<Vec<Rereadable>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT h.article_id, v.seq, v.url, s.key, r.extractor, b.data IS NOT NULL AS kept
                 FROM head h JOIN version v ON v.id = h.version_id JOIN article a ON a.id = h.article_id
                 JOIN site s ON s.id = a.site_id JOIN reading r ON r.id = h.reading_id
                 JOIN fetch f ON f.id = v.fetch_id LEFT JOIN blob b ON b.id = f.blob_id
                 WHERE h.state <> 'redacted' AND (s.key = ?1 OR ?1 IS NULL) ORDER BY h.article_id",
            )?
            .query_map([site], |row| {
                Ok(Rereadable {
                    article: ArticleId(row.get("article_id")?),
                    seq: VersionSeq(row.get("seq")?),
                    url: url(row, "url")?,
                    site: row.get("key")?,
                    extractor: ExtractorId(row.get("extractor")?),
                    kept: row.get("kept")?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }
}
