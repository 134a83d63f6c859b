//! From the bytes of a feed or a sitemap to text.

use std::borrow::Cow;

use super::error::DiscoverError;
use super::gzip::{self, Fault};
use crate::dom::charset;

/// The largest sitemap that its protocol allows, unpacked; feeds are far smaller.
pub(super) const LARGEST: usize = 50 * 1024 * 1024;

/// Unpacks and decodes. XML says its encoding in its first line, which counts where the header is
/// silent (RFC 7303 §3).
pub(super) fn read<'b>(
    bytes: &'b [u8],
    content_type: Option<&str>,
    wanted: &'static str,
) -> Result<Cow<'b, str>, DiscoverError> {
    let too_large = DiscoverError::TooLarge { wanted, limit: LARGEST };
    let bytes: Cow<'b, [u8]> = if gzip::is_gzip(bytes) {
        let unpacked = gzip::unpack(bytes, LARGEST).map_err(|fault| match fault {
            Fault::TooLarge => too_large.clone(),
            Fault::Cut => DiscoverError::Broken { wanted, reason: "the gzip file breaks off".to_owned() },
            Fault::Corrupt => DiscoverError::Broken { wanted, reason: "the gzip file is corrupt".to_owned() },
        })?;
        Cow::Owned(unpacked)
    } else {
        Cow::Borrowed(bytes)
    };
    if bytes.len() > LARGEST {
        return Err(too_large);
    }
    let in_header = content_type.is_some_and(|value| value.to_ascii_lowercase().contains("charset="));
    let in_file = declared(&bytes).filter(|_| !in_header).map(|name| format!("text/xml; charset={name}"));
    let content_type = in_file.as_deref().or(content_type);
    // A sitemap may have 50 MB: it is not copied where it need not be.
    let text = match bytes {
        Cow::Borrowed(bytes) => charset::decode(bytes, content_type).0,
        Cow::Owned(bytes) => Cow::Owned(charset::decode(&bytes, content_type).0.into_owned()),
    };
    if text.trim().is_empty() {
        return Err(DiscoverError::Empty { wanted });
    }
    Ok(text)
}

/// The encoding in `<?xml version="1.0" encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = head.iter().take(200).position(|byte| *byte == b'>')?;
    let head = std::str::from_utf8(&head[..end]).ok()?;
    let (_, behind) = head.split_once("encoding")?;
    let value = behind.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}
