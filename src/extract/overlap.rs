//! How much of one text stands in another: by the runs of four words they share.

use std::collections::HashSet;
use std::hash::BuildHasher;

use crate::dom::FastState;
use crate::model::each_word;

/// Words in a run.
const RUN: usize = 4;

/// The runs of words of a text.
#[derive(Debug, Default)]
pub(super) struct Gist(HashSet<u64, FastState>);

impl Gist {
    /// The runs of some texts; none crosses from one text to the next.
    pub(super) fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let (mut runs, mut words) = (HashSet::default(), Vec::new());
        for text in texts {
            runs.extend(runs_of(text, &mut words));
        }
        Self(runs)
    }

    /// The share of these runs that the other has, too; 0 when there are none.
    pub(super) fn share_in(&self, other: &Self) -> f64 {
        ratio(self.0.intersection(&other.0).count(), self.0.len())
    }

    /// The share of a text's runs that are known here.
    pub(super) fn share_of(&self, text: &str) -> f64 {
        let (mut known, mut all) = (0, 0);
        for run in runs_of(text, &mut Vec::new()) {
            known += usize::from(self.0.contains(&run));
            all += 1;
        }
        ratio(known, all)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The hashes of a text's runs; of a text shorter than a run, the hash of the whole. `words` is room to
/// work in.
fn runs_of<'w>(text: &str, words: &'w mut Vec<u64>) -> impl Iterator<Item = u64> + use<'w> {
    words.clear();
    let state = FastState::default();
    each_word(text, |word| words.push(state.hash_one(word)));
    let run = RUN.min(words.len()).max(1);
    words.windows(run).map(hash_of_run)
}

/// The hash of a run of words, by theirs. Those are good already: the order is what is to be mixed in.
pub(super) fn hash_of_run(words: &[u64]) -> u64 {
    words.iter().fold(1, |hash, word| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::words;

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
