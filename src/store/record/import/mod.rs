//! What somebody else observed, put where it belongs in time. It is never called an edit of today.

mod exported;
mod place;
mod same;

use crate::store::engine::Connection;

pub(in crate::store) use self::same::known_capture;
use super::super::pages::Page;
use super::super::{ImportOutcome, Incoming, Plan, StoreError, queue, redact, search};
use super::head::{HeadRow, set_version};
use super::identity::{self, Identity, Kind};
use super::version::NewVersion;
use super::{Ctx, article, site};
use crate::model::{ArticleId, ArticleState, Fingerprint, PageUrl, VersionSeq};

/// Writes one observation. A second time it changes nothing.
pub(in crate::store) fn import(
    db: &Connection,
    incoming: &Incoming,
    page: Option<Page>,
    plan: &Plan,
) -> Result<ImportOutcome, StoreError> {
    let fetch = &incoming.fetch;
    let at = fetch.at.as_millisecond();
    let fingerprint = &incoming.article.fingerprint();
    if is_refused(db, fetch.addresses(), at)? {
        return Ok(ImportOutcome::Refused);
    }
    if same::is_known(db, incoming, fingerprint)? {
        return Ok(ImportOutcome::Known);
    }
    let site = site(db, &fetch.site, fetch.site_name.as_deref(), at)?;
    let ctx = Ctx { db, fetch, plan, site, at };
    let Identity { kind, canonical, .. } = whose(&ctx, incoming, fingerprint)?;
    if is_refused(db, &canonical, at)? {
        return Ok(ImportOutcome::Refused);
    }
    let of = Imported { ctx, incoming, fingerprint, canonical: canonical.as_ref() };
    match kind {
        Kind::New => of.first(page),
        Kind::Known(row) | Kind::Moved(row) | Kind::Mirror(row) | Kind::Twin(row) => of.another(&row, page),
    }
}

/// Whether one of some addresses was taken out of the archive.
fn is_refused<'a>(
    db: &Connection,
    urls: impl IntoIterator<Item = &'a PageUrl>,
    at: i64,
) -> Result<bool, StoreError> {
    for url in urls {
        if queue::refused(db, &url.key(), at)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An observation that is new, and whose it is.
struct Imported<'a> {
    ctx: Ctx<'a>,
    incoming: &'a Incoming,
    fingerprint: &'a Fingerprint,
    canonical: Option<&'a PageUrl>,
}

impl Imported<'_> {
    /// An article that the archive does not have.
    fn first(&self, page: Option<Page>) -> Result<ImportOutcome, StoreError> {
        let Self { ctx, incoming, fingerprint, .. } = self;
        // A text that was taken out does not come back by another door.
        if redact::reads_so(ctx.db, &fingerprint.content.0, ctx.site)?.is_some() {
            return Ok(ImportOutcome::Refused);
        }
        let cause = incoming.cause_at(VersionSeq(1));
        let first = article::first(ctx, &incoming.article, fingerprint, self.canonical, page, cause)?;
        if let Some(id) = first.article {
            incoming.settle_head(ctx.db, id)?;
            incoming.settle_article(ctx.db, id)?;
        }
        Ok(ImportOutcome::New)
    }

    /// One more observation of an article.
    fn another(&self, row: &HeadRow, page: Option<Page>) -> Result<ImportOutcome, StoreError> {
        let Self { ctx, incoming, fingerprint, .. } = self;
        let Ctx { db, at, .. } = *ctx;
        if row.state() == ArticleState::Redacted {
            return Ok(ImportOutcome::Refused);
        }
        let id = row.article;
        ctx.add_addresses(id, self.canonical, false)?;
        let place = place::of(db, id, at)?;
        let same = place.is_beside(fingerprint);
        if same && incoming.exported.is_some() && same::known_capture(db, ctx.fetch)? {
            return Ok(ImportOutcome::Known);
        }
        let fetch = ctx.write_fetch(Some(id), "import", None, page)?;
        if same {
            seen(db, id, at)?;
            return Ok(ImportOutcome::Same);
        }
        let new = NewVersion {
            article_id: id,
            seq: place.next,
            cause: incoming.cause_at(place.next),
            fetch,
            observed: at,
            url: ctx.fetch.answered(),
            article: &incoming.article,
            fingerprint,
        };
        if place.after.is_some() {
            place::before_others(db, row, new, at)?;
            return Ok(ImportOutcome::Earlier);
        }
        search::remove(db, row.version)?;
        let written = new.write(db, at)?;
        set_version(db, id, written.version, written.reading, place.next)?;
        db.prepare_cached(
            "UPDATE head SET last_changed_at = max(last_changed_at, ?2) WHERE article_id = ?1",
        )?
        .execute([id.0, at])?;
        seen(db, id, at)?;
        incoming.settle_head(db, id)?;
        Ok(ImportOutcome::Later)
    }
}

/// Which article it is. Our own export says so by address; of a page the archive finds out.
fn whose(ctx: &Ctx<'_>, incoming: &Incoming, fingerprint: &Fingerprint) -> Result<Identity, StoreError> {
    if incoming.exported.is_none() {
        return identity::find(ctx, &incoming.article, fingerprint);
    }
    for url in ctx.fetch.addresses() {
        if let Some(id) = identity::by_key(ctx.db, &url.key())?
            && let Some(row) = HeadRow::load(ctx, id)?
        {
            return Ok(Identity { kind: Kind::Known(Box::new(row)), canonical: None, left: None });
        }
    }
    Ok(Identity { kind: Kind::New, canonical: Some(ctx.fetch.requested.clone()), left: None })
}

/// What would become of an observation.
pub(in crate::store) fn would(db: &Connection, incoming: &Incoming) -> Result<ImportOutcome, StoreError> {
    let at = incoming.fetch.at.as_millisecond();
    let mut known = None;
    for url in incoming.fetch.addresses() {
        if queue::refused(db, &url.key(), at)? {
            return Ok(ImportOutcome::Refused);
        }
        known = known.or(identity::by_key(db, &url.key())?);
    }
    let Some(id) = known else { return Ok(ImportOutcome::New) };
    let fingerprint = &incoming.article.fingerprint();
    if same::is_known(db, incoming, fingerprint)? {
        return Ok(ImportOutcome::Known);
    }
    let place = place::of(db, id, at)?;
    Ok(match place.after {
        _ if place.is_beside(fingerprint) => ImportOutcome::Same,
        Some(_) => ImportOutcome::Earlier,
        None => ImportOutcome::Later,
    })
}

/// The article answered then, which may be later than it was last asked for.
fn seen(db: &Connection, id: ArticleId, at: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE head SET state_since = CASE WHEN state <> 'live' AND last_checked_at < ?2 THEN ?2 ELSE state_since END,
            state = CASE WHEN last_checked_at < ?2 THEN 'live' ELSE state END,
            last_checked_at = max(last_checked_at, ?2), last_seen_at = max(last_seen_at, ?2)
         WHERE article_id = ?1",
    )?
    .execute([id.0, at])?;
    Ok(())
}
