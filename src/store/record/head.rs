//! The head of an article: what is known of it before a page is recorded, and what is after.

use crate::store::engine::{Connection, OptionalExtension, params};
use jiff::{SignedDuration, Timestamp};

use super::super::{CheckHistory, Plan, StoreError, heads, sql};
use super::Ctx;
use crate::model::{ArticleId, ArticleState, Head, PageUrl, Validators, VersionSeq};

/// The head's row, as far as recording needs it.
pub(super) struct HeadRow {
    pub(super) article: ArticleId,
    pub(super) head: Head,
    pub(super) version: i64,
    /// The fetch that the latest version was read from, when that was, and what answered.
    pub(super) fetch: i64,
    pub(super) observed: i64,
    pub(super) version_url: PageUrl,
    pub(super) first_seen: i64,
    pub(super) state_since: i64,
    pub(super) last_changed: i64,
    /// How long the wait for this check was to be (milliseconds).
    pub(super) waited: i64,
    pub(super) ask_url: PageUrl,
    pub(super) unchanged: u32,
    pub(super) failures: u32,
    pub(super) trouble: Option<String>,
    pub(super) moved_to: Option<String>,
}

impl HeadRow {
    pub(super) fn load(ctx: &Ctx<'_>, article: ArticleId) -> Result<Option<Self>, StoreError> {
        let Some(head) = heads::head(ctx.db, article)? else { return Ok(None) };
        Ok(ctx
            .db
            .prepare_cached(
                "SELECT h.*, a.first_seen_at, v.fetch_id, v.observed_at, v.url AS version_url
                 FROM head h JOIN article a ON a.id = h.article_id JOIN version v ON v.id = h.version_id
                 WHERE h.article_id = ?1",
            )?
            .query_row([article.0], |row| {
                Ok(Self {
                    article,
                    head,
                    version: row.get("version_id")?,
                    fetch: row.get("fetch_id")?,
                    observed: row.get("observed_at")?,
                    version_url: sql::url(row, "version_url")?,
                    first_seen: row.get("first_seen_at")?,
                    state_since: row.get("state_since")?,
                    last_changed: row.get("last_changed_at")?,
                    waited: row.get::<_, Option<i64>>("next_check_at")?.map_or(0, |next| {
                        next.saturating_sub(row.get::<_, i64>("last_checked_at").unwrap_or(next)).max(0)
                    }),
                    ask_url: sql::url(row, "ask_url")?,
                    unchanged: row.get("unchanged")?,
                    failures: row.get("failures")?,
                    trouble: row.get("trouble")?,
                    moved_to: row.get("moved_to")?,
                })
            })
            .optional()?)
    }

    pub(super) fn state(&self) -> ArticleState {
        self.head.state
    }

    /// Whether one more "not found" says that the article is gone: the first was so long ago
    /// (milliseconds), or it is gone already.
    pub(super) fn is_gone_by(&self, now: i64, wait: i64) -> bool {
        let missing = self.state() == ArticleState::Missing;
        self.state() == ArticleState::Gone || missing && now.saturating_sub(self.state_since) >= wait
    }

    /// When one more "not found" would settle it, of an article that is missing now.
    pub(super) fn settled_at(&self, now: i64, wait: i64) -> i64 {
        let since = if self.state() == ArticleState::Missing { self.state_since } else { now };
        since.saturating_add(wait).max(now)
    }
}

/// What a check does to a head.
pub(super) struct Check {
    /// The state after it.
    pub(super) state: ArticleState,
    /// Whether it brought a version or a new state.
    pub(super) changed: bool,
    /// Whether the article (or 304) answered.
    pub(super) seen: bool,
    /// What went wrong.
    pub(super) trouble: Option<String>,
    /// Where the address leads, not yet read.
    pub(super) moved_to: Option<String>,
    /// Overrides the plan.
    pub(super) next: Option<i64>,
    /// Whether the request failed.
    pub(super) failed: bool,
}

impl Check {
    /// The article answered as it should.
    pub(super) fn answered(changed: bool) -> Self {
        Self {
            state: ArticleState::Live,
            changed,
            seen: true,
            trouble: None,
            moved_to: None,
            next: None,
            failed: false,
        }
    }

    /// Something is the matter.
    pub(super) fn trouble(row: &HeadRow, what: &str) -> Self {
        Self {
            state: row.state(),
            changed: false,
            seen: false,
            trouble: Some(what.to_owned()),
            moved_to: row.moved_to.clone(),
            next: None,
            failed: false,
        }
    }
}

impl Ctx<'_> {
    /// Writes what a check did to the head.
    pub(super) fn update_head(&self, row: &HeadRow, check: &Check) -> Result<(), StoreError> {
        let last_changed = if check.changed { self.at } else { row.last_changed };
        let unchanged = match (check.changed, check.seen) {
            (true, _) => 0,
            // Trouble says nothing about whether the text would have changed.
            (false, false) => row.unchanged,
            (false, true) => row.unchanged.saturating_add(1),
        };
        let next = check.next.or_else(|| {
            self.next_check(row.first_seen, last_changed, row.waited, check.seen && !check.changed)
        });
        self.db
            .prepare_cached(
                "UPDATE head SET state = ?2, state_since = CASE WHEN state = ?2 THEN state_since ELSE ?3 END,
                    last_checked_at = ?3, last_seen_at = CASE WHEN ?4 THEN ?3 ELSE last_seen_at END,
                    last_changed_at = ?5, next_check_at = ?6, unchanged = ?7, failures = ?8, trouble = ?9, moved_to = ?10
                 WHERE article_id = ?1",
            )?
            .execute(params![
                row.article.0,
                check.state.as_str(),
                self.at,
                check.seen,
                last_changed,
                next,
                unchanged,
                if check.failed { row.failures.saturating_add(1) } else { 0 },
                check.trouble,
                check.moved_to,
            ])?;
        Ok(())
    }

    pub(super) fn next_check(
        &self,
        first_seen: i64,
        last_changed: i64,
        waited: i64,
        unchanged: bool,
    ) -> Option<i64> {
        next_check(self.plan, self.fetch.at, (first_seen, last_changed), waited, unchanged)
    }

    /// Remembers which address answered, and what to ask it by.
    pub(super) fn set_address(
        &self,
        article: ArticleId,
        name: &PageUrl,
        ask: &PageUrl,
        validators: &Validators,
    ) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "UPDATE head SET url = ?2, ask_url = ?3, host = ?4, etag = ?5, last_modified = ?6 WHERE article_id = ?1",
            )?
            .execute(params![
                article.0,
                name.as_str(),
                ask.as_str(),
                ask.host_key().as_str(),
                validators.etag,
                validators.last_modified
            ])?;
        Ok(())
    }
}

/// When a plan says that an article is to be looked at again (milliseconds).
pub(super) fn next_check(
    plan: &Plan,
    now: Timestamp,
    (first_seen, last_changed): (i64, i64),
    waited: i64,
    unchanged: bool,
) -> Option<i64> {
    let history = CheckHistory {
        first_seen: sql::time(first_seen),
        last_changed: sql::time(last_changed),
        now,
        waited: SignedDuration::from_millis(waited),
        unchanged,
    };
    plan(&history).map(|next| next.as_millisecond())
}

/// Makes a version the latest one.
pub(super) fn set_version(
    db: &Connection,
    article: ArticleId,
    version: i64,
    reading: i64,
    seq: VersionSeq,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "UPDATE head SET version_id = ?2, reading_id = ?3, versions = ?4 WHERE article_id = ?1",
    )?
    .execute(params![article.0, version, reading, seq.0])?;
    Ok(())
}
