//! Looks at a happening: compares its versions, and keeps what lists need.

use crate::export::Logged;
use crate::model::VersionSeq;
use crate::store::room::HappenedWhat;
use crate::store::{Reader, StoreError};

use super::excerpt::Excerpt;
use super::ledger::{Line, Told};

/// Compares the versions of a line; none when the archive no longer holds them.
///
/// # Errors
/// As every reading of the archive.
pub fn look(reader: &Reader, line: &Line) -> Result<Option<(Told, Excerpt)>, StoreError> {
    let article = line.happened.article;
    if let HappenedWhat::Edit(seq) = line.happened.what
        && (reader.is_redacted(article, seq)? || reader.is_redacted(article, VersionSeq(seq.0 - 1))?)
    {
        let cause = reader.version_lines(article, Some(VersionSeq(seq.0 + 1)), 1)?.first().map(|v| v.cause);
        return Ok(cause.map(|cause| (Told::redacted(cause), Excerpt::default())));
    }
    let Some(entry) = reader.log_entry(&line.happened)? else { return Ok(None) };
    let logged = Logged::of(entry);
    Ok(Some((Told::of(&logged.change, logged.cause()), Excerpt::of(&logged.change))))
}
