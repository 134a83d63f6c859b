//! White space in texts, looked for by bytes: most of them need no decoding.

/// Bytes that white space may start with.
static STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    let mut at = 0;
    while at < 256 {
        starts[at] = matches!(at, 0..=0x20 | 0xc2 | 0xe1..=0xe3);
        at += 1;
    }
    starts
};

/// Where the first white space of a text stands; its length, when there is none.
#[must_use]
pub fn find(text: &str) -> usize {
    find_from(text, 0)
}

fn find_from(text: &str, mut at: usize) -> usize {
    let may_start = |b: &u8| STARTS[usize::from(*b)];
    while let Some(length) = text.as_bytes()[at..].iter().position(may_start) {
        at += length;
        match text[at..].chars().next() {
            Some(c) if !c.is_whitespace() => at += c.len_utf8(),
            _ => return at,
        }
    }
    text.len()
}

/// Where the first white space stands that is more than one blank between two words.
#[must_use]
pub fn find_wide(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = find(text);
    while bytes.get(at) == Some(&b' ') && matches!(bytes.get(at + 1), Some(b'!'..=b'~')) {
        at = find_from(text, at + 1);
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
