//! Whether a number is part of a date or a time, judged by its form and its neighbours.

use super::lexicon::{AT, FROM_NOW, IN, MONTH, MONTH_SHORT, SPAN, ZONE};
use super::token::{Kind, Piece};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// An amount.
    Number,
    /// A date or a time.
    Date,
    /// `3/10`: could be either.
    Either,
}

/// Reads the number at `at`.
pub(super) fn read(pieces: &[Piece], at: usize) -> Reading {
    let word = |i: Option<usize>| {
        i.and_then(|i| pieces.get(i))
            .filter(|p| p.is_word())
            .map(|p| p.key().to_lowercase())
            .unwrap_or_default()
    };
    let (before, after) = (word(at.checked_sub(1)), word(Some(at + 1)));
    let month = |word: &str| MONTH.has(word) || MONTH_SHORT.has(word);
    let text = pieces[at].key();
    if dated(&before, &after, month) || year(text) && (IN.has(&before) || month_near(pieces, at)) {
        return Reading::Date;
    }
    let from_now = || {
        let next = word(Some(at + 2));
        SPAN.has(&after) && (FROM_NOW.has(&next) || next == "the" || next == "sebelumnya")
    };
    if from_now() {
        return Reading::Date;
    }
    form(text)
}

fn dated(before: &str, after: &str, month: impl Fn(&str) -> bool) -> bool {
    month(before) || month(after) || AT.has(before) || ZONE.has(after)
}

/// `October 21, 2025`: the month stands a few pieces before the year.
fn month_near(pieces: &[Piece], at: usize) -> bool {
    pieces[at.saturating_sub(4)..at]
        .iter()
        .any(|p| p.kind == Kind::Word && { MONTH.has(&p.key().to_lowercase()) })
}

fn year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1800..2100).contains(&year))
}

/// By its form alone: `21/10/2025`, `2025-10-21`, `20:43`, `21/10`.
fn form(text: &str) -> Reading {
    let parts: Vec<&str> =
        text.split(['/', '-', ':', '.', 'T', '+', 'Z']).filter(|p| !p.is_empty()).collect();
    if !parts.iter().all(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit())) {
        return Reading::Number;
    }
    let value = |i: usize| parts.get(i).and_then(|p| p.parse::<u16>().ok()).unwrap_or(u16::MAX);
    let day = |n: u16| (1..=31).contains(&n);
    let only = |sign: char| text.chars().all(|c| c.is_ascii_digit() || c == sign);
    match parts.len() {
        // 2025-10-21…, with or without a time behind it.
        3.. if year(parts[0]) && value(1) <= 12 && day(value(2)) => Reading::Date,
        // 21/10/2025, 21-10-25, 21.10.2025; 10/21/2025.
        3 if day(value(0)) && day(value(1)) && (year(parts[2]) || parts[2].len() == 2 && !only('.')) => {
            Reading::Date
        }
        2 if only(':') && value(0) < 25 && parts[1].len() == 2 && value(1) < 60 => Reading::Date,
        3 if only(':') && value(0) < 25 && value(1) < 60 => Reading::Date,
        2 if only('/') && day(value(0)) && day(value(1)) && value(0).min(value(1)) <= 12 => {
            if value(0).max(value(1)) > 12 { Reading::Date } else { Reading::Either }
        }
        _ => Reading::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::pieces;
    use super::*;

    #[test]
    fn dates_and_times_are_told_from_amounts() {
        use Reading::{Date, Either, Number};
        for (text, expected) in [
            ("Selasa (21/10/2025)", Date),
            ("pada 21 Oktober", Date),
            ("October 21", Date),
            ("tahun 2024", Date),
            ("in 2024", Date),
            ("pukul 10.15", Date),
            ("10.15 WIB", Date),
            ("kabar 2 jam lalu", Date),
            ("2 hours ago", Date),
            ("2025-10-21T20:43:00+07:00", Date),
            ("20:43", Date),
            ("21/10", Date),
            ("3/10", Either),
            ("5 tewas", Number),
            ("5,95 persen", Number),
            ("Rp3.500", Number),
            ("2-1", Number),
            ("10.15 ton", Number),
            ("2024 orang", Number),
            ("3 months in jail", Number),
            ("Covid-19", Number),
            ("192.168.1.1", Number),
        ] {
            let pieces = pieces(text);
            let at = pieces.iter().position(|p| p.kind == Kind::Number).unwrap();
            assert_eq!(read(&pieces, at), expected, "{text}");
        }
    }
}
