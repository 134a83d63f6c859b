//! Lines that name who wrote a story, by the words that open them.

use std::sync::LazyLock;

/// Words that open a byline (`von `), and labels before a colon (`Penulis: `), in lower case.
struct Words {
    openers: Vec<&'static str>,
    labels: Vec<&'static str>,
    /// Words that open a date or a note.
    others: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let list = |kind: &str| {
        let lines = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut words: Vec<&'static str> = lines
            .filter_map(|line| line.split_once('\t'))
            .filter(|(of, _)| *of == kind)
            .flat_map(|(_, words)| words.split(';').map(str::trim))
            .collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Words { openers: list("opener"), labels: list("label"), others: list("other") }
});

/// How a line says that a name follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// `Penulis: `
    Label,
    /// `Oleh `
    Opener,
}

/// The words behind a byline's opening, in the line as written, up to the next label.
pub(super) fn named(line: &str) -> Option<(Said, &str)> {
    let lower = line.to_lowercase();
    // Positions hold only where lower case has the same length.
    if lower.len() != line.len() {
        return None;
    }
    // Searching for each label would cost more than all else here.
    let labelled: Vec<&str> =
        lower.match_indices([':', '：']).map(|(at, _)| lower[..at].trim_end()).collect();
    let is_there = |label: &&&str| labelled.iter().any(|before| before.ends_with(**label));
    let label = WORDS.labels.iter().filter(is_there).find_map(|label| {
        let at = lower.find(label)?;
        let opens = lower[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = lower[at + label.len()..].trim_start().strip_prefix([':', '：'])?;
        opens.then(|| (Said::Label, line[line.len() - rest.len()..].trim_start()))
    });
    let (said, rest) = label.or_else(|| {
        let opener = WORDS.openers.iter().find(|word| {
            lower.strip_prefix(**word).is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}', '：']))
        });
        let opened = opener.map(|word| &line[word.len()..]);
        let rest = opened.or_else(|| behind_date(line, &lower))?;
        Some((Said::Opener, rest.trim_start_matches([' ', ':', '\u{a0}', '：'])))
    })?;
    Some((said, up_to_label(rest)))
}

/// `Sari Dewi Sumber: Kabar` up to `Sumber`.
fn up_to_label(text: &str) -> &str {
    let Some(colon) = text.find(": ") else { return text };
    text[..colon].rfind(' ').map_or(text, |end| text[..end].trim_end())
}

/// `20.06.2024 13:30 von Sari`: a date, then the opener.
fn behind_date<'t>(line: &'t str, lower: &str) -> Option<&'t str> {
    let dated = lower.starts_with(|c: char| c.is_ascii_digit());
    let at = [" von ", " by ", " oleh ", " par ", " por "]
        .iter()
        .filter(|_| dated)
        .find_map(|word| lower.find(word).map(|at| at + word.len()))?;
    lower[..at].contains(|c: char| c.is_ascii_digit()).then(|| &line[at..])
}

/// Whether a text starts as a person's name does: with a word in capitals that opens no date or note.
pub(super) fn opens_like_a_name(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let bare = first.trim_end_matches([',', ':', '.']).to_lowercase();
    !WORDS.others.contains(&bare.as_str()) && starts_with_capital(text)
}

fn starts_with_capital(text: &str) -> bool {
    text.split_whitespace().next().and_then(|word| word.chars().next()).is_some_and(|c| {
        c.is_uppercase() || !(c.is_lowercase() || c.is_numeric() || c.is_ascii_punctuation())
    })
}

/// Whether a text is names and nothing else: words with capitals, particles, the words for "and".
pub(super) fn is_names(text: &str) -> bool {
    const SMALL: [&str; 26] = [
        "von", "van", "de", "der", "den", "da", "di", "del", "della", "do", "dos", "du", "la", "le", "el",
        "al", "bin", "binti", "zu", "y", "e", "und", "and", "dan", "et", "en",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = |word: &&str| {
        let bare = word.trim_matches([',', '.', '(', ')', ':']);
        SMALL.contains(&bare) || bare == "&" || starts_with_capital(bare)
    };
    (1..=8).contains(&words.len())
        && text.chars().count() <= 70
        && opens_like_a_name(text)
        && words.iter().all(name)
        && !text
            .contains(|c: char| c.is_numeric() || matches!(c, '?' | '!' | '"' | '“' | '„' | '»' | '«' | '…'))
}
