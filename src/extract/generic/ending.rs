//! Where a story ends: headings such as "Related stories" behind which only furniture follows.

use std::collections::HashSet;
use std::sync::LazyLock;

struct Endings {
    whole: HashSet<&'static str>,
    beginnings: Vec<&'static str>,
}

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    let mut endings = Endings { whole: HashSet::new(), beginnings: Vec::new() };
    for line in include_str!("endings.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((_, phrase)) = line.split_once('\t') else { continue };
        match phrase.strip_suffix('*') {
            Some(beginning) => {
                endings.whole.insert(beginning.trim());
                endings.beginnings.push(beginning);
            }
            None => {
                endings.whole.insert(phrase.trim_end_matches(':'));
            }
        }
    }
    endings
});

/// A longer line is a sentence.
const LONGEST: usize = 70;

/// Whether a line says that the story is over.
pub(super) fn is_ending(line: &str) -> bool {
    if line.chars().count() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let sentence = lower.trim_end().ends_with(['.', '!', '?']);
    let line = lower.trim_matches(|c: char| !c.is_alphanumeric());
    ENDINGS.whole.contains(line)
        || (!sentence && ENDINGS.beginnings.iter().any(|beginning| begins(line, beginning)))
}

/// Whether a line begins with a phrase; one that ends in a blank must end where a word does, be it
/// before a blank or a colon.
fn begins(line: &str, phrase: &str) -> bool {
    let Some(rest) = line.strip_prefix(phrase.trim_end()) else { return false };
    !phrase.ends_with(' ') || rest.starts_with(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_end_a_story_are_known() {
        for line in
            ["Related Stories", "MORE FROM KABAR", "Baca juga: Harga beras", "Kommentare (3)", "Quellen:"]
        {
            assert!(is_ending(line), "{line}");
        }
        for line in ["Related work was found in the cellar.", "Harga beras naik", "More than a hundred", ""] {
            assert!(!is_ending(line), "{line}");
        }
    }
}
