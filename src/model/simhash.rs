//! How alike two texts are, by 64 bits of each.
//!
//! Charikar, "Similarity estimation techniques from rounding algorithms" (STOC 2002), over runs of
//! three words, as Manku, Jain and Das Sarma found good for pages of the web ("Detecting
//! near-duplicates for web crawling", WWW 2007): texts that share much differ in few bits, texts that
//! share nothing in about half of them.

use super::{Article, canonical_text, each_word};

/// So many words stand in a run.
const RUN: usize = 3;
/// A text of fewer words says nothing by its bits.
const LEAST: usize = 20;

/// Sixty-four bits that are alike for texts that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Simhash(pub u64);

impl Simhash {
    /// Up to so many bits apart, two texts are one with small changes: about nine of ten runs of words
    /// are in both.
    pub const NEAR: u32 = 9;
    /// Up to so many bits apart, two texts have something in common: a third of their runs or more. One
    /// of sixty pairs that have nothing in common is as close.
    pub const AKIN: u32 = 23;

    /// The bits of an article's text; none when it has fewer than twenty words.
    #[must_use]
    pub fn of(article: &Article) -> Option<Self> {
        let texts: Vec<&str> = article.body.iter().map(|block| block.text.as_str()).collect();
        Self::of_text(&texts.join("\n"))
    }

    /// The bits of a text; none when it has fewer than twenty words.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let runs = runs(text);
        if runs.len() + RUN - 1 < LEAST {
            return None;
        }
        let all = runs.len() as u64;
        // Sixty-four counters side by side: plane n holds the nth bit of each.
        let mut planes = [0_u64; 32];
        for run in runs {
            let mut carry = run;
            for plane in &mut planes {
                (*plane, carry) = (*plane ^ carry, *plane & carry);
                if carry == 0 {
                    break;
                }
            }
        }
        let ones = |bit: usize| (0..).zip(planes).map(|(n, plane)| (plane >> bit & 1) << n).sum::<u64>();
        Some(Self((0..64).filter(|bit| ones(*bit) * 2 > all).map(|bit| 1 << bit).sum()))
    }

    /// In how many of the 64 bits two texts differ.
    #[must_use]
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// The share of runs of three words that two texts have in common, of all that either has (Jaccard),
/// from 0 to 1. Counted, not estimated.
#[must_use]
pub fn share_in_common(a: &str, b: &str) -> f64 {
    let set = |text| {
        let mut runs = runs(text);
        runs.sort_unstable();
        runs.dedup();
        runs
    };
    let (a, b) = (set(a), set(b));
    let both = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// The hashes of a text's runs of words.
fn runs(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    each_word(&canonical_text(text), |word| words.push(hash(word.bytes())));
    words.windows(RUN).map(|run| hash(run.iter().flat_map(|word| word.to_be_bytes()))).collect()
}

/// FNV-1a (draft-eastlake-fnv), its bits mixed by the finalizer of MurmurHash3: the archive keeps what
/// comes of it, so it must never depend on the compiler's version as the standard library's does.
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 33
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words that nobody else writes.
    fn story(of: usize, words: usize) -> Vec<String> {
        (0..words).map(|n| format!("kata{of}x{}", n * n % 997)).collect()
    }

    fn bits(words: &[String]) -> Simhash {
        Simhash::of_text(&words.join(" ")).unwrap()
    }

    #[test]
    fn a_small_edit_moves_few_bits() {
        let old = story(1, 300);
        let mut new = old.clone();
        new[40] = "lain".to_owned();
        new.push("tambahan".to_owned());
        assert!(bits(&old).distance(bits(&new)) <= Simhash::NEAR);
        assert!(share_in_common(&old.join(" "), &new.join(" ")) > 0.95);
    }

    #[test]
    fn half_a_text_is_akin_and_another_is_not() {
        let old = story(1, 300);
        let far = |a: &[String], b: &[String]| bits(a).distance(bits(b));
        assert!((Simhash::NEAR..=Simhash::AKIN).contains(&far(&old, &old[..150])));
        let others: Vec<u32> = (2..60).map(|of| far(&old, &story(of, 300))).collect();
        assert!(others.iter().filter(|&&bits| bits <= Simhash::AKIN).count() <= 3, "{others:?}");
        assert!(others.iter().all(|&bits| bits > Simhash::NEAR));
    }

    #[test]
    fn what_no_editor_means_changes_nothing_and_short_texts_say_nothing() {
        let text = "“Satu” dua – tiga ".repeat(20);
        assert_eq!(
            Simhash::of_text(&text),
            Simhash::of_text(&text.replace(['“', '”'], "\"").replace('–', "-"))
        );
        assert_eq!(Simhash::of_text("Foto: panen di Cianjur."), None);
        assert_eq!(share_in_common("", ""), 1.0);
    }

    #[test]
    fn the_bits_of_a_text_are_the_same_for_ever() {
        // Archives hold them.
        let text: Vec<String> = (0..40).map(|n| format!("kata{n}")).collect();
        assert_eq!(bits(&text), Simhash(721_046_612_722_729_213));
    }
}
