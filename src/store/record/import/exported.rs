//! What our own export says beside the text.

use crate::model::{ArticleId, Cause, VersionSeq};
use crate::store::engine::{Connection, params};
use crate::store::{Incoming, StoreError, guard};

impl Incoming {
    /// Why a version of this number exists: as our own export says, if it has that number there, too.
    pub(super) fn cause_at(&self, seq: VersionSeq) -> Cause {
        self.exported.as_ref().filter(|known| known.seq == seq).map_or(Cause::Import, |known| known.cause)
    }

    /// What our own export says of the article as a whole.
    pub(super) fn settle_head(&self, db: &Connection, id: ArticleId) -> Result<(), StoreError> {
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
    pub(super) fn settle_article(&self, db: &Connection, id: ArticleId) -> Result<(), StoreError> {
        let Some(known) = &self.exported else { return Ok(()) };
        guard::lifted(db, "import", || {
            db.prepare_cached("UPDATE article SET first_seen_at = ?2 WHERE id = ?1")?
                .execute([id.0, known.first_seen.as_millisecond()])?;
            Ok(())
        })
    }
}
