//! How alike two paragraphs are, by the words they share.

use std::collections::HashMap;

use super::pair::Pair;
use super::token::{Kind, Piece};

/// How far from its expected place a paragraph is looked for.
const WINDOW: usize = 8;
/// Most pairs that are compared: two unrelated long texts must not cost more than a blink.
const MOST_PAIRS: usize = 5_000;
/// From this share of common words (Dice) on, two paragraphs are one that was edited.
const ALIKE: f64 = 0.4;
/// From this share on also where one of them was moved.
const STRONG: f64 = 0.6;
/// What was split or joined must share nearly everything.
const REGROUPED: f64 = 0.8;
/// At most so many paragraphs are taken as the parts of one.
const PARTS: usize = 4;

/// The words of each paragraph, as sorted numbers. All numbers count as one word, so that two rows
/// of a table with other figures are alike.
pub(super) struct Bags {
    a: Vec<Vec<u32>>,
    b: Vec<Vec<u32>>,
}

impl Bags {
    pub fn new(a: &[Vec<Piece>], b: &[Vec<Piece>]) -> Self {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut bag = |pieces: &Vec<Piece>| {
            let mut bag: Vec<u32> = pieces
                .iter()
                .filter(|p| p.is_word())
                .map(|p| {
                    let word = if p.kind == Kind::Number { "0".to_owned() } else { p.key().to_lowercase() };
                    let next = numbers.len() as u32;
                    *numbers.entry(word).or_insert(next)
                })
                .collect();
            bag.sort_unstable();
            bag
        };
        let a = a.iter().map(&mut bag).collect();
        Self { a, b: b.iter().map(&mut bag).collect() }
    }
}

/// How many members two sorted bags share.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        n += usize::from(x == y);
    }
    n
}

fn dice(a: &[u32], b: &[u32]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    2.0 * common(a, b) as f64 / (a.len() + b.len()) as f64
}

/// Pairs of similar paragraphs, the most similar first, near before far.
pub(super) fn alike(bags: &Bags, free_a: &[usize], free_b: &[usize], expected: &[usize]) -> Vec<Pair> {
    let mut found: Vec<(f64, usize, usize, usize)> = Vec::new();
    let mut budget = MOST_PAIRS;
    for distance in 0..=WINDOW {
        for &i in free_a {
            let near =
                [expected[i].checked_sub(distance), Some(expected[i] + distance).filter(|_| distance > 0)];
            for j in near.into_iter().flatten().filter(|j| free_b.binary_search(j).is_ok()) {
                if budget == 0 {
                    break;
                }
                budget -= 1;
                let share = dice(&bags.a[i], &bags.b[j]);
                if share >= ALIKE {
                    found.push((share, distance, i, j));
                }
            }
        }
    }
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2, x.3).cmp(&(y.1, y.2, y.3))));
    let mut taken_a = vec![false; bags.a.len()];
    let mut taken_b = vec![false; bags.b.len()];
    let mut pairs = Vec::new();
    for (share, _, i, j) in found {
        if !taken_a[i] && !taken_b[j] {
            (taken_a[i], taken_b[j]) = (true, true);
            pairs.push(Pair { strong: share >= STRONG, ..Pair::of(i, j, false) });
        }
    }
    pairs
}

/// One paragraph that became several neighbours, or several neighbours that became one.
pub(super) fn regrouped(bags: &Bags, free_a: &[usize], free_b: &[usize], expected: &[usize]) -> Vec<Pair> {
    let mut open_a = open(free_a, bags.a.len());
    let mut open_b = open(free_b, bags.b.len());
    let mut out = Vec::new();
    for &i in free_a {
        for j in expected[i].saturating_sub(WINDOW)..=expected[i] + WINDOW {
            if !open_a[i] || !open_b.get(j).is_some_and(|open| *open) {
                continue;
            }
            let (n, m) =
                match (parts(&bags.b[j], &bags.a, i, &open_a), parts(&bags.a[i], &bags.b, j, &open_b)) {
                    (Some(n), _) => (n, 1),
                    (None, Some(m)) => (1, m),
                    (None, None) => continue,
                };
            open_a[i..i + n].fill(false);
            open_b[j..j + m].fill(false);
            out.push(Pair { a: i..i + n, b: j..j + m, exact: false, strong: true, in_order: false });
        }
    }
    out
}

fn open(free: &[usize], len: usize) -> Vec<bool> {
    let mut open = vec![false; len];
    for &i in free {
        open[i] = true;
    }
    open
}

/// How many open neighbours from `first` on are together what `whole` is; each of them must lie in it.
fn parts(whole: &[u32], bags: &[Vec<u32>], first: usize, open: &[bool]) -> Option<usize> {
    let inside = |bag: &[u32]| !bag.is_empty() && common(bag, whole) as f64 >= 0.7 * bag.len() as f64;
    let mut sum: Vec<u32> = Vec::new();
    let mut best: Option<(f64, usize)> = None;
    for n in 1..=PARTS {
        let at = first + n - 1;
        if !open.get(at).is_some_and(|open| *open) || !inside(&bags[at]) {
            break;
        }
        sum.extend_from_slice(&bags[at]);
        sum.sort_unstable();
        let share = dice(whole, &sum);
        if share >= best.map_or(0.0, |(share, _)| share + 0.01) {
            best = Some((share, n));
        }
    }
    best.filter(|&(share, n)| n > 1 && share >= REGROUPED).map(|(_, n)| n)
}
