//! The requests that brought an article's pages, for archives of the web.

use jiff::Timestamp;

use super::sql::{hash_opt, time, url};
use super::{Reader, StoreError, pages};
use crate::model::{ArticleId, PageUrl, Sha256};

/// A request that was answered with a page, or with "not modified".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaptureRow {
    /// When the answer was complete.
    pub at: Timestamp,
    /// The address that answered.
    pub url: PageUrl,
    /// HTTP status; none when it was not noted.
    pub status: Option<u16>,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// Whether the server said that nothing was modified.
    pub not_modified: bool,
    /// SHA-256 of the page's bytes, when a page came.
    pub sha256: Option<Sha256>,
    /// Where the page stands in the archive, if it is kept.
    pub page: Option<i64>,
}

impl Reader {
    /// The requests of an article that brought a page or "not modified", in the order of time.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn captures(&self, article: ArticleId) -> Result<Vec<CaptureRow>, StoreError> {
        Ok(self
            .db
            .prepare_cached(
                "SELECT f.at, coalesce(f.url, f.requested) AS answered, f.status, f.etag, f.last_modified,
                    f.content_type, f.outcome = 'not_modified' AS not_modified, b.sha256,
                    CASE WHEN b.data IS NOT NULL THEN b.id END AS page
                 FROM fetch f LEFT JOIN blob b ON b.id = f.blob_id
                 WHERE f.article_id = ?1 AND (f.blob_id IS NOT NULL OR f.outcome = 'not_modified'
                    OR EXISTS (SELECT 1 FROM version v WHERE v.article_id = ?1 AND v.fetch_id = f.id))
                 ORDER BY f.at, f.id",
            )?
            .query_map([article.0], |row| {
                Ok(CaptureRow {
                    at: time(row.get("at")?),
                    url: url(row, "answered")?,
                    status: row.get("status")?,
                    etag: row.get("etag")?,
                    last_modified: row.get("last_modified")?,
                    content_type: row.get("content_type")?,
                    not_modified: row.get("not_modified")?,
                    sha256: hash_opt(row, "sha256")?,
                    page: row.get("page")?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// The bytes of a page, by [`CaptureRow::page`]; none when they were taken out meanwhile.
    ///
    /// # Errors
    /// As [`Reader::resolve`]; `corrupt` when the page cannot be unpacked.
    pub fn page(&self, page: i64) -> Result<Option<Vec<u8>>, StoreError> {
        pages::read(&self.db, page)
    }
}
