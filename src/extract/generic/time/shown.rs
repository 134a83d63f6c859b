//! The dates that a reader sees, each judged by where it stands and what stands beside it.

use std::sync::LazyLock;

use regex::Regex;

use crate::extract::generic::near::Near;
use crate::extract::generic::page::Page;
use crate::extract::{Asked, date};
use crate::model::When;

/// A longer line is no date line.
const LONGEST: usize = 160;
/// A line without a number may say "yesterday", when it is short.
const LONGEST_IN_WORDS: usize = 40;
/// What words and shape of a line give at most.
const MOST: f64 = 3.6;
/// Near the headline.
const BESIDE: f64 = 2.0;

/// A visible date.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    pub(super) when: When,
    /// How much speaks for it.
    pub(super) points: f64,
    /// Whether it is said to be the time of a change.
    pub(super) is_change: bool,
    /// Whether it stands behind the headline: over it, it may be today's.
    pub(super) is_behind: bool,
    /// Whether the page states a day, and does not count from now.
    pub(super) stated: bool,
}

/// The best of the dates on the page; `beside` takes only those near the headline.
pub(super) fn best(
    asked: &Asked<'_>,
    page: &Page<'_>,
    near: &Near,
    opening: Option<&str>,
    beside: bool,
) -> Option<Shown> {
    let mut best = opening.and_then(|text| at_head(asked, text));
    for (at, elem) in page.elems.iter().enumerate() {
        let time = elem.node.name() == "time";
        let wordy = elem.text > LONGEST_IN_WORDS && !elem.numbered;
        if elem.text > LONGEST || !time && (elem.text < 5 || wordy) {
            continue;
        }
        let place = near.place(at);
        if beside && place < BESIDE || best.as_ref().is_some_and(|best| place + MOST <= best.points) {
            continue;
        }
        let text = page.line(at);
        let machine = if time { elem.node.attr("datetime") } else { None };
        if machine.is_none() && !text.contains(char::is_numeric) {
            continue;
        }
        let around = &page.elems[elem.parent];
        let in_text = !time && elem.parent != at && around.text > LONGEST && around.node.name() == "p";
        let place = Place { points: place, class: elem.class, time, in_text };
        let shown = judged(asked, &text, machine, &place);
        best = match (best, shown) {
            (Some(best), Some(shown)) if shown.points <= best.points => Some(best),
            (best, shown) => shown.or(best),
        };
    }
    best
}

/// Where a date stands.
struct Place<'t> {
    /// What nearness to the headline gives.
    points: f64,
    /// The classes of its element.
    class: &'t str,
    /// Whether the element is a `<time>`.
    time: bool,
    /// Whether it stands in a paragraph.
    in_text: bool,
}

/// The date of a line, with what speaks for it.
fn judged(asked: &Asked<'_>, text: &str, machine: Option<&str>, place: &Place<'_>) -> Option<Shown> {
    let part = part(text);
    let when = machine.and_then(|text| asked.date(text)).or_else(|| asked.date(part.text))?;
    let stated = machine.is_some() || !date::is_relative(part.text, asked.language);
    let points = place.points + points(&part, text, place, &when)
        // Told from now, it is good only as long as the page is fresh.
        - if stated { 0.0 } else { 1.0 }
        - if place.in_text { 2.0 } else { 0.0 };
    tracing::trace!(points, ?text, "date");
    let is_behind = place.points > BESIDE || part.kind.is_some();
    Some(Shown { when, points, is_change: part.kind == Some(Kind::Changed), is_behind, stated })
}

/// `20.06.2024 – Warga menanam …`: a date at the head of the text.
fn at_head(asked: &Asked<'_>, text: &str) -> Option<Shown> {
    let (head, rest) = text.split_once([' ', '\u{a0}'])?;
    let dash = rest.trim_start().starts_with(['-', '–', '—', ':', '|', '/']);
    let when = asked.date(head).filter(|_| dash && head.len() >= 8)?;
    Some(Shown { when, points: 3.6, is_change: false, is_behind: true, stated: true })
}

