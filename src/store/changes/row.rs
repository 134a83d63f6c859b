//! A row of the table of changes.

use jiff::Timestamp;

use super::super::engine::Row;
use super::super::sql::{parsed, time};
use crate::diff;
use crate::model::{ArticleId, Cause, ChangeKind, ChangeKinds, VersionSeq};

/// The place of a change in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeKey {
    /// When it was observed, in milliseconds since 1970 UTC.
    pub at: i64,
    /// An event stands behind the edits of its moment.
    pub event: bool,
    /// The row in the table of versions or of events.
    pub row: i64,
}

impl ChangeKey {
    /// Before everything.
    pub const START: Self = Self { at: i64::MIN, event: false, row: i64::MIN };
    /// After everything.
    pub const END: Self = Self { at: i64::MAX, event: true, row: i64::MAX };

    /// Before everything of an instant.
    #[must_use]
    pub fn before(at: i64) -> Self {
        Self { at, ..Self::START }
    }

    /// When it was observed.
    #[must_use]
    pub fn time(self) -> Timestamp {
        time(self.at)
    }
}

/// What a change was told to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Its kinds.
    pub kinds: ChangeKinds,
    /// Thousandths of the score.
    pub weight: u16,
    /// Words that came.
    pub added: u32,
    /// Words that went.
    pub removed: u32,
    /// Whose change it is.
    pub cause: Cause,
    /// Not announced by the page.
    pub stealth: bool,
    /// The text of one side was taken out.
    pub redacted: bool,
}

impl Told {
    /// What a comparison found.
    #[must_use]
    pub fn of(change: &diff::Change, cause: Cause) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            kinds: ChangeKinds::of(&change.kinds),
            weight: Self::thousandths(change.score),
            added: count(change.words_added),
            removed: count(change.words_removed),
            cause,
            stealth: change.stealth,
            redacted: false,
        }
    }

    /// What happened to an article as a whole.
    #[must_use]
    pub fn event(kind: ChangeKind) -> Self {
        Self::of(&diff::event("", kind), Cause::Publisher)
    }

    /// A change whose text nobody may read any more.
    #[must_use]
    pub fn redacted(cause: Cause) -> Self {
        let kinds = ChangeKinds::default();
        Self { kinds, weight: 0, added: 0, removed: 0, cause, stealth: false, redacted: true }
    }

    /// A score in thousandths.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score lies between 0 and 1"
    )]
    pub fn thousandths(score: f64) -> u16 {
        (score.clamp(0.0, 1.0) * 1000.0).round() as u16
    }

    /// The score, from 0 to 1.
    #[must_use]
    pub fn score(self) -> f64 {
        f64::from(self.weight) / 1000.0
    }
}

/// One change, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its place.
    pub key: ChangeKey,
    /// The article.
    pub article: ArticleId,
    /// The number of the article's site.
    pub site: i64,
    /// The version that came; none: an event.
    pub seq: Option<VersionSeq>,
    /// What it was told to be.
    pub told: Told,
    /// The page goes back and forth: an edit that takes back what was there before, after two such within
    /// the day before it.
    pub flap: bool,
}

/// The columns of a row, in the order in which [`read`] takes them.
pub(in crate::store) const COLUMNS: &str = "c.at, c.part, c.row_id, c.article_id, c.site_id, c.seq, c.cause,
    c.kinds, c.weight, c.added, c.removed, c.stealth, c.redacted, c.flap";

pub(in crate::store) fn read(row: &Row<'_>) -> rusqlite::Result<ChangeRow> {
    Ok(ChangeRow {
        key: ChangeKey { at: row.get(0)?, event: row.get(1)?, row: row.get(2)? },
        article: ArticleId(row.get(3)?),
        site: row.get(4)?,
        seq: row.get::<_, Option<i64>>(5)?.map(VersionSeq),
        told: Told {
            cause: parsed(row, 6, Cause::from_stored)?,
            kinds: ChangeKinds(row.get(7)?),
            weight: row.get(8)?,
            added: row.get(9)?,
            removed: row.get(10)?,
            stealth: row.get(11)?,
            redacted: row.get(12)?,
        },
        flap: row.get(13)?,
    })
}
