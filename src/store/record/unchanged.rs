//! 304: most requests of most runs, so it is done in few statements.

use crate::store::engine::{OptionalExtension, params};

use super::super::sql::parsed;
use super::super::{Recorded, RecordedOutcome, StoreError, queue};
use super::Ctx;
use super::trouble::ABSENT;
use crate::model::{ArticleId, ArticleState, EventKind, Validators};

/// As much of a head as a 304 needs.
struct Known {
    article: ArticleId,
    state: ArticleState,
    first_seen: i64,
    last_changed: i64,
    waited: i64,
    unchanged: u32,
}

pub(super) fn not_modified(ctx: &Ctx<'_>, validators: &Validators) -> Result<Recorded, StoreError> {
    let known = known(ctx)?;
    let fetch = ctx.write_fetch(known.as_ref().map(|known| known.article), "not_modified", None, None)?;
    let Some(known) = known else {
        // 304 for what we never had: a broken server. Asking again later is all there is.
        queue::retry(ctx.db, &ctx.fetch.requested, ctx.at, "not_modified", ABSENT.0, ABSENT.1, None)?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::NotModified });
    };
    let restored = known.state.is_away();
    if restored {
        ctx.write_event(known.article, EventKind::Restored, fetch, None)?;
    }
    answered(ctx, &known, restored, validators)?;
    ctx.dequeue()?;
    let outcome =
        if restored { RecordedOutcome::Restored { changed: None } } else { RecordedOutcome::NotModified };
    Ok(Recorded { article: Some(known.article), outcome })
}

fn known(ctx: &Ctx<'_>) -> Result<Option<Known>, StoreError> {
    Ok(ctx
        .db
        .prepare_cached(
            "SELECT h.article_id, h.state, a.first_seen_at, h.last_changed_at, h.last_checked_at, h.next_check_at,
                h.unchanged
             FROM address d JOIN head h ON h.article_id = d.article_id JOIN article a ON a.id = d.article_id
             WHERE d.key = ?1",
        )?
        .query_row([ctx.fetch.requested.key()], |row| {
            let (checked, next): (i64, Option<i64>) = (row.get(4)?, row.get(5)?);
            Ok(Known {
                article: ArticleId(row.get(0)?),
                state: parsed(row, 1, ArticleState::from_stored)?,
                first_seen: row.get(2)?,
                last_changed: row.get(3)?,
                waited: next.map_or(0, |next| next.saturating_sub(checked).max(0)),
                unchanged: row.get(6)?,
            })
        })
        .optional()?)
}

/// The article answered as it should; the validators stay where the answer has none.
fn answered(ctx: &Ctx<'_>, known: &Known, restored: bool, validators: &Validators) -> Result<(), StoreError> {
    let changed = if restored { ctx.at } else { known.last_changed };
    let next = ctx.next_check(known.first_seen, changed, known.waited, !restored);
    ctx.db
        .prepare_cached(
            "UPDATE head SET state = 'live', state_since = CASE WHEN state = 'live' THEN state_since ELSE ?2 END,
                last_checked_at = ?2, last_seen_at = ?2, last_changed_at = ?3, next_check_at = ?4, unchanged = ?5,
                failures = 0, trouble = NULL, moved_to = NULL,
                etag = coalesce(?6, etag), last_modified = coalesce(?7, last_modified)
             WHERE article_id = ?1",
        )?
        .execute(params![
            known.article.0,
            ctx.at,
            changed,
            next,
            if restored { 0 } else { known.unchanged.saturating_add(1) },
            validators.etag,
            validators.last_modified,
        ])?;
    Ok(())
}
