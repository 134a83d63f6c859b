//! The words of bylines. The table is data (`words.tsv`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a word does in a byline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// It opens the names of authors.
    Opener,
    /// It opens the names of people who did not write.
    Other,
    /// It makes a piece no name.
    Role,
    /// A role glued behind a name.
    Behind,
    /// It joins names.
    And,
    /// It belongs to a date behind a name.
    Time,
}

static WORDS: LazyLock<HashMap<Kind, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: HashMap<Kind, Vec<&'static str>> = HashMap::new();
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once('\t') else { continue };
        let kind = match kind {
            "opener" => Kind::Opener,
            "other" => Kind::Other,
            "role" => Kind::Role,
            "behind" => Kind::Behind,
            "and" => Kind::And,
            _ => Kind::Time,
        };
        table.entry(kind).or_default().extend(list.split(';').map(str::trim));
    }
    for list in table.values_mut() {
        // The longest first: `text von` before `text`.
        list.sort_by_key(|word| std::cmp::Reverse(word.len()));
    }
    table
});

/// The words of a kind, the longest first.
pub(super) fn words(kind: Kind) -> &'static [&'static str] {
    WORDS.get(&kind).map_or(&[], Vec::as_slice)
}
