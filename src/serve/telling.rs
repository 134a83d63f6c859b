//! What lists and feeds need of a change beside its row: compared when it is first shown, and kept.

use crate::export::Logged;
use crate::store::{ChangeRow, Reader, StoreError};

use super::excerpt::Excerpt;

/// The telling words of a change; none when the archive no longer holds them.
///
/// # Errors
/// As every reading of the archive.
pub fn excerpt(reader: &Reader, row: &ChangeRow) -> Result<Option<Excerpt>, StoreError> {
    if row.told.redacted {
        return Ok(Some(Excerpt::default()));
    }
    Ok(logged(reader, row)?.map(|logged| Excerpt::of(&logged.change)))
}

/// A change with its texts; none when they were taken out.
///
/// # Errors
/// As every reading of the archive.
pub fn logged(reader: &Reader, row: &ChangeRow) -> Result<Option<Logged>, StoreError> {
    Ok(reader.log_entry(row)?.map(Logged::of))
}
