//! Tags as the tokenizer sees them: a name, attributes, an end.

use super::names::{Name, name_of};

/// Most attributes on one tag.
pub(super) const MAX_ATTRIBUTES: usize = 256;

/// A tag, by its place in the page.
pub(super) struct Tag {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) closing: bool,
    pub(super) name: Name,
    /// Where the first attribute beyond the limit starts.
    pub(super) surplus: Option<usize>,
}

impl Tag {
    /// Reads the tag that starts there, and its name there.
    pub(super) fn read(html: &str, start: usize, name_at: usize, closing: bool) -> Self {
        let bytes = html.as_bytes();
        let is_name_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let mut at = name_at + bytes[name_at..].iter().position(is_name_end).unwrap_or(bytes.len() - name_at);
        let name = name_of(&bytes[name_at..at]);
        let (mut attributes, mut surplus, mut blank, mut value) = (0, None, true, false);
        while let Some(&b) = bytes.get(at) {
            match b {
                b'>' => break,
                b'"' | b'\'' if value => {
                    // Most of a tag is values: the search in texts goes by whole words of memory.
                    let Some(length) = html[at + 1..].find(char::from(b)) else {
                        at = bytes.len();
                        break;
                    };
                    at += length + 1;
                    (blank, value) = (true, false);
                }
                b'=' => (blank, value) = (false, true),
                b'/' => blank = true,
                b if b.is_ascii_whitespace() => blank = !value,
                _ => {
                    if blank {
                        attributes += 1;
                        if attributes == MAX_ATTRIBUTES + 1 {
                            surplus = Some(at);
                        }
                    }
                    (blank, value) = (false, false);
                }
            }
            at += 1;
        }
        Self { start, end: (at + 1).min(bytes.len()), closing, name, surplus }
    }
}
