//! Whole paragraphs that belong to the page and not to the story, by a table of phrases that were
//! measured harmless. A phrase inside a paragraph is never touched.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::model::DraftBlock;

/// A paragraph that starts like boilerplate and is longer is a paragraph of the story.
const LONGEST: usize = 200;
/// What no story starts a paragraph with is boilerplate up to this length.
const LONGEST_LONG: usize = 600;
/// Of a long paragraph only so many characters are compared.
const HEAD: usize = 80;
/// A longer line that tells when a page was changed, or how long reading it takes, tells more.
const LONGEST_TIME: usize = 60;
/// Stands for any words in a phrase.
const ANY: &str = " … ";

struct Phrase {
    kind: Kind,
    text: &'static str,
    /// What the paragraph starts with.
    head: String,
    /// What it holds behind that.
    tail: Option<String>,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Line,
    Prefix,
    Long,
    Link,
    Stamp,
    Time,
    Count,
}

#[derive(Default)]
struct Phrases {
    /// By their first character, in the order of the table.
    starting: HashMap<char, Vec<Phrase>>,
    /// Those that may stand anywhere in a line.
    times: Vec<Phrase>,
    /// What is counted: a line of its own with a number.
    counts: HashSet<&'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for line in include_str!("boilerplate.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = match columns.next() {
            Some("line") => Kind::Line,
            Some("prefix") => Kind::Prefix,
            Some("long") => Kind::Long,
            Some("stamp") => Kind::Stamp,
            Some("time") => Kind::Time,
            Some("count") => Kind::Count,
            _ => Kind::Link,
        };
        let Some(text) = columns.nth(1) else { continue };
        let (head, tail) = text.split_once(ANY).map_or((text, None), |(head, tail)| (head, Some(tail)));
        let phrase = Phrase { kind, text, head: head.to_lowercase(), tail: tail.map(str::to_lowercase) };
        match phrase.head.chars().next() {
            Some(_) if phrase.kind == Kind::Time => phrases.times.push(phrase),
            Some(_) if phrase.kind == Kind::Count => {
                phrases.counts.insert(phrase.text);
            }
            Some(first) => phrases.starting.entry(first).or_default().push(phrase),
            None => {}
        }
    }
    phrases
});

/// The phrase by which a paragraph is boilerplate.
pub(super) fn rule(block: &DraftBlock) -> Option<&'static str> {
    let length = block.text.chars().count();
    if length > LONGEST_LONG {
        return None;
    }
    let is_long = length > LONGEST;
    let head = block.text.char_indices().nth(HEAD).filter(|_| is_long);
    let text = block.text[..head.map_or(block.text.len(), |(at, _)| at)].to_lowercase().replace('’', "'");
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '【' | '('));
    let mostly_link = block.link_chars * 2 >= length;
    let starting = PHRASES.starting.get(&text.chars().next()?).into_iter().flatten();
    let is_time = length <= LONGEST_TIME && text.contains(char::is_numeric);
    starting
        .filter(|phrase| match phrase.kind {
            Kind::Long => true,
            Kind::Stamp => is_time,
            _ => !is_long,
        })
        .find(|phrase| phrase.opens(text, mostly_link))
        .or_else(|| PHRASES.times.iter().find(|phrase| is_time && text.contains(&phrase.head)))
        .map(|phrase| phrase.text)
        .or_else(|| is_time.then(|| counted(text)).flatten())
}

/// What a line counts that tells nothing else: how often a page was read. It is another one at every visit.
fn counted(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| c.is_numeric() || !(c.is_alphanumeric() || is_mark(c)));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    PHRASES.counts.get(words.join(" ").as_str()).copied()
}

