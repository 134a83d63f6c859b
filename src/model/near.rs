//! Which of many texts are near each other.

use super::Simhash;

/// Calls `f` with all pairs of positions whose texts are at most [`Simhash::NEAR`] bits apart, each once, in
/// no particular order.
///
/// The bits are cut into more stretches than may differ: two near texts agree in so many of them at least, and
/// only texts that agree in as many are compared (Manku, Jain and Das Sarma, "Detecting near-duplicates for web
/// crawling", WWW 2007). The more texts there are, the more stretches it takes to keep those that agree by
/// chance few.
///
/// # Errors
/// What `f` gives.
pub fn near_pairs<E>(texts: &[Simhash], f: impl FnMut(usize, usize) -> Result<(), E>) -> Result<(), E> {
    pairs_by(Cut::of(texts.len()), texts, f)
}

fn pairs_by<E>(
    cut: Cut,
    texts: &[Simhash],
    mut f: impl FnMut(usize, usize) -> Result<(), E>,
) -> Result<(), E> {
    let mut shelf = Shelf { bits: vec![0; texts.len()], at: vec![0; texts.len()], ends: Vec::new() };
    for chosen in cut.choices() {
        shelf.sort(texts, |bits| cut.key(chosen, bits), 1 << cut.width(chosen));
        for bucket in shelf.ends.windows(2).map(|ends| ends[0] as usize..ends[1] as usize) {
            let (bits, at) = (&shelf.bits[bucket.clone()], &shelf.at[bucket]);
            for (n, a) in bits.iter().enumerate() {
                for (m, b) in bits.iter().enumerate().skip(n + 1) {
                    let differ = a ^ b;
                    // A pair that agrees in more stretches than are needed is found by several choices.
                    if differ.count_ones() <= Simhash::NEAR && cut.first_choice(differ) == chosen {
                        f(at[n] as usize, at[m] as usize)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// How the 64 bits are cut.
#[derive(Debug, Clone, Copy)]
struct Cut {
    stretches: u32,
}

impl Cut {
    /// To compare two texts takes a few nanoseconds, to sort one for one of the choices about ten.
    fn of(texts: usize) -> Self {
        let more = match texts {
            0..4_000 => 1,
            4_000..100_000 => 2,
            _ => 3,
        };
        Self { stretches: Simhash::NEAR + more }
    }

    /// In so many stretches two near texts agree.
    fn agree(self) -> u32 {
        self.stretches - Simhash::NEAR
    }

    /// The choices of so many stretches, each as a set of bits.
    fn choices(self) -> impl Iterator<Item = u32> {
        (0..1_u32 << self.stretches).filter(move |choice| choice.count_ones() == self.agree())
    }

    fn edge(self, stretch: u32) -> u32 {
        64 * stretch / self.stretches
    }

    /// The bits of a choice's stretches, beside each other.
    fn key(self, choice: u32, bits: u64) -> usize {
        let mut key = 0;
        for stretch in (0..self.stretches).filter(|stretch| choice >> stretch & 1 == 1) {
            let width = self.edge(stretch + 1) - self.edge(stretch);
            key = key << width | (bits >> self.edge(stretch) & !(!0 << width)) as usize;
        }
        key
    }

    /// How many bits a key has.
    fn width(self, choice: u32) -> u32 {
        let chosen = (0..self.stretches).filter(|stretch| choice >> stretch & 1 == 1);
        chosen.map(|stretch| self.edge(stretch + 1) - self.edge(stretch)).sum()
    }

    /// The first stretches in which two texts agree, by the bits in which they differ.
    fn first_choice(self, differ: u64) -> u32 {
        let agree = (0..self.stretches).filter(|&stretch| {
            differ & !(!0 << (self.edge(stretch + 1) - self.edge(stretch))) << self.edge(stretch) == 0
        });
        agree.take(self.agree() as usize).fold(0, |choice, stretch| choice | 1 << stretch)
    }
}

/// Texts in the order of their keys.
struct Shelf {
    bits: Vec<u64>,
    /// Their positions.
    at: Vec<u32>,
    /// Where each key's texts end, behind a zero.
    ends: Vec<u32>,
}

impl Shelf {
    fn sort(&mut self, texts: &[Simhash], key: impl Fn(u64) -> usize, keys: usize) {
        // Counted one place further along, so that each key's beginning moves to its end as texts are put in.
        self.ends.clear();
        self.ends.resize(keys + 2, 0);
        for text in texts {
            self.ends[key(text.0) + 2] += 1;
        }
        for n in 2..keys + 2 {
            self.ends[n] += self.ends[n - 1];
        }
        for (at, text) in (0..).zip(texts) {
            let place = &mut self.ends[key(text.0) + 1];
            self.bits[*place as usize] = text.0;
            self.at[*place as usize] = at;
            *place += 1;
        }
        self.ends.truncate(keys + 1);
    }
}

/// Positions that are joined, directly or by others (union-find).
#[derive(Debug, Clone)]
pub struct Joined {
    parent: Vec<u32>,
}

impl Joined {
    /// So many positions, each by itself.
    ///
    /// # Panics
    /// Of more than four thousand million.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self {
            parent: (0..u32::try_from(n).expect("fewer texts than addresses of the old internet")).collect(),
        }
    }

    /// Joins two, unless they are.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.parent[a.max(b)] = self.parent[a.min(b)];
    }

    /// Whether two are joined.
    pub fn are(&mut self, a: usize, b: usize) -> bool {
        self.first(a) == self.first(b)
    }

    /// The first position of those that one is joined with.
    pub fn first(&mut self, mut at: usize) -> usize {
        while self.parent[at] as usize != at {
            self.parent[at] = self.parent[self.parent[at] as usize];
            at = self.parent[at] as usize;
        }
        at
    }

    /// Groups of two or more, by their first positions, each in order.
    #[must_use]
    pub fn groups(mut self) -> Vec<Vec<usize>> {
        let mut order: Vec<(usize, usize)> = (0..self.parent.len()).map(|at| (self.first(at), at)).collect();
        // Alone are most: only the others are sorted.
        let mut size = vec![0_u32; order.len()];
        order.iter().for_each(|(first, _)| size[*first] += 1);
        order.retain(|(first, _)| size[*first] > 1);
        order.sort_unstable();
        order.chunk_by(|a, b| a.0 == b.0).map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[test]
    fn what_is_joined_by_others_is_one_group() {
        let mut joined = Joined::new(6);
        for (a, b) in [(4, 5), (0, 2), (3, 2)] {
            joined.join(a, b);
        }
        assert!(joined.are(0, 3) && !joined.are(0, 4));
        assert_eq!(joined.groups(), [vec![0, 2, 3], vec![4, 5]]);
        assert!(Joined::new(3).groups().is_empty());
    }

    /// Texts of which some are near: chance brings none.
    fn texts(some: &[u64], flips: &[(usize, [u8; 12], usize)]) -> Vec<Simhash> {
        let near = |(of, bits, n): &(usize, [u8; 12], usize)| {
            Simhash(bits.iter().take(*n).fold(some[of % some.len()], |text, bit| text ^ 1 << (bit % 64)))
        };
        some.iter().copied().map(Simhash).chain(flips.iter().map(near)).collect()
    }

    /// All near pairs, and those that are found when the bits are cut so.
    fn both(more: u32, texts: &[Simhash]) -> [Vec<(usize, usize)>; 2] {
        let near = |a: usize, b: usize| texts[a].distance(texts[b]) <= Simhash::NEAR;
        let all = (0..texts.len()).flat_map(|a| (a + 1..texts.len()).map(move |b| (a, b)));
        let mut found = Vec::new();
        let collect = |a, b| {
            found.push((a, b));
            Ok::<_, Infallible>(())
        };
        pairs_by(Cut { stretches: Simhash::NEAR + more }, texts, collect).unwrap();
        found.sort_unstable();
        [all.filter(|&(a, b)| near(a, b)).collect(), found]
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        #[test]
        fn every_near_pair_is_found_once_and_no_other(
            some in proptest::collection::vec(proptest::prelude::any::<u64>(), 1..8),
            flips in proptest::collection::vec((0..8_usize, proptest::prelude::any::<[u8; 12]>(), 0..12_usize), 0..30),
        ) {
            for more in 1..=2 {
                let [all, found] = both(more, &texts(&some, &flips));
                proptest::prop_assert_eq!(found, all);
            }
        }
    }

    #[test]
    fn so_are_they_where_the_bits_are_cut_as_for_very_many() {
        // Once, because the shelves are large: three hundred texts, of each of three at every distance up to eleven.
        let random = |n: u64| n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        let bits = |n: u64| std::array::from_fn(|at| (random(n * 12 + at as u64) >> 7) as u8);
        let flips: Vec<_> = (0..300).map(|n| (n % 3, bits(n as u64), n / 3 % 12)).collect();
        let [all, found] = both(3, &texts(&[random(7), random(8), random(9)], &flips));
        assert!(all.len() > 1000, "{}", all.len());
        assert_eq!(found, all);
    }
}
