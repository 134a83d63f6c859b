//! How much of one text stands in another: by the runs of four words they share.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::words;

/// Words in a run.
const RUN: usize = 4;

/// The runs of words of a text.
#[derive(Debug, Default)]
pub(super) struct Gist(HashSet<u64>);

impl Gist {
    /// The runs of some texts; none crosses from one text to the next.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut runs = HashSet::new();
        for text in texts {
            runs.extend(hashes(text));
        }
        Self(runs)
    }

    /// The share of these runs that the other has, too; 0 when there are none.
    pub(super) fn share_in(&self, other: &Self) -> f64 {
        ratio(self.0.intersection(&other.0).count(), self.0.len())
    }

    /// The share of a text's runs that are known here.
    pub(super) fn share_of(&self, text: &str) -> f64 {
        let runs = hashes(text);
        ratio(runs.iter().filter(|run| self.0.contains(run)).count(), runs.len())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn hashes(text: &str) -> Vec<u64> {
    let words = words(text);
    let hash = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    if words.len() < RUN {
        return if words.is_empty() { Vec::new() } else { vec![hash(&words)] };
    }
    words.windows(RUN).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counted_in_runs_of_words() {
        let gist = |text| Gist::of([text]);
        let whole = gist("satu dua tiga empat lima enam tujuh delapan");
        assert!((gist("Satu, dua tiga empat lima").share_in(&whole) - 1.0).abs() < f64::EPSILON);
        assert!((whole.share_in(&gist("satu dua tiga empat lima")) - 0.4).abs() < f64::EPSILON);
        assert!(gist("").share_in(&whole).abs() < f64::EPSILON);
        assert!(whole.share_of("lain sama sekali bukan itu").abs() < f64::EPSILON);
        assert_eq!(words("東京 no-1"), ["東", "京", "no", "1"]);
    }
}