/// Vowels and accents that stand above or below a letter.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl Phrase {
    /// Whether a paragraph, folded, starts with it.
    fn opens(&self, text: &str, mostly_link: bool) -> bool {
        let Some(mut rest) = text.strip_prefix(self.head.as_str()) else { return false };
        // `Lesen Sie Auchan` does not start with `lesen sie auch`.
        if !is_bounded(&self.head, rest) && self.kind != Kind::Line {
            return false;
        }
        if let Some(tail) = &self.tail {
            let Some((_, behind)) = rest.split_once(tail.as_str()) else { return false };
            rest = behind;
        }
        match self.kind {
            Kind::Line => rest.chars().all(|c| !c.is_alphanumeric()),
            Kind::Prefix | Kind::Long | Kind::Stamp => {
                is_bounded(self.tail.as_ref().unwrap_or(&self.head), rest)
            }
            Kind::Link => mostly_link,
            Kind::Time | Kind::Count => false,
        }
    }
}

/// Whether a word ends where a phrase does.
fn is_bounded(phrase: &str, rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric) || !phrase.ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;

    fn rule_of(text: &str, link_chars: usize) -> Option<&'static str> {
        rule(&DraftBlock { kind: BlockKind::Paragraph, text: text.to_owned(), link_chars })
    }

    #[test]
    fn whole_paragraphs_are_known_as_boilerplate() {
        assert_eq!(rule_of("Baca juga: Harga cabai naik lagi", 23), Some("baca juga"));
        assert_eq!(rule_of("ADVERTISEMENT", 0), Some("advertisement"));
        assert_eq!(rule_of("• Lesen Sie auch: Ein anderer Text", 20), Some("lesen sie auch"));
        assert_eq!(rule_of("Read more: another story of ours", 25), Some("read more"));
        let posted = format!("This entry was posted in {}.", "a long list of rubrics, ".repeat(12));
        assert_eq!(rule_of(&posted, 0), Some("this entry was posted"));
        let follow = "Follow Kabar Kita on Facebook, Twitter and Instagram.";
        assert_eq!(rule_of(follow, 0), Some("follow … on facebook,"));
        assert_eq!(rule_of("3 Mei 2024 · 4 menit baca", 0), Some("menit baca"));
        assert_eq!(rule_of("Diperbarui pada 3 Mei 2024", 0), Some("diperbarui pada"));
        for (text, phrase) in [
            ("Dibaca 1.234 kali", "dibaca kali"),
            ("12,345 Views", "views"),
            ("Post Views: 77", "post views"),
            ("阅读(1024)", "阅读"),
            ("Просмотров: 15", "просмотров"),
            ("बार 12 पढ़ा गया", "बार पढ़ा गया"),
        ] {
            assert_eq!(rule_of(text, 0), Some(phrase), "{text}");
        }
    }

    /// What stands before the first letter of a paragraph is not compared, so a phrase may not begin with it.
    #[test]
    fn every_phrase_can_be_met_and_stands_once() {
        let phrases = || PHRASES.starting.values().flatten().chain(&PHRASES.times);
        for phrase in phrases() {
            let first = phrase.head.chars().next();
            assert!(
                first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | '【' | '(')),
                "{}",
                phrase.text
            );
            let twins = phrases().filter(|other| other.text == phrase.text && other.kind == phrase.kind);
            assert_eq!(twins.count(), 1, "{}", phrase.text);
        }
    }

    #[test]
    fn sentences_of_the_story_stay() {
        for text in [
            "Read more books, he told them.",
            "Advertisement spending fell by a tenth this year.",
            "Baca jugalah buku itu.",
            "Ia berkata: baca juga buku itu.",
            "Follow these steps that a reader shared on Facebook to plant a tree.",
            "Her lesezeit was a short one.",
            "Views of 12 villages.",
            "Dibaca 12 kali oleh warga.",
            "Views",
            "The list was published on 3 May.",
        ] {
            assert_eq!(rule_of(text, 0), None, "{text}");
        }
        assert_eq!(rule_of(&format!("Baca juga {}", "kata ".repeat(60)), 0), None);
    }
}
