//! Finds the time of day, and the offset from UTC, in a list of tokens.

use jiff::civil::Time;

use super::lex::Lexed;
use super::words::{self, Kind};
use crate::model::Precision;

/// A time of day as a text states it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    pub(super) time: Time,
    pub(super) precision: Precision,
    /// Offset from UTC in seconds, when the text names one.
    pub(super) offset: Option<i32>,
}

/// How many tokens away from the day its time may stand.
const REACH: usize = 9;

/// The time of day nearest to the day at `start..end`: after it, else before it.
pub(super) fn find(tokens: &[Lexed], start: usize, end: usize) -> Option<Clock> {
    let after = (end..tokens.len().min(end + REACH)).find_map(|at| read(tokens, at));
    after.or_else(|| (start.saturating_sub(REACH)..start).find_map(|at| read(&tokens[..start], at)))
}

fn read(tokens: &[Lexed], at: usize) -> Option<Clock> {
    let (hour, digits) = tokens.get(at)?.number()?;
    if digits > 2 {
        return packed(tokens, at, hour, digits);
    }
    let Parts { minute, second, precision, next } = parts(tokens, at)?;
    let before = at.checked_sub(1).and_then(|i| tokens[i].word());
    let half = tokens
        .get(next)
        .and_then(Lexed::word)
        .and_then(|word| half(word, tokens.get(next + 1)))
        .or_else(|| before.and_then(|word| half(word, None)));
    let hour = match half {
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Evening) if hour < 12 => hour + 12,
        _ => hour,
    };
    let part = |v: u64| i8::try_from(v).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    Some(Clock { time, precision, offset: offset(tokens, next) })
}

/// What follows an hour.
struct Parts {
    minute: u64,
    second: u64,
    precision: Precision,
    /// The token behind them.
    next: usize,
}

/// The minutes and seconds behind the hour at `at`; none when that is no hour.
fn parts(tokens: &[Lexed], at: usize) -> Option<Parts> {
    let mark = tokens.get(at + 1)?;
    let word = mark.word().unwrap_or_default();
    // A dot is a clock's only where nothing else is meant: `09.15 WIB`, not `20.06.2024` or `1.5`.
    let dotted = mark.is('.')
        && !mark.spaced
        && pair(tokens, at + 2).is_some()
        && !tokens.get(at + 3).is_some_and(|t| t.is('.') && !t.spaced);
    let whole = |next| Parts { minute: 0, second: 0, precision: Precision::Minute, next };
    if mark.is(':') || dotted || matches!(word, "h" | "u" | "時" | "时" | "點" | "点" | "시") {
        return match pair(tokens, at + 2) {
            Some(minute) => Some(seconds(tokens, minute, at + 3, dotted)),
            None => (!mark.is(':')).then(|| whole(at + 2)),
        };
    }
    (word == "uhr" || half(word, tokens.get(at + 2)).is_some()).then(|| whole(at + 1))
}

/// The seconds at `next`, where there are any, behind the minutes.
fn seconds(tokens: &[Lexed], minute: u64, mut next: usize, dotted: bool) -> Parts {
    let (mut second, mut precision) = (0, Precision::Minute);
    let more = tokens.get(next).is_some_and(|t| t.is(':') || (dotted && t.is('.')));
    if let Some(value) = pair(tokens, next + 1).filter(|_| more) {
        (second, precision, next) = (value, Precision::Second, next + 2);
        let fraction = tokens.get(next).is_some_and(|t| (t.is('.') || t.is(',')) && !t.spaced);
        if fraction && tokens.get(next + 1).is_some_and(|t| t.number().is_some() && !t.spaced) {
            next += 2;
        }
    }
    // The `분` of `9시 15분`
    if tokens.get(next).and_then(Lexed::word).is_some_and(|w| w.starts_with(['分', '분'])) {
        next += 1;
    }
    Parts { minute, second, precision, next }
}

/// Two digits below 60.
fn pair(tokens: &[Lexed], at: usize) -> Option<u64> {
    tokens
        .get(at)
        .and_then(Lexed::number)
        .filter(|&(value, digits)| digits == 2 && value < 60)
        .map(|(v, _)| v)
}

/// `091500` or `0915` after the `T` of a compact ISO time.
fn packed(tokens: &[Lexed], at: usize, value: u64, digits: u8) -> Option<Clock> {
    if tokens.get(at.checked_sub(1)?)?.word() != Some("t") {
        return None;
    }
    let (value, precision) = match digits {
        6 => (value, Precision::Second),
        4 => (value * 100, Precision::Minute),
        _ => return None,
    };
    let part = |v: u64| i8::try_from(v).ok();
    let time = Time::new(part(value / 10_000)?, part(value / 100 % 100)?, part(value % 100)?, 0).ok()?;
    Some(Clock { time, precision, offset: offset(tokens, at + 1) })
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Evening,
}

/// Half of the day: `am`, `p.m.`, `下午`, `오후`.
fn half(word: &str, next: Option<&Lexed>) -> Option<Half> {
    match word {
        "am" | "上午" | "午前" | "오전" | "πμ" | "öö" | "ص" | "凌晨" => Some(Half::Morning),
        "pm" | "下午" | "午後" | "오후" | "μμ" | "ös" | "م" | "晚上" => Some(Half::Evening),
        "a" if next.is_some_and(|t| t.is('.')) => Some(Half::Morning),
        "p" if next.is_some_and(|t| t.is('.')) => Some(Half::Evening),
        _ => None,
    }
}

/// The offset that follows a time: `Z`, `+07:00`, `-0500`, `WIB`, `GMT+7`, `(CET)`.
fn offset(tokens: &[Lexed], from: usize) -> Option<i32> {
    for at in from..tokens.len().min(from + 6) {
        if let Some(seconds) = signed(tokens, at, at == from) {
            return Some(seconds);
        }
        let Some(word) = tokens[at].word() else { continue };
        if let Some(minutes) = words::value(Kind::Zone, word) {
            let plain = minutes * 60;
            let universal = matches!(word, "utc" | "gmt");
            return Some(if universal { signed(tokens, at + 1, true).unwrap_or(plain) } else { plain });
        }
    }
    None
}

/// `+07:00`, `-0500`, `+7`: a short form counts only right behind the time or a `GMT`.
fn signed(tokens: &[Lexed], at: usize, near: bool) -> Option<i32> {
    let mark = tokens.get(at)?;
    let sign = if mark.is('+') {
        1
    } else if mark.is('-') {
        -1
    } else {
        return None;
    };
    let number = tokens.get(at + 1)?;
    let (value, digits) = number.number().filter(|_| !number.spaced)?;
    let value = i32::try_from(value).ok()?;
    let colon = tokens.get(at + 2).is_some_and(|t| t.is(':') && !t.spaced);
    let minutes = tokens.get(at + 3).and_then(Lexed::number).filter(|&(v, d)| colon && d == 2 && v < 60);
    let (hours, minutes) = match (digits, minutes) {
        (1 | 2, Some((minutes, _))) => (value, i32::try_from(minutes).ok()?),
        (4, None) => (value / 100, value % 100),
        (1 | 2, None) if near && !mark.spaced => (value, 0),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}
