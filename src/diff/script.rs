//! What a character is good for when text is cut into pieces.

use unicode_normalization::char::is_combining_mark;

/// The part that a character plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Blank,
    Letter,
    Digit,
    /// Stands on the character before it.
    Mark,
    /// A letter of a script that puts no blanks between words.
    Unspaced,
    /// 一二三…百千万: digits of such a script.
    HanNumeral,
    Currency,
    /// `%`, `‰`, `°` and the like: behind a number.
    Unit,
    /// `+`, `±`.
    Sign,
    Dash,
    Dot,
    Comma,
    Colon,
    Slash,
    Apostrophe,
    Ampersand,
    /// `#`, `@`.
    Hash,
    Open,
    /// A quotation mark.
    Quote,
    /// `<`, `=`, `§`, …: means something.
    Symbol,
    Other,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        ' ' => Class::Blank,
        '0'..='9' => Class::Digit,
        'a'..='z' | 'A'..='Z' | '_' => Class::Letter,
        '.' => Class::Dot,
        ',' => Class::Comma,
        ':' => Class::Colon,
        '/' | '\u{2044}' => Class::Slash,
        '\'' | '\u{2018}'..='\u{201b}' | '\u{2032}' => Class::Apostrophe,
        '"' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' | '「' | '」' | '『' | '』' => {
            Class::Quote
        }
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Class::Dash,
        '+' | '±' => Class::Sign,
        '%' | '‰' | '°' | '％' => Class::Unit,
        '&' => Class::Ampersand,
        '#' | '@' => Class::Hash,
        '(' | '[' | '{' => Class::Open,
        '$' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}' | '฿' | '＄' => Class::Currency,
        '<' | '>' | '=' | '~' | '^' | '|' | '§' | '×' | '÷' | '¬' | '\u{2190}'..='\u{23ff}' => {
            Class::Symbol
        }
        _ if c.is_ascii() => Class::Other,
        _ if is_combining_mark(c) => Class::Mark,
        '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
        | '万' | '萬' | '亿' | '億' | '兆' => Class::HanNumeral,
        _ if is_unspaced(c) => Class::Unspaced,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Other,
    }
}

/// Han, kana, Thai, Lao, Burmese, Khmer, Tibetan and their kin.
fn is_unspaced(c: char) -> bool {
    c.is_alphanumeric()
        && !c.is_numeric()
        && matches!(c as u32,
            0x0e00..=0x0fff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x1950..=0x19ff | 0x1a20..=0x1aaf
            | 0x3005..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa9e0..=0xa9ff
            | 0xaa60..=0xaadf | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff)
}
