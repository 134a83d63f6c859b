//! A known article, read again.

use crate::store::engine::params;

use super::super::pages::Page;
use super::super::{Recorded, RecordedOutcome, StoreError, search};
use super::Ctx;
use super::head::{Check, HeadRow, set_version};
use super::version::{self, NewVersion};
use crate::model::{Article, Cause, EventKind, Fingerprint, Intent, PageUrl, VersionSeq, decide};

/// A new reading of an article, and what it is compared with.
pub(super) struct Again<'a> {
    /// The article as it stands.
    pub(super) row: &'a HeadRow,
    /// The new reading.
    pub(super) article: &'a Article,
    /// Its hashes.
    pub(super) fingerprint: &'a Fingerprint,
    /// The page of the latest version, as today's extractor reads it.
    pub(super) reread: Option<&'a Article>,
    /// Whether the page was found at another address.
    pub(super) moved: bool,
}

/// What is to be written.
struct Plan<'a> {
    /// What our own change of mind makes of the old page: a version of its own, before the newspaper's.
    ours: Option<(&'a Article, VersionSeq, Fingerprint)>,
    /// What the newspaper did.
    intent: Intent,
    /// The number of its version, if it is one.
    seq: VersionSeq,
    /// Whether the article was away.
    restored: bool,
}

impl<'a> Again<'a> {
    /// Only what still differs when the old page was read with today's rules is the newspaper's.
    fn plan(&self) -> Plan<'a> {
        let mut head = self.row.head.clone();
        let reread: Option<(&Article, Fingerprint)> =
            self.reread.map(|reread| (reread, reread.fingerprint()));
        let mut ours = None;
        if let Some((reread, fingerprint)) = &reread
            && let Intent::Changed { .. } = decide(Some(&head), reread, Some(fingerprint))
        {
            head.seq = VersionSeq(head.seq.0 + 1);
            head.fingerprint = *fingerprint;
            head.words = reread.words();
            head.earlier.push((head.seq, fingerprint.content));
            ours = Some((*reread, head.seq, *fingerprint));
        }
        let intent = decide(Some(&head), self.article, reread.as_ref().map(|(_, fingerprint)| fingerprint));
        let state = self.row.state();
        let restored = state.is_away() && !self.moved && !matches!(intent, Intent::KeepBetter { .. });
        Plan { ours, intent, seq: VersionSeq(head.seq.0 + 1), restored }
    }

    /// Writes fetch, versions, events and head.
    pub(super) fn record(
        &self,
        ctx: &Ctx<'_>,
        page: Option<Page>,
        canonical: Option<&PageUrl>,
    ) -> Result<Recorded, StoreError> {
        let plan = self.plan();
        let id = self.row.article;
        let fetch = ctx.write_fetch(Some(id), plan.fetch_outcome(), None, page)?;
        self.write_versions(ctx, &plan, fetch)?;
        if let Intent::KeepBetter { reason } = plan.intent {
            return self.keep(ctx, fetch, reason);
        }
        self.write_events(ctx, &plan, fetch)?;
        if !plan.writes() {
            // The same result by another extractor: remember who read it last, or every run would
            // read the old page again to find out.
            let reading = version::reading(ctx.db, &self.article.reading, ctx.at)?;
            ctx.db
                .prepare_cached("UPDATE head SET reading_id = ?2 WHERE article_id = ?1")?
                .execute(params![id.0, reading])?;
        }
        ctx.add_addresses(id, canonical, self.moved)?;
        let answered = ctx.fetch.answered();
        ctx.set_address(id, canonical.unwrap_or(answered), answered, &ctx.fetch.validators)?;
        let theirs = matches!(plan.intent, Intent::Changed { cause: Cause::Publisher | Cause::Import, .. });
        ctx.update_head(self.row, &Check::answered(theirs || plan.restored || self.moved))?;
        Ok(Recorded { article: Some(id), outcome: plan.outcome() })
    }

    /// Our version first, then the newspaper's.
    fn write_versions(&self, ctx: &Ctx<'_>, plan: &Plan<'_>, fetch: i64) -> Result<(), StoreError> {
        let (row, id) = (self.row, self.row.article);
        let mut current = row.version;
        let mut write = |new: NewVersion<'_>| -> Result<(), StoreError> {
            search::remove(ctx.db, current)?;
            let seq = new.seq;
            let written = new.write(ctx.db, ctx.at)?;
            set_version(ctx.db, id, written.version, written.reading, seq)?;
            current = written.version;
            Ok(())
        };
        if let Some((article, seq, fingerprint)) = &plan.ours {
            write(NewVersion {
                article_id: id,
                seq: *seq,
                cause: Cause::Reextract,
                fetch: row.fetch,
                observed: row.observed,
                url: &row.version_url,
                article,
                fingerprint,
            })?;
        }
        if let Intent::Changed { cause, .. } = plan.intent {
            let (observed, url) = (ctx.at, ctx.fetch.answered());
            let (seq, article) = (plan.seq, self.article);
            let fingerprint = self.fingerprint;
            write(NewVersion { article_id: id, seq, cause, fetch, observed, url, article, fingerprint })?;
        }
        Ok(())
    }

    fn write_events(&self, ctx: &Ctx<'_>, plan: &Plan<'_>, fetch: i64) -> Result<(), StoreError> {
        let id = self.row.article;
        if let Intent::Changed { reverts_to: Some(earlier), .. } = plan.intent {
            let detail = format!("version {} reads as version {earlier}", plan.seq);
            ctx.write_event(id, EventKind::Reverted, fetch, Some(&detail))?;
        }
        if plan.restored {
            ctx.write_event(id, EventKind::Restored, fetch, None)?;
        }
        if self.moved {
            ctx.write_event(id, EventKind::Moved, fetch, Some(ctx.fetch.answered().as_str()))?;
        }
        Ok(())
    }

    /// A worse page: the version stays.
    fn keep(&self, ctx: &Ctx<'_>, fetch: i64, reason: String) -> Result<Recorded, StoreError> {
        let row = self.row;
        if row.trouble.as_deref() != Some("kept") {
            ctx.write_event(row.article, EventKind::Kept, fetch, Some(&reason))?;
        }
        let mut check = Check::trouble(row, "kept");
        check.seen = true;
        ctx.update_head(row, &check)?;
        Ok(Recorded { article: Some(row.article), outcome: RecordedOutcome::Kept { reason } })
    }
}

impl Plan<'_> {
    /// Whether there is a new version.
    fn writes(&self) -> bool {
        self.ours.is_some() || matches!(self.intent, Intent::Changed { .. })
    }

    /// The name of the fetch's outcome.
    fn fetch_outcome(&self) -> &'static str {
        match &self.intent {
            Intent::KeepBetter { .. } => "kept",
            _ if self.writes() => "changed",
            _ => "same",
        }
    }

    /// What the run counts: the newspaper's change before ours.
    fn outcome(self) -> RecordedOutcome {
        let ours = self.ours.map(|(_, seq, _)| seq);
        match self.intent {
            Intent::Changed { .. } if self.restored => RecordedOutcome::Restored { changed: Some(self.seq) },
            _ if self.restored => RecordedOutcome::Restored { changed: ours },
            Intent::Changed { cause, reverts_to } => {
                RecordedOutcome::Changed { seq: self.seq, cause, reverts_to }
            }
            _ => ours.map_or(RecordedOutcome::Same, |seq| RecordedOutcome::Changed {
                seq,
                cause: Cause::Reextract,
                reverts_to: None,
            }),
        }
    }
}
