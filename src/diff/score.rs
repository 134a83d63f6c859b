//! How much a change matters, as one number to sort by.

use crate::model::ChangeKind;

/// The weight of a kind.
fn weight(kind: ChangeKind) -> f64 {
    use ChangeKind as K;
    match kind {
        K::Correction => 0.35,
        K::Negation => 0.3,
        K::Number | K::Quote | K::Headline => 0.2,
        K::Name | K::Date => 0.15,
        K::Removed => 0.12,
        K::Added => 0.08,
        K::Moved | K::Dateline | K::Byline => 0.05,
        K::Metadata | K::Wording => 0.03,
        K::Cosmetic => 0.01,
        K::Gone | K::Restored | K::Redirected | K::Paywalled | K::Reverted => 0.2,
    }
}

/// From 0 to 1, two decimals: the kinds, each taking its share of what is left, and the share of the text
/// that changed (its square root: the first words count most). Merely cosmetic changes stay below 0.05.
pub(super) fn score(kinds: &[ChangeKind], changed: usize, words: usize) -> f64 {
    if kinds.is_empty() {
        return 0.0;
    }
    let small = [ChangeKind::Cosmetic, ChangeKind::Headline];
    let share = if words == 0 { 0.0 } else { (changed as f64 / words as f64).min(1.0) };
    let rest = kinds.iter().fold(1.0 - 0.4 * share.sqrt(), |rest, kind| rest * (1.0 - weight(*kind)));
    let score =
        if kinds.contains(&small[0]) && kinds.iter().all(|k| small.contains(k)) { 0.02 } else { 1.0 - rest };
    ((score * 100.0).round() / 100.0).max(0.01)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChangeKind as K;

    #[test]
    fn what_matters_more_scores_higher() {
        let order = [
            score(&[], 0, 100),
            score(&[K::Cosmetic], 0, 100),
            score(&[K::Wording], 1, 100),
            score(&[K::Number], 1, 100),
            score(&[K::Headline, K::Number], 3, 100),
            score(&[K::Headline, K::Number, K::Negation, K::Correction], 30, 100),
        ];
        assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}");
        assert!(order.iter().all(|score| (0.0..=1.0).contains(score)));
    }
}
