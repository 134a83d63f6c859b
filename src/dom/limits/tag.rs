//! Tags of a drawing: a name, and where they end.

use memchr::memchr;

use super::names::{Name, name_of};

/// A tag, by its place in the page.
pub(super) struct Tag {
    pub(super) end: usize,
    pub(super) name: Name,
}

impl Tag {
    /// Reads the tag whose name starts there.
    pub(super) fn read(bytes: &[u8], name_at: usize) -> Self {
        let is_name_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let mut at = name_at + bytes[name_at..].iter().position(is_name_end).unwrap_or(bytes.len() - name_at);
        let name = name_of(&bytes[name_at..at]);
        let mut value = false;
        while let Some(&b) = bytes.get(at) {
            match b {
                b'>' => break,
                b'"' | b'\'' if value => {
                    // Most of a tag is values.
                    let Some(length) = memchr(b, &bytes[at + 1..]) else {
                        at = bytes.len();
                        break;
                    };
                    at += length + 1;
                    value = false;
                }
                b'=' => value = true,
                b if b.is_ascii_whitespace() => {}
                _ => value = false,
            }
            at += 1;
        }
        Self { end: (at + 1).min(bytes.len()), name }
    }
}
