//! Writing what a request brought: one request, one transaction.

mod again;
mod article;
#[cfg(feature = "postgres")]
pub(super) mod fresh;
mod head;
mod identity;
pub(super) mod import;
mod instead;
mod job;
pub(super) mod reread;
mod trouble;
mod unchanged;
mod version;

use crate::store::engine::{Connection, OptionalExtension, params};

use super::pages::{self, Page};
use super::{FetchRecord, Observation, Plan, Recorded, RecordedOutcome, StoreError, event, lease, queue};
use crate::model::{ArticleId, EventKind, Validators};

pub(super) use job::Job;
#[cfg(feature = "postgres")]
pub(super) use job::Stored;

/// The page of an observation that has one, hashed and packed.
pub(super) fn page_of(observation: &mut Observation) -> Option<Page> {
    match observation {
        Observation::Article { raw, .. }
        | Observation::Unreadable { raw, .. }
        | Observation::Instead { raw, .. } => raw.take().map(Page::new),
        _ => None,
    }
}

/// What every step of a recording needs.
struct Ctx<'a> {
    db: &'a Connection,
    fetch: &'a FetchRecord,
    plan: &'a Plan,
    site: i64,
    /// `fetch.at` in milliseconds.
    at: i64,
}

pub(super) fn record(
    db: &Connection,
    fetch: &FetchRecord,
    observation: Observation,
    page: Option<Page>,
    plan: &Plan,
) -> Result<Recorded, StoreError> {
    if let Some(lease) = &fetch.lease
        && !lease::touch(db, lease, fetch.at)?
    {
        return Ok(Recorded { article: None, outcome: RecordedOutcome::Stale });
    }
    let at = fetch.at.as_millisecond();
    for url in fetch.addresses() {
        if queue::refused(db, &url.key(), at)? {
            queue::dequeue(db, url)?;
            return Ok(Recorded { article: None, outcome: RecordedOutcome::Refused });
        }
    }
    let site = site(db, &fetch.site, fetch.site_name.as_deref(), at)?;
    let ctx = Ctx { db, fetch, plan, site, at };
    match observation {
        Observation::Article { article, reread, .. } => {
            article::record(&ctx, &article, reread.as_deref(), page)
        }
        Observation::NotModified { validators } => unchanged::not_modified(&ctx, &validators),
        Observation::Missing { status, gone_after } => trouble::missing(&ctx, status, gone_after),
        Observation::Unreadable { code, message, .. } => trouble::unreadable(&ctx, &code, &message, page),
        Observation::Instead { what, message, gone_after, .. } => {
            instead::record(&ctx, what, &message, page, gone_after)
        }
        Observation::NotArticle { reason } => trouble::not_article(&ctx, &reason),
        Observation::MovedTo { to } => trouble::moved(&ctx, &to),
        Observation::Disallowed => trouble::disallowed(&ctx),
        Observation::Failed { code, message, not_before } => {
            trouble::failed(&ctx, &code, &message, not_before)
        }
    }
}

/// The site's row; made at its first page, renamed when it gives itself another name.
fn site(db: &Connection, key: &str, name: Option<&str>, at: i64) -> Result<i64, StoreError> {
    let found: Option<(i64, Option<String>)> = db
        .prepare_cached("SELECT id, name FROM site WHERE key = ?1")?
        .query_row([key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((id, old)) = found {
        if name.is_some() && name != old.as_deref() {
            db.prepare_cached("UPDATE site SET name = ?2 WHERE id = ?1")?.execute(params![id, name])?;
        }
        return Ok(id);
    }
    db.prepare_cached("INSERT INTO site (key, name, added_at) VALUES (?1, ?2, ?3)")?
        .execute(params![key, name, at])?;
    Ok(db.last_insert_rowid())
}

impl Ctx<'_> {
    /// Writes the row of the request itself.
    fn write_fetch(
        &self,
        article: Option<ArticleId>,
        outcome: &str,
        error: Option<(&str, &str)>,
        page: Option<Page>,
    ) -> Result<i64, StoreError> {
        let fetch = self.fetch;
        let blob = page.map(|page| pages::write(self.db, &page, self.site, article, self.at)).transpose()?;
        let Validators { etag, last_modified } = &fetch.validators;
        self.db
            .prepare_cached(
                "INSERT INTO fetch (run_id, site_id, article_id, requested, url, at, status, outcome, error, message,
                    etag, last_modified, content_type, bytes, ms, via, blob_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            )?
            .execute(params![
                fetch.run.map(|run| run.0),
                self.site,
                article.map(|id| id.0),
                fetch.requested.as_str(),
                fetch.elsewhere().map(|url| url.as_str()),
                self.at,
                fetch.status,
                outcome,
                error.map(|(code, _)| code),
                error.map(|(_, message)| message),
                etag,
                last_modified,
                fetch.content_type,
                i64::try_from(fetch.bytes).unwrap_or(i64::MAX),
                i64::try_from(fetch.elapsed_ms).unwrap_or(i64::MAX),
                fetch.via.as_str(),
                blob,
            ])?;
        Ok(self.db.last_insert_rowid())
    }

    fn write_event(
        &self,
        article: ArticleId,
        kind: EventKind,
        fetch: i64,
        detail: Option<&str>,
    ) -> Result<(), StoreError> {
        event::write(self.db, article, self.at, kind, Some(fetch), detail)
    }

    /// Takes the addresses of this request out of the queue.
    fn dequeue(&self) -> Result<(), StoreError> {
        self.fetch.addresses().try_for_each(|url| queue::dequeue(self.db, url))
    }
}
