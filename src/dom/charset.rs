//! From the bytes of a page to text, by the order of the WHATWG encoding sniffing algorithm.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::{memchr, memmem};

/// How far into a page its `<meta charset>` is looked for. The standard says 1 KB; pages that put
/// scripts first exceed it.
const HEAD: usize = 4096;

/// Decodes a page: byte order mark, `Content-Type` header, `<meta charset>` in the first 4 KB, valid
/// UTF-8, else windows-1252. NUL characters are dropped. Returns the text and the encoding's name by
/// the WHATWG Encoding Standard.
///
/// A declaration is not believed where the bytes refute it: text declared in a single-byte encoding
/// that is valid UTF-8 with letters beyond ASCII is UTF-8, and text declared as UTF-8 of which most
/// such sequences are invalid is windows-1252. Nothing is ever guessed from word statistics.
#[must_use]
pub fn decode<'b>(body: &'b [u8], content_type: Option<&str>) -> (Cow<'b, str>, &'static str) {
    let (encoding, body, text) = sniff(body, content_type);
    let text = text.unwrap_or_else(|| encoding.decode_without_bom_handling(body).0);
    let text = if memchr(0, text.as_bytes()).is_some() { Cow::Owned(text.replace('\0', "")) } else { text };
    (text, encoding.name())
}

/// The encoding, the page behind its byte order mark, and its text when finding out gave it.
fn sniff<'b>(
    body: &'b [u8],
    content_type: Option<&str>,
) -> (&'static Encoding, &'b [u8], Option<Cow<'b, str>>) {
    if let Some((encoding, length)) = Encoding::for_bom(body) {
        return (encoding, &body[length..], None);
    }
    let declared = content_type.and_then(from_header).or_else(|| from_meta(&body[..body.len().min(HEAD)]));
    let may_be_utf8 = declared.is_none_or(|encoding| encoding == UTF_8 || encoding.is_single_byte());
    let valid = may_be_utf8.then(|| as_utf8(body)).flatten();
    let encoding = match declared {
        Some(encoding) if encoding.is_single_byte() && (valid.is_none() || body.is_ascii()) => encoding,
        Some(encoding) if !may_be_utf8 => encoding,
        _ if valid.is_some() => UTF_8,
        _ => utf8_or_windows(body),
    };
    (encoding, body, valid.filter(|_| encoding == UTF_8))
}

/// The text of a page that is valid UTF-8.
fn as_utf8(body: &[u8]) -> Option<Cow<'_, str>> {
    UTF_8.decode_without_bom_handling_and_without_replacement(body)
}

/// For a page that is not valid UTF-8: UTF-8 nevertheless, unless most of the sequences beyond ASCII are
/// invalid in it.
fn utf8_or_windows(body: &[u8]) -> &'static Encoding {
    let (mut valid, mut invalid) = (0usize, 0usize);
    for chunk in body.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    if invalid > valid { WINDOWS_1252 } else { UTF_8 }
}

/// The `charset` parameter of a `Content-Type` header (RFC 9110 §8.3), quotes optional.
fn from_header(value: &str) -> Option<&'static Encoding> {
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("charset") {
            return None;
        }
        Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
    })
}

/// The first `<meta charset=…>`, `<meta http-equiv … content="…; charset=…">` or XML declaration.
fn from_meta(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let mut rest = head.as_slice();
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at..];
        if rest.starts_with(b"<!--") {
            let end = memmem::find(rest, b"-->").unwrap_or(rest.len());
            rest = &rest[end..];
            continue;
        }
        let end = memchr(b'>', rest).unwrap_or(rest.len());
        let tag = &rest[..end];
        let label = if tag.starts_with(b"<meta") {
            label_after(tag, b"charset")
        } else if tag.starts_with(b"<?xml") {
            label_after(tag, b"encoding")
        } else {
            None
        };
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            // A page whose `<meta>` could be read as ASCII is not UTF-16, whatever it says.
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
        }
        rest = &rest[end.max(1)..];
    }
    None
}

/// The value after `name =` in a tag.
fn label_after<'t>(tag: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let mut rest = tag;
    while let Some(at) = memmem::find(rest, name) {
        rest = &rest[at + name.len()..];
        let value = rest.trim_ascii_start();
        if let Some(value) = value.strip_prefix(b"=") {
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value
                .iter()
                .position(|b| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace())
                .unwrap_or(value.len());
            return Some(&value[..end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found_in_the_standards_order() {
        let cases: &[(&[u8], Option<&str>, &str, &str)] = &[
            (b"\xef\xbb\xbfhalo", Some("text/html; charset=windows-1251"), "halo", "UTF-8"),
            (b"\xff\xfeh\0i\0", None, "hi", "UTF-16LE"),
            (b"\xe4", Some("text/html; charset=\"ISO-8859-1\""), "ä", "windows-1252"),
            (b"\xcf\xf0\xe8\xe2\xe5\xf2", Some("text/html;Charset = windows-1251"), "Привет", "windows-1251"),
            (b"<meta charset=windows-1251>\xcf", None, "<meta charset=windows-1251>П", "windows-1251"),
            (
                b"<META http-equiv=x content='text/html; charset=gbk'/>\xc4\xe3",
                None,
                "<META http-equiv=x content='text/html; charset=gbk'/>你",
                "GBK",
            ),
            (b"<!-- <meta charset=gbk> -->\xe4", None, "<!-- <meta charset=gbk> -->ä", "windows-1252"),
            (
                b"<?xml version=\"1.0\" encoding=\"koi8-r\"?>\xf0",
                None,
                "<?xml version=\"1.0\" encoding=\"koi8-r\"?>П",
                "KOI8-R",
            ),
            (b"<meta charset=utf-16>ok", None, "<meta charset=utf-16>ok", "UTF-8"),
            ("naïf".as_bytes(), None, "naïf", "UTF-8"),
            (b"na\xefve", None, "naïve", "windows-1252"),
            (b"a\0b", None, "ab", "UTF-8"),
            (b"", None, "", "UTF-8"),
        ];
        for (bytes, header, text, name) in cases {
            assert_eq!(decode(bytes, *header), (Cow::Borrowed(*text), *name), "{bytes:?} {header:?}");
        }
    }

    #[test]
    fn a_declaration_that_the_bytes_refute_is_not_believed() {
        let (text, name) = decode("“Kami” – naïf".as_bytes(), Some("text/html; charset=ISO-8859-1"));
        assert_eq!((&*text, name), ("“Kami” – naïf", "UTF-8"));
        let (text, name) = decode(b"\x93Kami\x94", Some("text/html; charset=utf-8"));
        assert_eq!((&*text, name), ("“Kami”", "windows-1252"));
        // One broken byte in a page of sound UTF-8 stays one broken character.
        let (text, name) = decode(b"\xc3\xa4\xc3\xb6\xff", Some("text/html; charset=utf-8"));
        assert_eq!((&*text, name), ("äö\u{fffd}", "UTF-8"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode(body: Vec<u8>, header in "\\PC{0,40}") {
            let (text, _) = decode(&body, Some(&header));
            proptest::prop_assert!(!text.contains('\0'));
        }
    }
}
