//! Character references (§13.2.5.72 and the following states): `&amp;`, `&copy`, `&#8211;`, `&#x2013;`.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// A character reference that was understood.
pub(super) struct Reference {
    chars: [char; 2],
    count: usize,
    /// Where the text goes on behind it.
    pub(super) end: usize,
    /// Whether it ends with a semicolon.
    pub(super) closed: bool,
}

impl Reference {
    /// The one or two characters that it stands for.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars[..self.count]
    }
}

/// The reference whose `&` stands before that place; none when the `&` is only that.
pub(super) fn read(text: &str, at: usize, in_attribute: bool) -> Option<Reference> {
    match text.as_bytes().get(at)? {
        b'#' => numeric(text, at + 1),
        byte if byte.is_ascii_alphanumeric() => named(text, at, in_attribute),
        _ => None,
    }
}

/// By the longest name that the table has.
fn named(text: &str, at: usize, in_attribute: bool) -> Option<Reference> {
    let mut found = common(&text[at..]);
    if found.is_none() {
        // The table has all beginnings of names, too; with nothing behind them.
        for end in at + 1..=text.len() {
            let Some(&(first, second)) = text.get(at..end).and_then(|name| NAMED_ENTITIES.get(name)) else {
                break;
            };
            if first != 0 {
                found = Some((end - at, [first, second]));
            }
        }
    }
    let (length, [first, second]) = found?;
    let (end, bytes) = (at + length, text.as_bytes());
    let closed = bytes[end - 1] == b';';
    // `?a=1&copy=2` in an address names a parameter.
    let is_text = |byte: &u8| *byte == b'=' || byte.is_ascii_alphanumeric();
    if in_attribute && !closed && bytes.get(end).is_some_and(is_text) {
        return None;
    }
    let chars = [char::from_u32(first)?, char::from_u32(second)?];
    Some(Reference { chars, count: 1 + usize::from(second != 0), end, closed })
}

/// The ones that most pages have, with their lengths.
fn common(text: &str) -> Option<(usize, [u32; 2])> {
    let (length, stands_for) = match text.as_bytes() {
        [b'a', b'm', b'p', b';', ..] => (4, '&'),
        [b'n', b'b', b's', b'p', b';', ..] => (5, '\u{a0}'),
        [b'q', b'u', b'o', b't', b';', ..] => (5, '"'),
        [b'l', b't', b';', ..] => (3, '<'),
        [b'g', b't', b';', ..] => (3, '>'),
        [b'a', b'p', b'o', b's', b';', ..] => (5, '\''),
        _ => return None,
    };
    Some((length, [u32::from(stands_for), 0]))
}

fn numeric(text: &str, at: usize) -> Option<Reference> {
    let bytes = text.as_bytes();
    let hexadecimal = matches!(bytes.get(at), Some(b'x' | b'X'));
    let (start, base) = if hexadecimal { (at + 1, 16) } else { (at, 10) };
    let digits = bytes[start.min(bytes.len())..].iter().map_while(|&byte| char::from(byte).to_digit(base));
    let (mut number, mut end) = (0u32, start);
    for digit in digits {
        number = number.saturating_mul(base).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let closed = bytes.get(end) == Some(&b';');
    Some(Reference { chars: [of_number(number), '\0'], count: 1, end: end + usize::from(closed), closed })
}

/// The character that a number stands for: numbers of control characters are those of windows-1252.
fn of_number(number: u32) -> char {
    let replaced = match number {
        0 => None,
        0x80..=0x9f => C1_REPLACEMENTS[number as usize - 0x80].or_else(|| char::from_u32(number)),
        _ => char::from_u32(number),
    };
    replaced.unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_do() {
        for (text, in_attribute, chars, length) in [
            ("amp;x", false, "&", 4),
            ("ampx", false, "&", 3),
            ("ampx", true, "", 0),
            ("amp=", true, "", 0),
            ("amp", true, "&", 3),
            ("amp;=", true, "&", 4),
            ("notit;", false, "¬", 3),
            ("notin;", false, "∉", 6),
            ("NotEqualTilde;", false, "≂\u{338}", 14),
            ("nbsp", false, "\u{a0}", 4),
            ("ö", false, "", 0),
            ("amö", false, "", 0),
            ("", false, "", 0),
            ("#", false, "", 0),
            ("#x", false, "", 0),
            ("#;", false, "", 0),
            ("#65", false, "A", 3),
            ("#65;1", false, "A", 4),
            ("#x41;", false, "A", 5),
            ("#X4g", false, "\u{4}", 3),
            ("#0;", false, "\u{fffd}", 3),
            ("#13;", false, "\r", 4),
            ("#128;", false, "€", 5),
            ("#x81;", false, "\u{81}", 5),
            ("#xD800;", false, "\u{fffd}", 7),
            ("#x110000;", false, "\u{fffd}", 9),
            ("#99999999999999999999;", false, "\u{fffd}", 22),
        ] {
            let found = read(text, 0, in_attribute);
            let (got, end) = found.map_or((String::new(), 0), |r| (r.chars().iter().collect(), r.end));
            assert_eq!((got.as_str(), end), (chars, length), "&{text}");
        }
    }
}
