//! A stored page, read again: what only our reading changed.

use crate::store::engine::Connection;

use super::super::{Reread, StoreError, heads, search, sql};
use super::head::set_version;
use super::version::{self, NewVersion};
use crate::model::{Article, ArticleId, ArticleState, Cause, Intent, VersionSeq, decide};

pub(in crate::store) fn reread(
    db: &Connection,
    id: ArticleId,
    seen: VersionSeq,
    article: &Article,
    at: i64,
) -> Result<Reread, StoreError> {
    // A crawl may have brought a version meanwhile; then that is the one to look at, by the next run.
    let head = heads::head(db, id)?.filter(|head| head.seq == seen && head.state != ArticleState::Redacted);
    let Some(head) = head else { return Ok(Reread::Overtaken) };
    let fingerprint = article.fingerprint();
    let seq = match decide(Some(&head), article, Some(&fingerprint)) {
        Intent::KeepBetter { reason } => return Ok(Reread::Kept { reason }),
        Intent::Changed { .. } => VersionSeq(head.seq.0 + 1),
        Intent::First | Intent::Same => {
            let reading = version::reading(db, &article.reading, at)?;
            db.prepare_cached("UPDATE head SET reading_id = ?2 WHERE article_id = ?1")?
                .execute([id.0, reading])?;
            return Ok(Reread::Same);
        }
    };
    let (before, fetch, observed, url) = db
        .prepare_cached(
            "SELECT v.id, v.fetch_id, v.observed_at, v.url FROM head h JOIN version v ON v.id = h.version_id
             WHERE h.article_id = ?1",
        )?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, sql::url(row, "url")?)))?;
    search::remove(db, before)?;
    let cause = Cause::Reextract;
    let written = NewVersion {
        article_id: id,
        seq,
        cause,
        fetch,
        observed,
        url: &url,
        article,
        fingerprint: &fingerprint,
    }
    .write(db, at)?;
    set_version(db, id, written.version, written.reading, seq)?;
    Ok(Reread::Written(seq))
}
