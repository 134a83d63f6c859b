//! Reads the archive. Each reader has a connection of its own, so that reading never waits for the
//! writer, and sees only what is committed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::Timestamp;

use super::sql::{parsed, time, url};
use super::{
    ArticleRow, Check, DuePage, DueQuery, Event, Filter, HeadInfo, Hit, RawPage, RobotsRecord, SearchQuery,
    SourceState, Stats, StoreError, Versions, check, due, heads, health, lease, list, pages, search,
    sightings, source, stats, versions,
};
use crate::model::{
    ArticleId, EventKind, HostKey, PageUrl, Reference, Sighting, Subject, Validators, Version, VersionSeq,
};

/// Reads the archive.
pub struct Reader {
    pub(super) db: Connection,
    pub(super) path: PathBuf,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(db: Connection, path: PathBuf) -> Self {
        db.set_prepared_statement_cache_capacity(64);
        Self { db, path }
    }

    /// The article that a REF names, whatever version of it.
    ///
    /// # Errors
    /// `corrupt`, `busy`, `io` (as all readings).
    pub fn resolve(&self, reference: &Reference) -> Result<Option<ArticleId>, StoreError> {
        match &reference.subject {
            Subject::Id(id) => Ok(self
                .db
                .prepare_cached("SELECT 1 FROM head WHERE article_id = ?1")?
                .exists([id.0])?
                .then_some(*id)),
            Subject::Url(url) => self.known(url),
        }
    }

