//! A page that showed something else than the article: an event, and the version stays.

use std::time::Duration;

use super::super::pages::Page;
use super::super::{Recorded, RecordedOutcome, StoreError, queue};
use super::Ctx;
use super::head::Check;
use super::trouble::{self, ABSENT, UNREADABLE};
use crate::model::{ArticleState, EventKind, Instead};

pub(super) fn record(
    ctx: &Ctx<'_>,
    what: Instead,
    message: &str,
    page: Option<Page>,
    gone_after: Duration,
) -> Result<Recorded, StoreError> {
    let code = what.as_str();
    let error = Some((code, message));
    let Some(row) = trouble::known(ctx)? else {
        ctx.write_fetch(None, outcome(what, false), error, page)?;
        let (wait, most) = if what.is_absence() { ABSENT } else { UNREADABLE };
        queue::retry(ctx.db, &ctx.fetch.requested, ctx.at, code, wait, most, None)?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::Instead { what } });
    };
    // Only the address that the article is asked by says what became of it.
    if row.ask_url.key() != ctx.fetch.requested.key() && row.ask_url.key() != ctx.fetch.answered().key() {
        ctx.write_fetch(Some(row.article), outcome(what, false), error, page)?;
        ctx.dequeue()?;
        return Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Instead { what } });
    }
    let wait = trouble::millis(gone_after);
    let gone = what == Instead::Soft404 && row.is_gone_by(ctx.at, wait);
    let state = match what {
        Instead::Soft404 if gone => ArticleState::Gone,
        Instead::Soft404 => ArticleState::Missing,
        Instead::FrontPage => ArticleState::Redirected,
        Instead::Paywalled => ArticleState::Paywalled,
        _ => row.state(),
    };
    let fetch = ctx.write_fetch(Some(row.article), outcome(what, gone), error, page)?;
    let changed = row.state() != state;
    // Once, not at every check; and a page that is gone may show what it likes.
    if row.trouble.as_deref() != Some(code) && row.state() != ArticleState::Gone {
        ctx.write_event(row.article, what.event(), fetch, Some(message))?;
    }
    if gone && changed {
        ctx.write_event(row.article, EventKind::Gone, fetch, Some(message))?;
    }
    let mut check = Check::trouble(&row, code);
    check.state = state;
    check.changed = changed;
    check.seen = what == Instead::Paywalled;
    if state == ArticleState::Missing {
        check.next = Some(row.settled_at(ctx.at, wait));
    }
    // The validators stay those of the last good page: a 304 must not hide this one.
    ctx.update_head(&row, &check)?;
    ctx.dequeue()?;
    Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Instead { what } })
}

/// The name of the fetch's outcome.
fn outcome(what: Instead, gone: bool) -> &'static str {
    match what {
        Instead::Soft404 if gone => "gone",
        Instead::Soft404 => "missing",
        Instead::FrontPage => "redirected",
        Instead::Paywalled => "kept",
        _ => "extract_failed",
    }
}
