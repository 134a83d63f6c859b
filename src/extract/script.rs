//! Texts in a page's scripts: the strings of JSON or JavaScript that read like a story.

/// A shorter string is no story.
const STORY: usize = 300;
/// A string in a string in a string: frameworks pack data so.
const MOST_DEEP: usize = 3;
/// A longer script is data of another kind.
const LONGEST: usize = 4_000_000;
/// A paragraph of a story told as a list of paragraphs.
const PARAGRAPH: usize = 40;
/// Fewer paragraphs are teasers.
const FEWEST: usize = 3;
/// Keys by which lists of paragraphs go.
const KEYS: [&str; 8] =
    ["text", "content", "html", "body", "value", "paragraph", "paragraphs", "articlebody"];

/// A text and the key it stands under.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) key: Option<String>,
}

/// The strings of a script that may be a story: long ones, and runs of paragraphs under one key.
pub(super) fn texts(script: &str) -> Vec<Text> {
    let mut out = Vec::new();
    if script.len() <= LONGEST {
        scan(script, 0, &mut out);
    }
    out
}

/// Whether a text is HTML.
pub(super) fn is_markup(text: &str) -> bool {
    ["<p>", "<p ", "<br", "<div", "<P>", "<h2", "<h3", "</p>"].iter().any(|tag| text.contains(tag))
}

fn scan(script: &str, depth: usize, out: &mut Vec<Text>) {
    let mut paragraphs: Vec<(String, Vec<String>)> = Vec::new();
    let mut key: Option<String> = None;
    let mut rest = script;
    while let Some(start) = rest.find('"') {
        let Some((string, behind)) = string(&rest[start + 1..]) else { return };
        rest = behind;
        let is_key = string.len() <= 40 && rest.trim_start().starts_with(':');
        if is_key {
            key = Some(string);
            continue;
        }
        let chars = string.chars().count();
        if chars >= STORY && depth < MOST_DEEP && is_packed(&string) {
            scan(&string, depth + 1, out);
        } else if chars >= STORY && is_told(&string) {
            out.push(Text { value: string.clone(), key: key.clone() });
        }
        if let Some(name) = key.as_deref().map(str::to_ascii_lowercase)
            && KEYS.contains(&name.as_str())
            && chars >= PARAGRAPH
            && string.contains([' ', '、', '。'])
        {
            match paragraphs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) if list.contains(&string) => {}
                Some((_, list)) => list.push(string),
                None => paragraphs.push((name, vec![string])),
            }
        }
    }
    for (key, list) in paragraphs.into_iter().filter(|(_, list)| list.len() >= FEWEST) {
        out.push(Text { value: list.join("\n"), key: Some(key) });
    }
}

/// The string that starts behind its quotation mark, unescaped, and what follows it.
fn string(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    let mut high = None;
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((out, &text[at + 1..])),
            '\\' => {
                let c = match chars.next()?.1 {
                    'n' => '\n',
                    't' => '\t',
                    'r' | 'b' | 'f' => ' ',
                    'u' => {
                        let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                        let unit = u32::from_str_radix(&digits, 16).unwrap_or(0xfffd);
                        match (high.take(), unit) {
                            (_, 0xd800..0xdc00) => {
                                high = Some(unit);
                                continue;
                            }
                            (Some(high), 0xdc00..0xe000) => {
                                char::from_u32(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00))
                            }
                            _ => char::from_u32(unit),
                        }
                        .unwrap_or('\u{fffd}')
                    }
                    other => other,
                };
                out.push(c);
            }
            c => out.push(c),
        }
    }
    None
}

/// Whether a string is JSON again.
fn is_packed(text: &str) -> bool {
    text.matches("\":").count() > 3 && text.contains(['{', '[']) && !text.trim_start().starts_with('<')
}

/// Whether a string is prose and no code, no list of addresses.
fn is_told(text: &str) -> bool {
    let sentences = text.matches([',', '.', '。', '、', '，', '।', '؟', '،']).count();
    let code = text.matches(['{', '}', '=', ';']).count();
    is_markup(text) || (sentences > 3 && code * 2 < sentences && text.contains([' ', '。', '、']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_unescaped() {
        assert_eq!(
            string(r#"a\"b\n\u003cp\u003e\ud83d\ude00" rest"#),
            Some(("a\"b\n<p>😀".to_owned(), " rest"))
        );
        assert_eq!(string(r"ends \u12"), None);
        assert_eq!(string(r"ends \"), None);
    }

    #[test]
    fn stories_are_found_in_scripts_however_packed() {
        let story = "<p>Warga dua desa menanam seribu pohon, dan hujan turun.</p>".repeat(8);
        let inner = serde_json::json!({"a": {"b": 1, "c": 2, "d": [1], "content": story}}).to_string();
        for script in [
            format!("window.x = {inner};"),
            format!("self.push([1,{}])", serde_json::Value::from(inner.clone())),
            inner.clone(),
            format!("self.push([1,{}])", serde_json::Value::from(story.clone())),
        ] {
            let found = texts(&script);
            assert!(found.iter().any(|text| text.value == story), "{script}");
        }
        assert_eq!(texts(&"{\"x\": \"var a = 1; if (b) { c(); }\"}".repeat(50)), []);
    }

    #[test]
    fn paragraphs_under_one_key_are_one_story() {
        let paragraph =
            |n: usize| format!("Paragraf nomor {n} bercerita tentang warga desa dan hutan mereka.");
        let list: Vec<_> = (0..4).map(|n| serde_json::json!({"type": "p", "text": paragraph(n)})).collect();
        let found = texts(&serde_json::Value::from(list).to_string());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value.lines().count(), 4);
    }

    proptest::proptest! {
        #[test]
        fn any_script_is_read(script in "[\\\\\"u{}:a-d \\PC]{0,60}") {
            let _ = texts(&script);
        }
    }
}
