//! A page that could be read.

use rusqlite::params;

use super::super::pages::Page;
use super::super::{Recorded, RecordedOutcome, StoreError, queue};
use super::Ctx;
use super::head::{Check, HeadRow, set_version};
use super::identity::{self, Identity, Kind};
use super::version::{self, NewVersion};
use crate::model::{Article, ArticleId, ArticleState, Cause, EventKind, Intent, PageUrl, VersionSeq, decide};

pub(super) fn record(
    ctx: &Ctx<'_>,
    article: &Article,
    reread: Option<&Article>,
    page: Option<Page>,
) -> Result<Recorded, StoreError> {
    let Identity { kind, canonical, left } = identity::find(ctx, article)?;
    if let Some(url) = &canonical
        && queue::refused(ctx.db, &url.key(), ctx.at)?
    {
        ctx.dequeue()?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::Refused });
    }
    let recorded = match kind {
        Kind::New => first(ctx, article, canonical.as_ref(), page)?,
        Kind::Known(row) => again(ctx, article, reread, page, &row, canonical.as_ref(), false)?,
        Kind::Moved(row) => again(ctx, article, reread, page, &row, canonical.as_ref(), true)?,
        Kind::Mirror(row) => beside(ctx, &row, false)?,
        Kind::Twin(row) => beside(ctx, &row, true)?,
    };
    if let (Some(left), Some(now_at)) = (left, recorded.article) {
        ctx.leads_elsewhere(&left, ctx.fetch.answered(), Some(now_at))?;
    }
    ctx.dequeue()?;
    Ok(recorded)
}

/// A new article: identity, page, version 1, head, addresses.
fn first(
    ctx: &Ctx<'_>,
    article: &Article,
    canonical: Option<&PageUrl>,
    page: Option<Page>,
) -> Result<Recorded, StoreError> {
    ctx.db
        .prepare_cached("INSERT INTO article (site_id, first_seen_at, first_run_id) VALUES (?1, ?2, ?3)")?
        .execute(params![ctx.site, ctx.at, ctx.fetch.run.map(|run| run.0)])?;
    let id = ArticleId(ctx.db.last_insert_rowid());
    let fetch = ctx.write_fetch(Some(id), "new", None, page)?;
    let answered = ctx.fetch.answered();
    let seq = VersionSeq(1);
    let written = NewVersion {
        article_id: id,
        seq,
        cause: Cause::First,
        fetch,
        observed: ctx.at,
        url: answered,
        article,
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
            ctx.next_check(ctx.at, ctx.at, 0),
        ])?;
    ctx.add_addresses(id, canonical, false)?;
    Ok(Recorded { article: Some(id), outcome: RecordedOutcome::New })
}

/// A known article, read again.
fn again(
    ctx: &Ctx<'_>,
    article: &Article,
    reread: Option<&Article>,
    page: Option<Page>,
    row: &HeadRow,
    canonical: Option<&PageUrl>,
    moved: bool,
) -> Result<Recorded, StoreError> {
    let id = row.article;
    // What our own change of mind makes of the old page comes first; only what then still differs
    // is the newspaper's.
    let mut head = row.head.clone();
    let reread = reread.map(|reread| (reread, reread.fingerprint()));
    let mut ours = None;
    if let Some((reread, fingerprint)) = &reread
        && let Intent::Changed { .. } = decide(Some(&head), reread, Some(fingerprint))
    {
        head.seq = VersionSeq(head.seq.0 + 1);
        head.fingerprint = *fingerprint;
        head.words = reread.words();
        head.earlier.push((head.seq, fingerprint.content));
        ours = Some((*reread, head.seq));
    }
    let intent = decide(Some(&head), article, reread.as_ref().map(|(_, fingerprint)| fingerprint));

    let kept = matches!(intent, Intent::KeepBetter { .. });
    let changed = matches!(intent, Intent::Changed { .. });
    let away = matches!(row.state(), ArticleState::Missing | ArticleState::Gone | ArticleState::Redirected);
    let restored = away && !moved && !kept;
    let outcome = match &intent {
        Intent::Changed { .. } => "changed",
        Intent::KeepBetter { .. } => "kept",
        _ if ours.is_some() => "changed",
        Intent::First | Intent::Same => "same",
    };
    let fetch = ctx.write_fetch(Some(id), outcome, None, page)?;

    let mut current = row.version;
    let mut write =
        |cause, seq, fetch, observed, url: &PageUrl, article: &Article| -> Result<(), StoreError> {
            version::unindex(ctx.db, current)?;
            let written = NewVersion { article_id: id, seq, cause, fetch, observed, url, article }
                .write(ctx.db, ctx.at)?;
            set_version(ctx.db, id, written.version, written.reading, seq)?;
            current = written.version;
            Ok(())
        };
    if let Some((reread, seq)) = ours {
        write(Cause::Reextract, seq, row.fetch, row.observed, &row.version_url, reread)?;
    }
    let seq = VersionSeq(head.seq.0 + 1);
    if let Intent::Changed { cause, reverts_to } = &intent {
        write(*cause, seq, fetch, ctx.at, ctx.fetch.answered(), article)?;
        if let Some(earlier) = reverts_to {
            let detail = format!("version {seq} reads as version {earlier}");
            ctx.write_event(id, EventKind::Reverted, fetch, Some(&detail))?;
        }
    }
    if let Intent::KeepBetter { reason } = intent {
        if row.trouble.as_deref() != Some("kept") {
            ctx.write_event(id, EventKind::Kept, fetch, Some(&reason))?;
        }
        let mut check = Check::trouble(row, "kept");
        check.seen = true;
        ctx.update_head(row, &check)?;
        return Ok(Recorded { article: Some(id), outcome: RecordedOutcome::Kept { reason } });
    }

    if restored {
        ctx.write_event(id, EventKind::Restored, fetch, None)?;
    }
    if moved {
        ctx.write_event(id, EventKind::Moved, fetch, Some(ctx.fetch.answered().as_str()))?;
    }
    if !changed && ours.is_none() {
        // The same result by another extractor: remember who read it last, or every run would read
        // the old page again to find out.
        let reading = version::reading(ctx.db, &article.reading, ctx.at)?;
        ctx.db
            .prepare_cached("UPDATE head SET reading_id = ?2 WHERE article_id = ?1")?
            .execute(params![id.0, reading])?;
    }
    ctx.add_addresses(id, canonical, moved)?;
    let answered = ctx.fetch.answered();
    ctx.set_address(id, canonical.unwrap_or(answered), answered, &ctx.fetch.validators)?;
    let theirs = matches!(intent, Intent::Changed { cause: Cause::Publisher | Cause::Import, .. });
    ctx.update_head(row, &Check::answered(theirs || restored || moved))?;

    let outcome = match intent {
        _ if restored => {
            let seq = if changed { Some(seq) } else { ours.map(|(_, seq)| seq) };
            RecordedOutcome::Restored { changed: seq }
        }
        Intent::Changed { cause, reverts_to } => RecordedOutcome::Changed { seq, cause, reverts_to },
        _ => match ours {
            Some((_, seq)) => RecordedOutcome::Changed { seq, cause: Cause::Reextract, reverts_to: None },
            None => RecordedOutcome::Same,
        },
    };
    Ok(Recorded { article: Some(id), outcome })
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
    fn add_addresses(
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
