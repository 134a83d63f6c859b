//! Which of many texts are near each other.

use super::Simhash;

/// All pairs of positions whose texts are at most [`Simhash::NEAR`] bits apart, each once, the smaller
/// position first.
///
/// Of as many stretches of bits as may differ and one more, two near texts agree in one at least: only
/// texts that agree in a stretch are compared.
#[must_use]
pub fn near_pairs(texts: &[Simhash]) -> Vec<(usize, usize)> {
    let stretches = Simhash::NEAR + 1;
    let edge = |stretch: u32| 64 * stretch / stretches;
    let mut pairs = Vec::new();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    for stretch in 0..stretches {
        let mask = (!0_u64 >> (64 - (edge(stretch + 1) - edge(stretch)))) << edge(stretch);
        let key = |at: usize| texts[at].0 & mask;
        order.sort_unstable_by_key(|&at| (key(at), at));
        for same in order.chunk_by(|&a, &b| key(a) == key(b)) {
            for (n, &a) in same.iter().enumerate() {
                let near = same[n + 1..].iter().filter(|&&b| texts[a].distance(texts[b]) <= Simhash::NEAR);
                pairs.extend(near.map(|&b| (a, b)));
            }
        }
        // A pair that agrees in several stretches is found in each.
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs
}

/// Positions that pairs join, directly or by others: groups of two or more, each in order.
#[must_use]
pub fn groups(n: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut parent: Vec<usize> = (0..n).collect();
    let root = |parent: &mut Vec<usize>, mut at: usize| {
        while parent[at] != at {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        at
    };
    for &(a, b) in pairs {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); n];
    for at in 0..n {
        let first = root(&mut parent, at);
        groups[first].push(at);
    }
    groups.retain(|group| group.len() > 1);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_by_others_is_one_group() {
        assert_eq!(groups(6, &[(4, 5), (0, 2), (2, 3)]), [vec![0, 2, 3], vec![4, 5]]);
        assert!(groups(3, &[]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn every_near_pair_is_found_and_no_other(
            some in proptest::collection::vec(proptest::prelude::any::<u64>(), 1..8),
            flips in proptest::collection::vec((0..8_usize, proptest::prelude::any::<[u8; 12]>(), 0..12_usize), 0..30),
        ) {
            // Near ones are made: chance brings none.
            let mut texts: Vec<Simhash> = some.iter().copied().map(Simhash).collect();
            for (of, bits, n) in flips {
                let base = some[of % some.len()];
                texts.push(Simhash(bits.iter().take(n).fold(base, |text, bit| text ^ 1 << (bit % 64))));
            }
            let mut all = Vec::new();
            for a in 0..texts.len() {
                all.extend((a + 1..texts.len()).filter(|&b| texts[a].distance(texts[b]) <= Simhash::NEAR).map(|b| (a, b)));
            }
            proptest::prop_assert_eq!(near_pairs(&texts), all);
        }
    }
}
