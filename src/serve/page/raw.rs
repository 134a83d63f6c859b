//! The page that a version was read from, as text: nothing of it is ever run or drawn.

use super::Visit;
use crate::serve::problem::Problem;
use crate::serve::reply::{Kind, Reply};

/// The page's bytes as text.
///
/// # Errors
/// `no_article`, `no_version`, `no_raw_page`, `redacted`, and as every reading of the archive.
pub fn page(visit: &Visit<'_>, id: &str, seq: &str) -> Result<Reply, Problem> {
    let row = visit.article(id)?;
    let seq = visit.seq(&row, seq)?;
    if visit.reader.is_redacted(row.id, seq)? {
        return Err(Problem::Redacted);
    }
    let page = visit.reader.raw_page(row.id, seq)?.ok_or(Problem::NoRaw)?;
    let mut reply = Reply::new(Kind::Text, page.bytes);
    // The page's own charset, where it names one in letters that a header can hold.
    let charset = page.content_type.as_deref().and_then(|kind| kind.split("charset=").nth(1));
    let charset = charset.map(|name| name.trim_matches(['"', ' ', ';']).to_ascii_lowercase());
    if let Some(charset) = charset.filter(|name| {
        !name.is_empty()
            && name.len() < 30
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    }) {
        reply = reply.header("content-type", format!("text/plain; charset={charset}"));
    }
    Ok(reply.header("content-disposition", format!("inline; filename=\"kliping-{}-{seq}.txt\"", row.id)))
}
