//! The heaviest rising subsequence: which of the paired paragraphs kept their order.

/// Takes places with weights, in the order of the older side; tells which of them belong to the
/// heaviest subsequence whose places rise. O(n log n).
pub(super) fn heaviest_chain(items: &[(usize, u64)]) -> Vec<bool> {
    let mut ranks: Vec<usize> = items.iter().map(|(place, _)| *place).collect();
    ranks.sort_unstable();
    // Fenwick tree over the places: best chain (weight, its last item) that ends at or before one.
    let mut best: Vec<(u64, usize)> = vec![(0, usize::MAX); items.len() + 1];
    let mut before = vec![usize::MAX; items.len()];
    let mut top = (0, usize::MAX);
    for (item, (place, weight)) in items.iter().enumerate() {
        let rank = ranks.partition_point(|p| p < place) + 1;
        let mut chain = (0, usize::MAX);
        let mut at = rank - 1;
        while at > 0 {
            chain = heavier(chain, best[at]);
            at &= at - 1;
        }
        before[item] = chain.1;
        let mine = (chain.0 + weight, item);
        top = heavier(top, mine);
        at = rank;
        while at <= items.len() {
            best[at] = heavier(best[at], mine);
            at += at & at.wrapping_neg();
        }
    }
    let mut stays = vec![false; items.len()];
    let mut item = top.1;
    while item != usize::MAX {
        stays[item] = true;
        item = before[item];
    }
    stays
}

fn heavier(a: (u64, usize), b: (u64, usize)) -> (u64, usize) {
    if b.0 > a.0 { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lightest_is_moved() {
        for (items, expected) in [
            (vec![], vec![]),
            (vec![(0, 5), (1, 5)], vec![true, true]),
            (vec![(1, 5), (0, 9)], vec![false, true]),
            (vec![(3, 5), (0, 2), (1, 2), (2, 2)], vec![false, true, true, true]),
            (vec![(3, 9), (0, 2), (1, 2), (2, 2)], vec![true, false, false, false]),
            (vec![(0, 1), (2, 1), (1, 3), (3, 1)], vec![true, false, true, true]),
        ] {
            assert_eq!(heaviest_chain(&items), expected, "{items:?}");
        }
    }
}
