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
                endings.beginnings.push(beginning.trim_end());
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
pub(in crate::extract) fn is_ending(line: &str) -> bool {
    if line.chars().count() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let line = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let whole = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    ENDINGS.whole.contains(whole)
        || ENDINGS.beginnings.iter().any(|beginning| {
            let sentence = line.ends_with(['.', '!', '?']) && !line.ends_with("...");
            let begins = line.strip_prefix(beginning);
            !sentence && begins.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
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
