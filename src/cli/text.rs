//! Text on a terminal: harmless, aligned, wrapped; times as people read them.

use std::io::{IsTerminal, stdout};
use std::str::Chars;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Text of the web without what could drive a terminal: escape sequences (ECMA-48), other C0 and C1
/// controls, the marks that turn the direction of text. White space becomes one blank.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in harmless(text) {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    out
}

/// As [`plain`], but line breaks and blanks stay as they are.
pub fn plain_lines(text: &str) -> String {
    harmless(text).filter(|&c| c == '\n' || !c.is_control()).collect()
}

/// The characters outside of escape sequences that steer nothing.
fn harmless(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut rest = text.chars();
    std::iter::from_fn(move || {
        loop {
            match rest.next()? {
                '\u{1b}' => skip_sequence(&mut rest),
                '\u{9b}' => skip_control_sequence(&mut rest),
                '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_string(&mut rest),
                c if !c.is_whitespace() && steers(c) => {}
                c => return Some(c),
            }
        }
    })
}

/// What follows ESC: a control sequence, a string, or one more character.
fn skip_sequence(rest: &mut Chars<'_>) {
    match rest.as_str().chars().next() {
        Some('[') => {
            rest.next();
            skip_control_sequence(rest);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => skip_string(rest),
        Some(' '..='~') => {
            rest.next();
        }
        _ => {}
    }
}

/// Parameters and the final character of a control sequence.
fn skip_control_sequence(rest: &mut Chars<'_>) {
    while let Some(c @ ' '..='~') = rest.as_str().chars().next() {
        rest.next();
        if c >= '@' {
            return;
        }
    }
}

/// A string up to its end: BEL or ST. One without an end is text after all.
fn skip_string(rest: &mut Chars<'_>) {
    let text = rest.as_str();
    let end = [("\u{7}", 1), ("\u{1b}\\", 2), ("\u{9c}", 2)]
        .iter()
        .filter_map(|(end, length)| text.find(end).map(|at| at + length))
        .min();
    if let Some(end) = end {
        *rest = text[end..].chars();
    }
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// How many columns a text takes (a fair guess for the scripts of newspapers).
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c as u32 {
        // Combining marks and zero-width characters.
        0x300..=0x36f | 0x200b..=0x200d | 0xfe00..=0xfe0f | 0x20d0..=0x20ff => 0,
        // Hangul, CJK, full-width forms, emoji.
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Text with blanks behind it, so that it takes `columns`.
pub fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Text with blanks before it.
pub fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Text in lines of at most `columns`, broken between words; each line begins with `indent`.
pub fn wrap(text: &str, columns: usize, indent: &str) -> String {
    let mut out = String::new();
    for line in text.split('\n') {
        let mut used = 0;
        for word in line.split(' ') {
            let wide = width(word);
            if used == 0 {
                out.push_str(indent);
                used = width(indent);
            } else if used + 1 + wide > columns {
                out.push('\n');
                out.push_str(indent);
                used = width(indent);
            } else {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += wide;
        }
        out.push('\n');
    }
    out
}

/// An instant as people read it: local time, to the minute.
pub fn short(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A stated time (RFC 3339) as people read it: the page's own clock, to the minute.
pub fn stated(rfc3339: &str) -> String {
    let end = rfc3339.char_indices().nth(16).map_or(rfc3339.len(), |(at, _)| at);
    plain(&rfc3339[..end].replace('T', " "))
}

/// The day of a stated time.
pub fn short_stated(rfc3339: &str) -> String {
    stated(rfc3339).split(' ').next().unwrap_or_default().to_owned()
}

/// A number of bytes as people read it.
pub fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let mut size = n as f64;
    let mut unit = 0;
    while size >= 1024.0 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{n} bytes") } else { format!("{size:.1} {}", UNITS[unit]) }
}

/// A number with its noun.
pub fn count(n: impl Into<i64>, one: &str, many: &str) -> String {
    let n = n.into();
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The columns to write in: those the environment or the terminal tells.
pub fn columns() -> usize {
    let from_environment = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|n| *n > 0);
    from_environment().or_else(terminal).unwrap_or(80)
}

/// Asks `stty`, which every Unix has: the library calls for it would need unsafe code here.
fn terminal() -> Option<usize> {
    if !stdout().is_terminal() {
        return None;
    }
    let tty = std::fs::File::open("/dev/tty").ok()?;
    let told = std::process::Command::new("stty").arg("size").stdin(tty).output().ok()?;
    let (_, columns) = std::str::from_utf8(&told.stdout).ok()?.trim().split_once(' ')?;
    columns.parse().ok().filter(|n| *n > 0)
}

/// Text that takes at most so many columns; what is left out is marked.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += char_width(*c);
        used <= columns
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// Whether a person is looking: then columns have headings and long lines are wrapped.
pub fn on_terminal() -> bool {
    stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_page_says_drives_the_terminal() {
        for (text, shown) in [
            ("\u{1b}[31mMerah\u{1b}[0m", "Merah"),
            ("\u{1b}[38;5;9mMerah\u{1b}[K lagi", "Merah lagi"),
            ("\u{1b}]0;judul\u{7}isi", "isi"),
            ("\u{1b}]8;;https://x.example\u{1b}\\tautan", "tautan"),
            ("\u{1b}]tanpa akhir", "]tanpa akhir"),
            ("\u{1b}Pq\u{9c}isi", "isi"),
            ("\u{9b}2Jbersih\u{8}\u{0}", "bersih"),
            ("\u{1b}", ""),
            ("\u{1b}cisi", "isi"),
            ("\u{1b}é", "é"),
            ("abc\u{202e}fed", "abcfed"),
            ("baris\r\nbaru\tlagi", "baris baru lagi"),
            ("  tepi  ", "tepi"),
            ("Café – “kutip” 🙂", "Café – “kutip” 🙂"),
        ] {
            assert_eq!(plain(text), shown);
        }
        assert_eq!(plain_lines("a\u{1b}[2J\n b\tc\r\n"), "a\n bc\n");
    }

    #[test]
    fn columns_are_columns() {
        assert_eq!(
            (left("ab", 4), right("ab", 4), left("abcde", 4)),
            ("ab  ".into(), "  ab".into(), "abcde".into())
        );
        assert_eq!((width("日本"), width("e\u{301}"), width("naïve")), (4, 1, 5));
        assert_eq!(wrap("satu dua tiga empat", 9, ""), "satu dua\ntiga\nempat\n");
        assert_eq!(wrap("satu dua", 8, "  "), "  satu\n  dua\n");
        assert_eq!(wrap("sepanjangkatapanjang", 5, ""), "sepanjangkatapanjang\n");
    }

    #[test]
    fn figures_are_short() {
        assert_eq!(
            (bytes(999), bytes(1536), bytes(5 << 30)),
            ("999 bytes".into(), "1.5 KiB".into(), "5.0 GiB".into())
        );
        assert_eq!(
            (count(1, "word", "words"), count(0, "word", "words")),
            ("1 word".into(), "0 words".into())
        );
        assert_eq!(stated("2026-03-01T14:05:00+07:00"), "2026-03-01 14:05");
    }
}
