//! White space in texts, looked for by bytes: most of them need no decoding.

/// Where the first white space of a text stands; its length, when there is none.
#[must_use]
pub fn find(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += match b {
            b'!'..=b'~' => 1,
            // No white space starts with other bytes.
            0..=b' ' | 0xc2 | 0xe1..=0xe3 => match text[at..].chars().next() {
                Some(c) if !c.is_whitespace() => c.len_utf8(),
                _ => return at,
            },
            _ => 1,
        };
    }
    at
}

/// Where the first white space stands that is more than one blank between two words.
#[must_use]
pub fn find_wide(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = find(text);
    while bytes.get(at) == Some(&b' ') && matches!(bytes.get(at + 1), Some(b'!'..=b'~')) {
        at += 1 + find(&text[at + 1..]);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bytes_tell_what_characters_do(text in "([a-z\u{7f}\u{80}-\u{a1}\u{3000}\u{1680} \t\u{b}\u{1c}]|\\PC|[\u{2000}-\u{2060}]){0,12}") {
            assert_eq!(find(&text), text.find(char::is_whitespace).unwrap_or(text.len()));
            let text = text.trim_start();
            let (plain, rest) = text.split_at(find_wide(text));
            assert_eq!(plain.split_whitespace().collect::<Vec<_>>().join(" "), plain);
            assert!(rest.is_empty() || rest.starts_with(char::is_whitespace));
        }
    }
}
