//! What somebody else observed, put where it belongs in time. It is never called an edit of today.

use crate::store::engine::{Connection, OptionalExtension, params};

use super::super::pages::Page;
use super::super::{
    FetchRecord, ImportOutcome, Incoming, Plan, StoreError, guard, queue, redact, search, versions,
};
use super::head::{HeadRow, set_version};
use super::identity::{self, Identity, Kind};
use super::version::NewVersion;
use super::{Ctx, article, site};
use crate::model::{ArticleId, ArticleState, Cause, Fingerprint, VersionSeq};

/// Exported times and those of most WARC files are told to the second.
const SECOND: i64 = 999;

/// Writes one observation. A second time it changes nothing.
pub(in crate::store) fn import(
    db: &Connection,
    incoming: &Incoming,
    page: Option<Page>,
    plan: &Plan,
) -> Result<ImportOutcome, StoreError> {
    let fetch = &incoming.fetch;
    let at = fetch.at.as_millisecond();
    for url in fetch.addresses() {
        if queue::refused(db, &url.key(), at)? {
            return Ok(ImportOutcome::Refused);
        }
    }
    let fingerprint = &incoming.article.fingerprint();
    if is_known(db, incoming, fingerprint)? {
        return Ok(ImportOutcome::Known);
    }
    let site = site(db, &fetch.site, fetch.site_name.as_deref(), at)?;
    let ctx = Ctx { db, fetch, plan, site, at };
    let Identity { kind, canonical, .. } = whose(&ctx, incoming, fingerprint)?;
    if let Some(url) = &canonical
        && queue::refused(db, &url.key(), at)?
    {
        return Ok(ImportOutcome::Refused);
    }
    let row = match kind {
        // A text that was taken out does not come back by another door.
        Kind::New if redact::reads_so(db, &fingerprint.content.0, site)?.is_some() => {
            return Ok(ImportOutcome::Refused);
        }
        Kind::New => {
            let cause = incoming.cause_at(VersionSeq(1));
            let first =
                article::first(&ctx, &incoming.article, fingerprint, canonical.as_ref(), page, cause)?;
            if let Some(id) = first.article {
                incoming.settle_head(db, id)?;
                incoming.settle_article(db, id)?;
            }
            return Ok(ImportOutcome::New);
        }
        Kind::Known(row) | Kind::Moved(row) | Kind::Mirror(row) | Kind::Twin(row) => row,
    };
    if row.state() == ArticleState::Redacted {
        return Ok(ImportOutcome::Refused);
    }
    let id = row.article;
    ctx.add_addresses(id, canonical.as_ref(), false)?;
    let place = place(db, id, at)?;
    let content = fingerprint.content;
    // The same text as just before, or as just after: it stood there longer than was known.
    let same = [place.before, place.after].into_iter().flatten().any(|neighbour| neighbour == content.0);
    if same && incoming.exported.is_some() && known_capture(db, fetch)? {
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
        before_others(db, &row, new, at)?;
        return Ok(ImportOutcome::Earlier);
    }
    search::remove(db, row.version)?;
    let written = new.write(db, at)?;
    set_version(db, id, written.version, written.reading, place.next)?;
    db.prepare_cached("UPDATE head SET last_changed_at = max(last_changed_at, ?2) WHERE article_id = ?1")?
        .execute([id.0, at])?;
    seen(db, id, at)?;
    incoming.settle_head(db, id)?;
    Ok(ImportOutcome::Later)
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

/// Whether this very observation is in the archive.
pub(in crate::store) fn known_capture(db: &Connection, fetch: &FetchRecord) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM address a JOIN fetch f ON f.article_id = a.article_id
             WHERE a.key = ?1 AND f.at BETWEEN ?2 AND ?2 + ?3",
        )?
        .exists(params![fetch.answered().key(), fetch.at.as_millisecond(), SECOND])?)
}