    /// The article that an address belongs to.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn known(&self, url: &PageUrl) -> Result<Option<ArticleId>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT article_id FROM address WHERE key = ?1")?
            .query_row([url.key()], |row| row.get(0).map(ArticleId))
            .optional()?)
    }

    /// An article and its present state.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn article(&self, article: ArticleId) -> Result<Option<ArticleRow>, StoreError> {
        list::one(&self.db, article)
    }

    /// One version.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn version(&self, article: ArticleId, seq: VersionSeq) -> Result<Option<Version>, StoreError> {
        versions::one(&self.db, article, seq)
    }

    /// All versions, oldest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn versions(&self, article: ArticleId) -> Result<Vec<Version>, StoreError> {
        versions::all(&self.db, article)
    }

    /// What happened besides versions, oldest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn events(&self, article: ArticleId) -> Result<Vec<Event>, StoreError> {
        Ok(self
            .db
            .prepare_cached("SELECT at, kind, detail FROM event WHERE article_id = ?1 ORDER BY at, id")?
            .query_map([article.0], |row| {
                Ok(Event {
                    at: time(row.get("at")?),
                    kind: parsed(row, "kind", EventKind::from_stored)?,
                    detail: row.get("detail")?,
                })
            })?
            .collect::<rusqlite::Result<_>>()?)
    }

    /// What a crawl wants to know before it asks for an address again; none when it is unknown.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn head_for(&self, url: &PageUrl) -> Result<Option<HeadInfo>, StoreError> {
        let Some(article) = self.known(url)? else { return Ok(None) };
        let Some(head) = heads::head(&self.db, article)? else { return Ok(None) };
        Ok(self
            .db
            .prepare_cached(
                "SELECT h.ask_url, h.etag, h.last_modified,
                    EXISTS (SELECT 1 FROM version v JOIN fetch f ON f.id = v.fetch_id JOIN blob b ON b.id = f.blob_id
                            WHERE v.id = h.version_id AND b.data IS NOT NULL) AS raw
                 FROM head h WHERE h.article_id = ?1",
            )?
            .query_row([article.0], |row| {
                // Another address's validators mean nothing here.
                let asked = super::sql::url(row, "ask_url")?.key() == url.key();
                let validators = Validators { etag: row.get("etag")?, last_modified: row.get("last_modified")? };
                Ok(HeadInfo {
                    article,
                    head,
                    validators: if asked { validators } else { Validators::default() },
                    raw: row.get("raw")?,
                })
            })
            .optional()?)
    }

    /// The page that a version was read from, if it is kept.
    ///
    /// # Errors
    /// As [`Reader::resolve`]; `corrupt` when the page cannot be unpacked.
    pub fn raw_page(&self, article: ArticleId, seq: VersionSeq) -> Result<Option<RawPage>, StoreError> {
        let found = self
            .db
            .prepare_cached(
                "SELECT f.blob_id, f.content_type, f.at, v.url FROM version v JOIN fetch f ON f.id = v.fetch_id
                 WHERE v.article_id = ?1 AND v.seq = ?2 AND f.blob_id IS NOT NULL",
            )?
            .query_row(params![article.0, seq.0], |row| {
                let at = time(row.get("at")?);
                let page = RawPage { bytes: Vec::new(), content_type: row.get("content_type")?, url: url(row, "url")?, at };
                Ok((row.get("blob_id")?, page))
            })
            .optional()?;
        let Some((blob, page)) = found else { return Ok(None) };
        Ok(pages::read(&self.db, blob)?.map(|bytes| RawPage { bytes, ..page }))
    }

    /// Calls `f` with each article that is meant, the newest first, one in memory at a time.
    ///
    /// # Errors
    /// As [`Reader::resolve`], and what `f` gives.
    pub fn each_listed<E: From<StoreError>>(
        &self,
        filter: &Filter,
        f: impl FnMut(ArticleRow) -> Result<(), E>,
    ) -> Result<(), E> {
        list::each(&self.db, filter, f)
    }

    /// Articles, newest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn list(&self, filter: &Filter) -> Result<Vec<ArticleRow>, StoreError> {
        list::list(&self.db, filter)
    }

    /// The numbers of the articles that are meant, in no particular order and whatever the limit.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn ids(&self, filter: &Filter) -> Result<Vec<ArticleId>, StoreError> {
        list::ids(&self.db, filter)
    }

    /// [`Reader::search_in`] the latest versions.
    ///
    /// # Errors
    /// As [`Reader::resolve`]; `query` when raw FTS5 syntax is not understood.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<Hit>, StoreError> {
        search::search(&self.db, query, Versions::Latest)
    }

    /// What is to be asked of a host now: first the queue by priority, then rechecks, the most
    /// overdue (measured by how long they were to wait) first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn due(&self, query: &DueQuery) -> Result<Vec<DuePage>, StoreError> {
        due::pages(&self.db, query)
    }

    /// How much is due on a host, whatever the limit.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn due_count(&self, query: &DueQuery) -> Result<usize, StoreError> {
        due::count(&self.db, query)
    }

    /// The hosts that have something due.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn due_hosts(&self, now: Timestamp) -> Result<Vec<HostKey>, StoreError> {
        due::hosts(&self.db, now)
    }

    /// Until when a host is taken or must rest; `None`: a claim may be tried now.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn busy_until(&self, host: &HostKey, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        lease::busy_until(&self.db, host, now)
    }

    /// The cached robots.txt of `scheme://host[:port]`.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn robots(&self, origin: &str) -> Result<Option<RobotsRecord>, StoreError> {
        source::robots(&self.db, origin)
    }

    /// A list of articles, as it was last seen.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn source(&self, url: &PageUrl) -> Result<Option<SourceState>, StoreError> {
        source::get(&self.db, url)
    }

    /// The lists that an index names, as they were last seen, what changed last first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn source_children(&self, index: &PageUrl) -> Result<Vec<SourceState>, StoreError> {
        source::children(&self.db, index)
    }

    /// All lists of articles that were ever asked for, by site.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        source::all(&self.db)
    }

    /// How each page was read since then, by site, the oldest first.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn sightings(&self, since: Timestamp) -> Result<BTreeMap<String, Vec<Sighting>>, StoreError> {
        sightings::sightings(&self.db, since)
    }

    /// Figures of the archive.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn stats(&self) -> Result<Stats, StoreError> {
        stats::stats(&self.db, &self.path)
    }

    /// Looks whether the archive is sound; reads all of it.
    ///
    /// # Errors
    /// Only when nothing at all can be read; faults that are found are in the list.
    pub fn check(&self) -> Result<Vec<Check>, StoreError> {
        check::check(&self.db, &self.path, check::Depth::All)
    }

    /// As [`Reader::check`], but of an archive of more than 256 MiB only what the latest articles need, which is
    /// no more than a person waits for.
    ///
    /// # Errors
    /// As [`Reader::check`].
    pub fn check_latest(&self) -> Result<Vec<Check>, StoreError> {
        check::check(&self.db, &self.path, check::Depth::Latest)
    }

    /// Looks whether the crawl goes well: runs, clock, rechecks, pages that can no longer be read.
    ///
    /// # Errors
    /// As [`Reader::resolve`].
    pub fn health(&self, now: Timestamp) -> Result<Vec<Check>, StoreError> {
        health::health(&self.db, now)
    }
}
