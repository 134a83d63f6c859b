//! `kliping.article/1`, one object a line.

use std::io::Write;

use super::ExportError;
use super::json::{Known, article};
use crate::model::Version;
use crate::store::ArticleRow;

/// Writes one version as one line.
///
/// # Errors
/// [`ExportError::Output`] when the line cannot be written.
pub fn jsonl(out: &mut dyn Write, row: &ArticleRow, version: &Version) -> Result<(), ExportError> {
    Ok(writeln!(out, "{}", article(&Known::from(row), version))?)
}
