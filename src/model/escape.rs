//! Text as it may stand in HTML and XML, between tags and inside quoted attributes.

/// Text in which nothing is markup, and nothing that XML 1.0 (§2.2) cannot say: of the control characters
/// only line breaks and tabs stay.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
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
