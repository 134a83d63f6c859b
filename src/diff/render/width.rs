//! How many columns text takes on a terminal, and where to break it.

use unicode_normalization::char::is_combining_mark;

/// The columns of a character: 2 for East Asian wide ones and pictures, 0 for marks.
pub(super) fn columns(c: char) -> usize {
    match c as u32 {
        _ if is_combining_mark(c) => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0x33ff
        | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff
        | 0xa000..=0xa4cf
        | 0xa960..=0xa97f
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// The columns of a text.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// As many characters as fit, and the rest. At least one character is taken.
pub(super) fn split(text: &str, columns_left: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += columns(c);
        if used > columns_left && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}
