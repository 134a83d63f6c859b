//! What some bytes are, by how they begin.

/// What bytes are that cannot be a page; none for what may be one.
pub(super) fn binary(body: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 14] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF87a", "a GIF picture"),
        (b"GIF89a", "a GIF picture"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b", "gzip data"),
        (b"\x28\xb5\x2f\xfd", "zstd data"),
        (b"BZh", "bzip2 data"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x7fELF", "a program"),
        (b"ID3", "a sound file"),
        (b"OggS", "a sound file"),
        (b"RIFF", "a media file"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| body.starts_with(magic)) {
        return Some(what);
    }
    let head = &body[..body.len().min(1024)];
    let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let controls = head.iter().filter(|&&b| b < 9 || (14..32).contains(&b)).count();
    (!utf16 && controls * 20 > head.len()).then_some("binary data")
}

/// Whether a text is HTML (or XML), and not plain text: it has a tag that pages have.
pub(super) fn is_markup(text: &str) -> bool {
    const TAGS: [&str; 16] = [
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<section",
        "<main",
        "<span",
        "<h1",
        "<table",
        "<br",
    ];
    let head = text.floor_char_boundary(text.len().min(65_536));
    let begins = |at: &str, tag: &str| at.get(..tag.len()).is_some_and(|is| is.eq_ignore_ascii_case(tag));
    text[..head].match_indices('<').any(|(at, _)| TAGS.iter().any(|tag| begins(&text[at..head], tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_known_by_how_they_begin() {
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF"));
        assert_eq!(binary(&[0, 1, 2, 3, 4, 5, 6, 7]), Some("binary data"));
        assert_eq!(binary("<p>Café\n".as_bytes()), None);
        assert_eq!(binary(b"\xff\xfeh\0i\0"), None);
        assert!(is_markup("<!DOCTYPE html>") && is_markup("x <P>y") && !is_markup("a < b and c > d"));
    }
}
