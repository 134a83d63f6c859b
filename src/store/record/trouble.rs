//! Requests that brought no article: 404, redirects, unreadable pages, failures. What is known
//! is never touched; what happened is an event once, not at every check.

use std::time::Duration;

use crate::store::engine::{OptionalExtension, params};

use super::super::pages::Page;
use super::super::{Recorded, RecordedOutcome, StoreError, event, queue, sql};
use super::head::{Check, HeadRow};
use super::{Ctx, identity};
use crate::model::{ArticleId, ArticleState, Candidate, EventKind, Instead, PageUrl, Validators, Via};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Unreadable pages are tried again after 6 h, 12 h, 24 h, …; a better site file may have come.
pub(super) const UNREADABLE: (i64, i64) = (6 * HOUR, 6);
/// A page that is not there yet (a feed can be ahead of its site), or forbidden.
pub(super) const ABSENT: (i64, i64) = (HOUR, 4);
const FORBIDDEN: (i64, i64) = (24 * HOUR, 8);
/// Failures of network and server.
const FAILED: (i64, i64) = (15 * MINUTE, 10);

pub(super) fn missing(ctx: &Ctx<'_>, status: u16, gone_after: Duration) -> Result<Recorded, StoreError> {
    let wait = millis(gone_after);
    let Some(row) = known(ctx)? else {
        ctx.write_fetch(None, "missing", None, None)?;
        let url = &ctx.fetch.requested;
        if status == 410 {
            queue::settle(ctx.db, url, ctx.at, "gone")?;
            return Ok(Recorded { article: None, outcome: RecordedOutcome::Gone });
        }
        queue::retry(ctx.db, url, ctx.at, "missing", ABSENT.0, ABSENT.1, None)?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::Missing });
    };
    if let Some(elsewhere) = mirror(ctx, &row)? {
        let fetch = ctx.write_fetch(Some(row.article), "missing", None, None)?;
        ctx.moved_to(&row, &elsewhere, fetch)?;
        return Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Redirected });
    }
    // Only the address that the article is asked by can take it away.
    let asked = row.ask_url.key() == ctx.fetch.requested.key();
    if !asked {
        ctx.write_fetch(Some(row.article), "missing", None, None)?;
        ctx.dequeue()?;
        return Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Missing });
    }
    let gone = status == 410 || wait == 0 || row.is_gone_by(ctx.at, wait);
    let (state, kind) = if gone {
        (ArticleState::Gone, EventKind::Gone)
    } else {
        (ArticleState::Missing, EventKind::Missing)
    };
    let fetch = ctx.write_fetch(Some(row.article), state.as_str(), None, None)?;
    let changed = row.state() != state;
    if changed {
        ctx.write_event(row.article, kind, fetch, Some(&format!("status {status}")))?;
    }
    let mut check = Check::trouble(&row, state.as_str());
    check.state = state;
    check.changed = changed;
    if !gone {
        check.next = Some(row.settled_at(ctx.at, wait));
    }
    ctx.update_head(&row, &check)?;
    ctx.dequeue()?;
    let outcome = if gone { RecordedOutcome::Gone } else { RecordedOutcome::Missing };
    Ok(Recorded { article: Some(row.article), outcome })
}

pub(super) fn unreadable(
    ctx: &Ctx<'_>,
    code: &str,
    message: &str,
    page: Option<Page>,
) -> Result<Recorded, StoreError> {
    let row = known(ctx)?;
    let fetch = ctx.write_fetch(id(&row), "extract_failed", Some((code, message)), page)?;
    if let Some(row) = &row {
        let trouble = format!("extract_failed {code}");
        if row.trouble.as_deref() != Some(&trouble) {
            ctx.write_event(
                row.article,
                EventKind::ExtractFailed,
                fetch,
                Some(&format!("{code}: {message}")),
            )?;
        }
        // The validators stay those of the last good page: a 304 must not hide this one.
        ctx.update_head(row, &Check::trouble(row, &trouble))?;
        ctx.dequeue()?;
    } else {
        queue::retry(ctx.db, &ctx.fetch.requested, ctx.at, code, UNREADABLE.0, UNREADABLE.1, None)?;
    }
    Ok(Recorded { article: id(&row), outcome: RecordedOutcome::ExtractFailed })
}

pub(super) fn not_article(ctx: &Ctx<'_>, reason: &str) -> Result<Recorded, StoreError> {
    let row = known(ctx)?;
    let fetch = ctx.write_fetch(id(&row), "not_article", Some(("not_article", reason)), None)?;
    let Some(row) = row else {
        queue::settle(ctx.db, &ctx.fetch.requested, ctx.at, "not_article")?;
        return Ok(Recorded { article: None, outcome: RecordedOutcome::NotArticle });
    };
    if row.trouble.as_deref() != Some("not_article") {
        ctx.write_event(row.article, EventKind::Kept, fetch, Some(reason))?;
    }
    ctx.update_head(&row, &Check::trouble(&row, "not_article"))?;
    ctx.dequeue()?;
    Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Kept { reason: reason.to_owned() } })
}

