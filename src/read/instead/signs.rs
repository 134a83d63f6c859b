//! The signs by which such pages are known, as data.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::dom::Selector;
use crate::model::Instead;

/// What `signs.tsv` says.
pub(super) struct Signs {
    /// Whole parts of titles, and headlines.
    pub(super) titles: HashMap<&'static str, Vec<Instead>>,
    /// Words within a text.
    pub(super) texts: Vec<(Instead, &'static str)>,
    /// Elements.
    pub(super) selectors: Vec<(Instead, Selector)>,
    /// Parts of the addresses that redirects lead to.
    pub(super) addresses: HashMap<&'static str, Instead>,
    /// What the button of a request for consent says.
    pub(super) accepts: HashSet<&'static str>,
    /// What a request for consent speaks of.
    pub(super) consent: Vec<&'static str>,
}

pub(super) static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let mut signs = Signs {
        titles: HashMap::new(),
        texts: Vec::new(),
        selectors: Vec::new(),
        addresses: HashMap::new(),
        accepts: HashSet::new(),
        consent: Vec::new(),
    };
    for (what, place, words) in rows() {
        match place {
            "title" => signs.titles.entry(words).or_default().push(what),
            "text" => signs.texts.push((what, words)),
            "select" => signs.selectors.extend(Selector::parse(words).ok().map(|found| (what, found))),
            "address" => {
                signs.addresses.insert(words, what);
            }
            "accept" => {
                signs.accepts.insert(words);
            }
            _ => signs.consent.push(words),
        }
    }
    signs
});

fn rows() -> impl Iterator<Item = (Instead, &'static str, &'static str)> {
    include_str!("signs.tsv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let what = columns.next().and_then(Instead::from_stored)?;
        let place = columns.next()?;
        Some((what, place, columns.nth(1)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood_and_folded() {
        let text = include_str!("signs.tsv");
        assert_eq!(rows().count(), text.lines().filter(|line| !line.starts_with('#')).count());
        for (what, place, words) in rows() {
            match place {
                "select" => assert!(Selector::parse(words).is_ok(), "{what:?}: {words}"),
                "title" | "text" | "accept" => {
                    assert_eq!(words, super::super::seen::folded(words), "{what:?}, {place}");
                }
                "address" | "word" => assert!(!words.is_empty()),
                other => panic!("no place is called {other}"),
            }
        }
    }
}
