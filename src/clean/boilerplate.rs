//! Whole paragraphs that belong to the page and not to the story, by a table of phrases that were
//! measured harmless. A phrase inside a paragraph is never touched.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::DraftBlock;

/// A paragraph that starts like boilerplate and is longer is a paragraph of the story.
const LONGEST: usize = 200;
/// What no story starts a paragraph with is boilerplate up to this length.
const LONGEST_LONG: usize = 600;
/// Of a long paragraph only so many characters are compared.
const HEAD: usize = 80;

struct Phrase {
    kind: Kind,
    text: &'static str,
    folded: String,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Line,
    Prefix,
    Long,
    Link,
}

/// The phrases by their first character, in the order of the table.
static PHRASES: LazyLock<HashMap<char, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<char, Vec<Phrase>> = HashMap::new();
    for line in include_str!("boilerplate.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let kind = match columns.next() {
            Some("line") => Kind::Line,
            Some("prefix") => Kind::Prefix,
            Some("long") => Kind::Long,
            _ => Kind::Link,
        };
        let Some(text) = columns.nth(1) else { continue };
        let folded = text.to_lowercase();
        let Some(first) = folded.chars().next() else { continue };
        phrases.entry(first).or_default().push(Phrase { kind, text, folded });
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
    let end = if is_long { block.text.char_indices().nth(HEAD).map(|(at, _)| at) } else { None };
    let text = block.text[..end.unwrap_or(block.text.len())].to_lowercase().replace('’', "'");
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | '【' | '('));
    let mostly_link = block.link_chars * 2 >= length;
    let phrases = PHRASES.get(&text.chars().next()?)?;
    phrases
        .iter()
        .filter(|phrase| !is_long || phrase.kind == Kind::Long)
        .find(|phrase| matches(phrase, text, mostly_link))
        .map(|phrase| phrase.text)
}

fn matches(phrase: &Phrase, text: &str, mostly_link: bool) -> bool {
    let Some(rest) = text.strip_prefix(phrase.folded.as_str()) else { return false };
    // `Lesen Sie Auchan` does not start with `lesen sie auch`.
    let bounded = !rest.starts_with(char::is_alphanumeric) || !phrase.folded.ends_with(char::is_alphanumeric);
    match phrase.kind {
        Kind::Line => rest.chars().all(|c| !c.is_alphanumeric()),
        Kind::Prefix | Kind::Long => bounded,
        Kind::Link => bounded && mostly_link,
    }
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
    }

    #[test]
    fn sentences_of_the_story_stay() {
        for text in [
            "Read more books, he told them.",
            "Advertisement spending fell by a tenth this year.",
            "Baca jugalah buku itu.",
            "Ia berkata: baca juga buku itu.",
        ] {
            assert_eq!(rule_of(text, 0), None, "{text}");
        }
        assert_eq!(rule_of(&format!("Baca juga {}", "kata ".repeat(60)), 0), None);
    }
}
