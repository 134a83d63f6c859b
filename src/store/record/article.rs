//! A page that could be read.

use crate::store::engine::params;

use super::super::pages::Page;
use super::super::{Recorded, RecordedOutcome, StoreError, lines, openings, queue, redact};
use super::Ctx;
use super::again::Again;
use super::head::HeadRow;
use super::identity::{self, Identity, Kind};
use super::version::NewVersion;
use crate::model::{Article, ArticleId, Cause, Fingerprint, PageUrl, VersionSeq};

pub(super) fn record(
    ctx: &Ctx<'_>,
    article: &Article,
    reread: Option<&Article>,
    page: Option<Page>,
) -> Result<Recorded, StoreError> {
    // Hashing a text costs as much as writing it: once for all that is asked of it.
    let fingerprint = &article.fingerprint();
    let Identity { kind, canonical, left } = identity::find(ctx, article, fingerprint)?;
    if let Some(url) = &canonical
        && queue::refused(ctx.db, &url.key(), ctx.at)?
    {
        ctx.dequeue()?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::Refused });
    }
    if matches!(kind, Kind::New)
        && let Some(id) = redact::reads_so(ctx.db, &fingerprint.content.0, ctx.site)?
    {
        return refuse(ctx, id, canonical.as_ref());
    }
    let moved = matches!(kind, Kind::Moved(_));
    let recorded = match kind {
        Kind::New => first(ctx, article, fingerprint, canonical.as_ref(), page, Cause::First)?,
        Kind::Known(row) | Kind::Moved(row) => {
            let again = Again { row: &row, article, fingerprint, reread, moved };
            again.record(ctx, page, canonical.as_ref())?
        }
        Kind::Mirror(row) => beside(ctx, &row, false)?,
        Kind::Twin(row) => beside(ctx, &row, true)?,
    };
    if let (Some(left), Some(now_at)) = (left, recorded.article) {
        ctx.leads_elsewhere(&left, ctx.fetch.answered(), Some(now_at))?;
    }
    ctx.dequeue()?;
    Ok(recorded)
}

/// A text that was taken out, at an address that nobody knew.
fn refuse(ctx: &Ctx<'_>, id: i64, canonical: Option<&PageUrl>) -> Result<Recorded, StoreError> {
    let reason = format!("it reads as article {id}, whose text was taken out");
    for url in [Some(ctx.fetch.answered()), Some(&ctx.fetch.requested), canonical].into_iter().flatten() {
        redact::refuse(ctx.db, url, ctx.at, &reason)?;
    }
    ctx.dequeue()?;
    Ok(Recorded { article: None, outcome: RecordedOutcome::Refused })
}

/// A new article: identity, page, version 1, head, addresses.
pub(super) fn first(
    ctx: &Ctx<'_>,
    article: &Article,
    fingerprint: &Fingerprint,
    canonical: Option<&PageUrl>,
    page: Option<Page>,
    cause: Cause,
) -> Result<Recorded, StoreError> {
    ctx.db
        .prepare_cached("INSERT INTO article (site_id, first_seen_at, first_run_id) VALUES (?1, ?2, ?3)")?
        .execute(params![ctx.site, ctx.at, ctx.fetch.run.map(|run| run.0)])?;
    let id = ArticleId(ctx.db.last_insert_rowid());
    let outcome = if cause == Cause::First { "new" } else { "import" };
    let fetch = ctx.write_fetch(Some(id), outcome, None, page)?;
    let answered = ctx.fetch.answered();
    let seq = VersionSeq(1);
    let written = NewVersion {
        article_id: id,
        seq,
        cause,
        fetch,
        observed: ctx.at,
        url: answered,
        article,
        fingerprint,
    }
    .write(ctx.db, ctx.at)?;
    let validators = &ctx.fetch.validators;
    ctx.db
        .prepare_cached(
            "INSERT INTO head (article_id, version_id, reading_id, versions, state, state_since, url, ask_url, host,
                etag, last_modified, last_checked_at, last_seen_at, last_changed_at, next_check_at)
             VALUES (?1, ?2, ?3, ?4, 'live', ?5, ?6, ?7, ?8, ?9, ?10, ?5, ?5, ?5, ?11)",
        )?
        .execute(params![
            id.0,
            written.version,
            written.reading,
            seq.0,
            ctx.at,
            canonical.unwrap_or(answered).as_str(),
            answered.as_str(),
            answered.host_key().as_str(),
            validators.etag,
            validators.last_modified,
            ctx.next_check(ctx.at, ctx.at, 0, false),
        ])?;
    ctx.add_addresses(id, canonical, false)?;
    lines::count(ctx.db, ctx.site, article)?;
    openings::count(ctx.db, ctx.site, article)?;
    Ok(Recorded { article: Some(id), outcome: RecordedOutcome::New })
}

/// Another address of an article that is followed elsewhere.
fn beside(ctx: &Ctx<'_>, row: &HeadRow, twin: bool) -> Result<Recorded, StoreError> {
    ctx.write_fetch(Some(row.article), "same", None, None)?;
    for url in [ctx.fetch.answered(), &ctx.fetch.requested] {
        ctx.add_address(row.article, url, "mirror")?;
    }
    if twin {
        // The old address tells whether the article moved here: ask it next.
        ctx.db
            .prepare_cached("UPDATE head SET next_check_at = ?2 WHERE article_id = ?1")?
            .execute(params![row.article.0, ctx.at])?;
    }
    Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Same })
}

impl Ctx<'_> {
    pub(super) fn add_addresses(
        &self,
        id: ArticleId,
        canonical: Option<&PageUrl>,
        moved: bool,
    ) -> Result<(), StoreError> {
        self.add_address(id, self.fetch.answered(), if moved { "moved" } else { "answered" })?;
        self.add_address(id, &self.fetch.requested, "requested")?;
        canonical.map_or(Ok(()), |url| self.add_address(id, url, "canonical"))
    }

    /// An address once given belongs to its article for good.
    pub(super) fn add_address(&self, id: ArticleId, url: &PageUrl, role: &str) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT INTO address (key, article_id, url, role, from_at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (key) DO NOTHING",
            )?
            .execute(params![url.key(), id.0, url.as_str(), role, self.at])?;
        Ok(())
    }
}