pub(super) fn moved(ctx: &Ctx<'_>, to: &PageUrl) -> Result<Recorded, StoreError> {
    let row = known(ctx)?;
    let target = identity::by_key(ctx.db, &to.key())?;
    let fetch = ctx.write_fetch(id(&row), "redirected", None, None)?;
    // Within one host the target goes through the same gate: it is queued here, so that nothing can
    // fall between two transactions. The front page is nobody's new address.
    let near = to.host_key() == ctx.fetch.requested.host_key() && to.path_and_query() != "/";
    if near && target.is_none() && !queue::refused(ctx.db, &to.key(), ctx.at)? {
        let candidate = Candidate::bare(to.clone(), Via::Redirect);
        queue::insert(ctx.db, &to.key(), &ctx.fetch.site, &candidate, ctx.at)?;
    }
    let recorded = Recorded { article: id(&row), outcome: RecordedOutcome::Redirected };
    let Some(row) = row else {
        queue::settle(ctx.db, &ctx.fetch.requested, ctx.at, "redirected")?;
        return Ok(recorded);
    };
    if target == Some(row.article) {
        if to.key() == row.ask_url.key() || ctx.fetch.requested.key() != row.ask_url.key() {
            // An old address of ours that leads to us: nothing new.
            ctx.update_head(&row, &Check::answered(false))?;
        } else {
            ctx.moved_to(&row, to, fetch)?;
        }
    } else if target.is_none() && near && row.moved_to.as_deref() != Some(&to.key()) {
        // Wait for the target: it may be this very article at a new address.
        let mut check = Check::trouble(&row, "redirected");
        check.moved_to = Some(to.key());
        ctx.update_head(&row, &check)?;
    } else {
        ctx.leads_elsewhere(&row, to, target)?;
    }
    ctx.dequeue()?;
    Ok(recorded)
}

pub(super) fn disallowed(ctx: &Ctx<'_>) -> Result<Recorded, StoreError> {
    let row = known(ctx)?;
    ctx.write_fetch(id(&row), "robots", None, None)?;
    if let Some(row) = &row {
        ctx.update_head(row, &Check::trouble(row, "robots"))?;
        ctx.dequeue()?;
    } else {
        queue::retry(ctx.db, &ctx.fetch.requested, ctx.at, "robots", FORBIDDEN.0, FORBIDDEN.1, None)?;
    }
    Ok(Recorded { article: id(&row), outcome: RecordedOutcome::Disallowed })
}

pub(super) fn failed(
    ctx: &Ctx<'_>,
    code: &str,
    message: &str,
    not_before: Option<jiff::Timestamp>,
) -> Result<Recorded, StoreError> {
    let row = known(ctx)?;
    let fetch = ctx.write_fetch(id(&row), "error", Some((code, message)), None)?;
    let not_before = not_before.map(|t| t.as_millisecond());
    if let Some(row) = &row {
        // A wall or a cut page is worth an event, a time-out is not.
        if let Some(what) = Instead::from_stored(code)
            && row.trouble.as_deref() != Some(code)
        {
            ctx.write_event(row.article, what.event(), fetch, Some(message))?;
        }
        let wait = FAILED.0.saturating_mul(1 << row.failures.min(7));
        let mut check = Check::trouble(row, code);
        check.failed = true;
        check.next = Some(not_before.unwrap_or(ctx.at.saturating_add(wait)));
        ctx.update_head(row, &check)?;
    }
    queue::retry(ctx.db, &ctx.fetch.requested, ctx.at, code, FAILED.0, FAILED.1, not_before)?;
    Ok(Recorded { article: id(&row), outcome: RecordedOutcome::Error })
}

/// The article that was asked for.
pub(super) fn known(ctx: &Ctx<'_>) -> Result<Option<HeadRow>, StoreError> {
    let id = identity::by_key(ctx.db, &ctx.fetch.requested.key())?;
    id.map_or(Ok(None), |id| HeadRow::load(ctx, id))
}

pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn id(row: &Option<HeadRow>) -> Option<ArticleId> {
    row.as_ref().map(|row| row.article)
}

/// Another address at which the very same article was found; only looked for once.
fn mirror(ctx: &Ctx<'_>, row: &HeadRow) -> Result<Option<PageUrl>, StoreError> {
    let asked = ctx.fetch.requested.key();
    if row.ask_url.key() != asked {
        return Ok(None);
    }
    Ok(ctx
        .db
        .prepare_cached(
            "SELECT url FROM address WHERE article_id = ?1 AND role = 'mirror' AND key <> ?2
                AND NOT EXISTS (SELECT 1 FROM address WHERE key = ?2 AND role = 'mirror')
             ORDER BY from_at DESC LIMIT 1",
        )?
        .query_row(params![row.article.0, asked], |row| sql::url(row, "url"))
        .optional()?)
}

impl Ctx<'_> {
    /// The article lives at another address of its own: ask there from now on.
    fn moved_to(&self, row: &HeadRow, to: &PageUrl, fetch: i64) -> Result<(), StoreError> {
        self.write_event(row.article, EventKind::Moved, fetch, Some(to.as_str()))?;
        self.set_address(row.article, to, to, &Validators::default())?;
        let mut check = Check::answered(true);
        check.next = Some(self.at);
        self.update_head(row, &check)?;
        self.dequeue()
    }

    /// The article's address leads to another article, or out of the house.
    pub(super) fn leads_elsewhere(
        &self,
        row: &HeadRow,
        to: &PageUrl,
        target: Option<ArticleId>,
    ) -> Result<(), StoreError> {
        let changed = row.state() != ArticleState::Redirected;
        if changed {
            let detail = match target {
                Some(target) => format!("{to} (article {target})"),
                None => to.to_string(),
            };
            event::write(self.db, row.article, self.at, EventKind::Redirected, None, Some(&detail))?;
        }
        let mut check = Check::trouble(row, "redirected");
        check.state = ArticleState::Redirected;
        check.changed = changed;
        check.moved_to = None;
        self.update_head(row, &check)
    }
}