/// What a word beside a date says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Published,
    Changed,
    Other,
}

/// The words of each kind: one search finds the first of any.
static LABELS: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let lines = include_str!("labels.tsv").lines().filter(|line| !line.starts_with('#'));
    let kinds = lines.filter_map(|line| line.split_once('\t')).filter_map(|(kind, words)| {
        let kind = match kind {
            "published" => Kind::Published,
            "changed" => Kind::Changed,
            _ => Kind::Other,
        };
        let words: Vec<String> = words.split(';').map(|word| regex::escape(word.trim())).collect();
        Some((kind, Regex::new(&words.join("|")).ok()?))
    });
    kinds.collect()
});

/// The part of a line that holds the date of publication, and what the words say.
struct Part<'t> {
    text: &'t str,
    kind: Option<Kind>,
}

/// `Updated 3 May 2024 | Published 1 May 2024` holds two dates: the part with the best label counts.
fn part(line: &str) -> Part<'_> {
    let lower = line.to_lowercase();
    // Positions hold only where lower case has the same length.
    let find = |kind: Kind| {
        let labels = LABELS.iter().filter(|(of, _)| *of == kind);
        labels.filter_map(|(_, words)| words.find(&lower)).map(|found| found.start()).min()
    };
    let cut = |at: usize| if lower.len() == line.len() { line.get(at..).unwrap_or(line) } else { line };
    let until = |at: usize| if lower.len() == line.len() { line.get(..at).unwrap_or(line) } else { line };
    let has_digit = |text: &str| text.contains(|c: char| c.is_numeric());
    match (find(Kind::Published), find(Kind::Changed)) {
        (Some(published), Some(changed)) if published < changed => {
            Part { text: &until(changed)[published.min(until(changed).len())..], kind: Some(Kind::Published) }
        }
        (Some(published), _) => Part { text: cut(published), kind: Some(Kind::Published) },
        (None, Some(changed)) if has_digit(until(changed)) => Part { text: until(changed), kind: None },
        (None, Some(changed)) => Part { text: cut(changed), kind: Some(Kind::Changed) },
        (None, None) => {
            // Behind the date such a word belongs to something else: a link to the comments.
            let digit = lower.find(|c: char| c.is_numeric()).unwrap_or(lower.len());
            Part { text: line, kind: find(Kind::Other).filter(|&at| at < digit).map(|_| Kind::Other) }
        }
    }
}

fn points(part: &Part<'_>, line: &str, place: &Place<'_>, when: &When) -> f64 {
    const NAMES: [&str; 9] =
        ["date", "time", "publish", "datum", "posted", "tanggal", "fecha", "waktu", "stand"];
    let class = place.class.to_ascii_lowercase();
    let named = NAMES.iter().any(|name| class.contains(name));
    let mut points = if named || place.time { 1.0 } else { 0.0 };
    points += match part.kind {
        Some(Kind::Published) if follows(part.text) && !is_sentence(line) => 1.8,
        Some(Kind::Published) => 0.8,
        Some(Kind::Changed) => -0.8,
        Some(Kind::Other) => -2.0,
        None => 0.0,
    };
    if part.kind != Some(Kind::Published) && is_sentence(line) {
        points -= 1.0;
    }
    // Before there were pages on the web, a date is one that the story tells of.
    if when.at.as_second() < 757_382_400 {
        points -= 2.0;
    }
    match line.chars().count() {
        0..=30 => points + 0.8,
        31..=60 => points + 0.4,
        _ if part.kind == Some(Kind::Published) => points,
        _ => points - 0.5,
    }
}

/// Whether the date stands right behind its label.
fn follows(text: &str) -> bool {
    text.char_indices().take(20).any(|(_, c)| c.is_numeric())
}

/// Whether a line tells something: many words that neither a date nor a byline has.
fn is_sentence(line: &str) -> bool {
    let small = line
        .split_whitespace()
        .filter(|word| word.chars().count() > 2 && word.chars().all(char::is_lowercase));
    small.count() > 3 || line.contains(['[', '?', '!'])
}
