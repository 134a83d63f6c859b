//! Finds the calendar day in a list of tokens.

use jiff::civil::Date;

use super::lex::{Lexed, Token};
use super::words;

/// A day and the tokens that name it: `start..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The first calendar day with day, month and year.
pub(super) fn find(tokens: &[Lexed], language: Option<&str>) -> Option<Day> {
    (0..tokens.len()).find_map(|start| {
        let cursor = Cursor { tokens, language };
        let (date, end) = cursor
            .year_first(start)
            .or_else(|| cursor.compact(start))
            .or_else(|| cursor.day_first(start))
            .or_else(|| cursor.month_word_first(start))?;
        Some(Day { date, start, end })
    })
}

#[derive(Clone, Copy)]
struct Cursor<'a> {
    tokens: &'a [Lexed],
    language: Option<&'a str>,
}

impl Cursor<'_> {
    fn number(self, at: usize, most: u8) -> Option<u64> {
        self.tokens.get(at)?.number().filter(|&(_, digits)| digits <= most).map(|(value, _)| value)
    }

    /// A year of four digits; the Buddhist era of Thai pages is counted back.
    fn year(self, at: usize) -> Option<i16> {
        let (value, digits) = self.tokens.get(at)?.number()?;
        if digits != 4 {
            return None;
        }
        let year = if (2400..2700).contains(&value) { value - 543 } else { value };
        (1900..2100).contains(&year).then(|| i16::try_from(year).ok()).flatten()
    }

    /// A year of four digits, or of two, which is one of the last hundred years.
    fn short_year(self, at: usize) -> Option<i16> {
        self.year(at).or_else(|| {
            let (value, digits) = self.tokens.get(at)?.number()?;
            let century = if value < 70 { 2000 } else { 1900 };
            (digits == 2).then(|| i16::try_from(value + century).ok()).flatten()
        })
    }

    fn month_word(self, at: usize) -> Option<(u8, usize)> {
        let word = self.tokens.get(at)?.word()?;
        if word == "tháng" {
            return Some((u8::try_from(self.number(at + 1, 2)?).ok()?, at + 2));
        }
        let two = || {
            let next = self.tokens.get(at + 1)?.word()?;
            match (word, next) {
                ("كانون", "الثاني") => Some(1),
                ("كانون", "الأول") => Some(12),
                ("تشرين", "الأول") => Some(10),
                ("تشرين", "الثاني") => Some(11),
                _ => None,
            }
        };
        if let Some(month) = two() {
            return Some((month, at + 2));
        }
        words::month(word, self.language).map(|month| (month, at + 1))
    }

    fn is(self, at: usize, marks: &[char]) -> bool {
        self.tokens.get(at).is_some_and(|t| marks.iter().any(|&mark| t.is(mark)))
    }

    /// Past marks and small words that may stand between day, month and year.
    fn skip(self, mut at: usize) -> usize {
        const SMALL: [&str; 24] = [
            "de",
            "del",
            "of",
            "st",
            "nd",
            "rd",
            "th",
            "er",
            "º",
            "ª",
            "a",
            "á",
            "den",
            "the",
            "d",
            "m",
            "r",
            "tháng",
            "năm",
            "р",
            "г",
            "ทื่",
            "พ",
            "ta",
        ];
        for _ in 0..3 {
            let more = match self.tokens.get(at).map(|t| &t.token) {
                Some(Token::Mark('.' | ',' | '/' | '-' | '،' | 'º' | 'ª' | '°' | '\'')) => true,
                Some(Token::Word(word)) => word != "tháng" && SMALL.contains(&word.as_str()),
                _ => false,
            };
            if !more {
                break;
            }
            at += 1;
        }
        at
    }

    /// `2024-06-20`, `2024/6/20`, `2024. 6. 20.`, `2024年6月20日`, `2024. június 20.`
    fn year_first(self, start: usize) -> Option<(Date, usize)> {
        let year = self.year(start)?;
        let unit = |at: usize, names: &[&str]| {
            self.tokens.get(at)?.word().filter(|w| names.iter().any(|n| w.starts_with(n)))
        };
        if unit(start + 1, &["年", "년"]).is_some() {
            let month = self.number(start + 2, 2)?;
            unit(start + 3, &["月", "월"])?;
            let day = self.number(start + 4, 2)?;
            return date(year, month, day).map(|d| (d, start + 6));
        }
        let parted = [start + 1, start + 3].iter().all(|&at| self.is(at, &['-', '/', '.']));
        if let (true, Some(month), Some(day)) = (parted, self.number(start + 2, 2), self.number(start + 4, 2))
        {
            return date(year, month, day).map(|d| (d, start + 5));
        }
        let (month, next) = self.month_word(self.skip(start + 1))?;
        let day = self.skip(next);
        // `12 Mei 2024 Juni 5` cannot be meant; a day of one or two digits must follow.
        date(year, u64::from(month), self.number(day, 2)?).map(|d| (d, day + 1))
    }

    /// `20240620`, alone or before a `T`.
    fn compact(self, start: usize) -> Option<(Date, usize)> {
        let (value, 8) = self.tokens.get(start)?.number()? else { return None };
        let year = i16::try_from(value / 10_000).ok().filter(|year| (1990..2100).contains(year))?;
        date(year, value / 100 % 100, value % 100).map(|d| (d, start + 1))
    }

    /// `20 Juni 2024`, `20. Juni 2024`, `20/06/2024`, `20.06.24`, `20 de junio de 2024`.
    fn day_first(self, start: usize) -> Option<(Date, usize)> {
        let first = self.number(start, 2)?;
        for mark in ['/', '.', '-'] {
            if !self.is(start + 1, &[mark]) {
                continue;
            }
            if let Some(second) = self.number(start + 2, 2) {
                let year = self.is(start + 3, &[mark]).then(|| self.short_year(start + 4)).flatten();
                if let Some(year) = year {
                    let us = mark != '.' && words::month_first(self.language);
                    let (day, month) = match (us, first > 12, second > 12) {
                        (_, false, true) => (second, first),
                        (true, false, _) => (second, first),
                        _ => (first, second),
                    };
                    return date(year, month, day).map(|d| (d, start + 5));
                }
            }
        }
        let (month, next) = self.month_word(self.skip(start + 1))?;
        let at = self.skip(next);
        let year = self.year(at).or_else(|| {
            // `20 Jun 24`, but not `20 Jun 09:15`
            self.short_year(at).filter(|_| !self.is(at + 1, &[':', '.']))
        })?;
        date(year, u64::from(month), first).map(|d| (d, at + 1))
    }

    /// `June 20, 2024`, `Jun. 20 2024`; and `Jun 20 09:15:00 WIB 2024`, where the clock stands between.
    fn month_word_first(self, start: usize) -> Option<(Date, usize)> {
        let (month, next) = self.month_word(start)?;
        let at = self.skip(next);
        let day = self.number(at, 2)?;
        let year = self.skip(at + 1);
        if let Some(year_number) = self.year(year) {
            return date(year_number, u64::from(month), day).map(|d| (d, year + 1));
        }
        let clock = self.number(at + 1, 2).is_some() && self.is(at + 2, &[':']);
        let year = (at + 4..at + 10).find_map(|at| self.year(at)).filter(|_| clock)?;
        date(year, u64::from(month), day).map(|d| (d, at + 1))
    }
}

fn date(year: i16, month: u64, day: u64) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