/// Two versions can be of one moment, when the second is our own re-reading of the first: our export is
/// known by its text, a page by its moment.
fn is_known(db: &Connection, incoming: &Incoming, fingerprint: &Fingerprint) -> Result<bool, StoreError> {
    if incoming.exported.is_none() {
        return known_capture(db, &incoming.fetch);
    }
    let at = incoming.fetch.at.as_millisecond();
    Ok(db
        .prepare_cached(
            "SELECT 1 FROM address a JOIN version v ON v.article_id = a.article_id
             WHERE a.key = ?1 AND v.observed_at BETWEEN ?2 AND ?2 + ?4 AND v.content_sha256 = ?3",
        )?
        .exists(params![incoming.fetch.requested.key(), at, fingerprint.content.0, SECOND])?)
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
    if is_known(db, incoming, fingerprint)? {
        return Ok(ImportOutcome::Known);
    }
    let place = place(db, id, at)?;
    let content = fingerprint.content;
    Ok(match place.after {
        _ if place.before == Some(content.0) || place.after == Some(content.0) => ImportOutcome::Same,
        Some(_) => ImportOutcome::Earlier,
        None => ImportOutcome::Later,
    })
}

/// Where a version belongs: what stands on both sides of it in time, and the next number.
struct Place {
    before: Option<[u8; 32]>,
    after: Option<[u8; 32]>,
    next: VersionSeq,
}

fn place(db: &Connection, id: ArticleId, at: i64) -> Result<Place, StoreError> {
    let side = |condition: &str, order: &str| -> Result<Option<[u8; 32]>, StoreError> {
        Ok(db
            .prepare_cached(&format!(
                "SELECT content_sha256 FROM version WHERE article_id = ?1 AND observed_at {condition}
                 ORDER BY observed_at {order}, seq {order} LIMIT 1"
            ))?
            .query_row([id.0, at], |row| row.get(0))
            .optional()?)
    };
    let last: i64 = db
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM version WHERE article_id = ?1")?
        .query_row([id.0], |row| row.get(0))?;
    Ok(Place { before: side("<= ?2", "DESC")?, after: side("> ?2", "ASC")?, next: VersionSeq(last + 1) })
}

/// Writes a version that was observed before others. A number once given stays (it is chained, and people
/// have written it down), and the latest number is the latest text: so the older one gets the next number,
/// and the latest text the one after that, as it was observed.
fn before_others(db: &Connection, row: &HeadRow, new: NewVersion<'_>, at: i64) -> Result<(), StoreError> {
    let id = row.article;
    let Some(latest) = versions::one(db, id, row.head.seq)? else {
        return Err(StoreError::Corrupt(format!("article {id} has no version {}", row.head.seq)));
    };
    search::remove(db, row.version)?;
    let seq = VersionSeq(new.seq.0 + 1);
    let older = new.write(db, at)?;
    search::remove(db, older.version)?;
    let written = NewVersion {
        article_id: id,
        seq,
        cause: Cause::Import,
        fetch: row.fetch,
        observed: row.observed,
        url: &row.version_url,
        article: &latest.article,
        fingerprint: &latest.fingerprint,
    }
    .write(db, at)?;
    set_version(db, id, written.version, written.reading, seq)
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

impl Incoming {
    /// Why a version of this number exists: as our own export says, if it has that number there, too.
    fn cause_at(&self, seq: VersionSeq) -> Cause {
        self.exported.as_ref().filter(|known| known.seq == seq).map_or(Cause::Import, |known| known.cause)
    }

    /// What our own export says of the article as a whole.
    fn settle_head(&self, db: &Connection, id: ArticleId) -> Result<(), StoreError> {
        let Some(known) = &self.exported else { return Ok(()) };
        let seen = known.last_seen.as_millisecond();
        db.prepare_cached(
            "UPDATE head SET state = ?2, state_since = max(state_since, ?3), last_seen_at = max(last_seen_at, ?3),
                last_checked_at = max(last_checked_at, ?3) WHERE article_id = ?1",
        )?
        .execute(params![id.0, known.state.as_str(), seen])?;
        Ok(())
    }

    /// When our own export says that the article was first seen, which may be before this version.
    fn settle_article(&self, db: &Connection, id: ArticleId) -> Result<(), StoreError> {
        let Some(known) = &self.exported else { return Ok(()) };
        guard::lifted(db, "import", || {
            db.prepare_cached("UPDATE article SET first_seen_at = ?2 WHERE id = ?1")?
                .execute([id.0, known.first_seen.as_millisecond()])?;
            Ok(())
        })
    }
}
