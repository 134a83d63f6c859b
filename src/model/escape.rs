//! Text as it may stand in HTML and XML, between tags and inside quoted attributes.

/// Text in which nothing is markup, and nothing that XML 1.0 (§2.2) cannot say: of the control characters
/// only line breaks and tabs stay.
#[must_use]
pub fn escaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    // What stands between the characters that are told otherwise is copied as a whole.
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (instead, long) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            b'\n' | b'\t' => continue,
            0..0x20 | 0x7f => ("", 1),
            // U+0080 to U+009F, U+FFFE, U+FFFF.
            0xc2 if matches!(bytes.get(at + 1), Some(..0xa0)) => ("", 2),
            0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])) => ("", 3),
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(instead);
        from = at + long;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        for (text, shown) in [
            ("Harga <b>naik</b> & \"turun\"", "Harga &lt;b&gt;naik&lt;/b&gt; &amp; &quot;turun&quot;"),
            ("' onclick='x", "&#39; onclick=&#39;x"),
            ("a\0b\u{1b}[31mc\u{9d}d\u{ffff}e", "ab[31mcde"),
            ("baris\n\tdua", "baris\n\tdua"),
            ("عربي 日本 é", "عربي 日本 é"),
        ] {
            assert_eq!(escaped(text), shown, "{text:?}");
        }
    }
}
