//! Which articles read nearly the same: first by the bits of all texts, then by the texts of those that are near.

use std::collections::HashMap;

use kliping::model::{ArticleId, Joined, Sha256, Simhash, near_pairs, share_in_common};
use kliping::store::{Reader, StoreError};

/// Groups of articles, by number; in each, every article shares so much with another. `meant`: of which every
/// group must have one; none: all are meant.
pub(super) fn groups(
    reader: &Reader,
    least: f64,
    meant: Option<&[ArticleId]>,
) -> Result<Vec<Vec<ArticleId>>, StoreError> {
    let (mut ids, mut bits) = reader.simhashes()?;
    // By bits alone a group may be too large, and never too small: of the others no text need be read.
    let mut wanted = vec![false; ids.len()];
    for group in by_bits(&bits).groups() {
        let is_meant =
            meant.is_none_or(|meant| group.iter().any(|&at| meant.binary_search(&ids[at]).is_ok()));
        group.into_iter().for_each(|at| wanted[at] = is_meant);
    }
    let keep = |at: &mut usize| wanted[std::mem::replace(at, *at + 1)];
    let (mut at, mut of) = (0, 0);
    ids.retain(|_| keep(&mut at));
    bits.retain(|_| keep(&mut of));
    let found = by_text(reader, &ids, &bits, least)?.groups().into_iter();
    let mut groups: Vec<Vec<ArticleId>> =
        found.map(|group| group.into_iter().map(|at| ids[at]).collect()).collect();
    if let Some(meant) = meant {
        groups.retain(|group: &Vec<ArticleId>| group.iter().any(|id| meant.binary_search(id).is_ok()));
    }
    Ok(groups)
}

/// Texts that their bits join.
fn by_bits(bits: &[Simhash]) -> Joined {
    let mut joined = Joined::new(bits.len());
    let mut order: Vec<u32> = (0..).zip(bits).map(|(at, _)| at).collect();
    order.sort_unstable_by_key(|&at| (bits[at as usize].0, at));
    for pair in order.windows(2) {
        let (a, b) = (pair[0] as usize, pair[1] as usize);
        if bits[a] == bits[b] {
            joined.join(a, b);
        }
    }
    order.dedup_by_key(|at| bits[*at as usize]);
    near_among(&order, bits, |a, b| {
        joined.join(a, b);
        Ok::<_, std::convert::Infallible>(())
    })
    .unwrap_or_else(|never| match never {});
    joined
}

/// Texts that share so much.
fn by_text(reader: &Reader, ids: &[ArticleId], bits: &[Simhash], least: f64) -> Result<Joined, StoreError> {
    let mut joined = Joined::new(ids.len());
    // One of those that are the same to the letter stands for all.
    let mut first: HashMap<Sha256, u32> = HashMap::new();
    for (at, id) in (0..).zip(ids) {
        if let Some(hash) = reader.latest_text_hash(*id)? {
            joined.join(*first.entry(hash).or_insert(at) as usize, at as usize);
        }
    }
    let mut some: Vec<u32> = first.into_values().collect();
    some.sort_unstable();
    let mut last: Option<(usize, String)> = None;
    near_among(&some, bits, |a, b| -> Result<(), StoreError> {
        if joined.are(a, b) {
            return Ok(());
        }
        // Pairs come by their first: its text is read once.
        let text = match last.take() {
            Some((at, text)) if at == a => text,
            _ => reader.latest_text(ids[a])?.unwrap_or_default(),
        };
        if share_in_common(&text, &reader.latest_text(ids[b])?.unwrap_or_default()) >= least {
            joined.join(a, b);
        }
        last = Some((a, text));
        Ok(())
    })?;
    Ok(joined)
}

/// The near pairs among some of the texts.
fn near_among<E>(
    some: &[u32],
    bits: &[Simhash],
    mut f: impl FnMut(usize, usize) -> Result<(), E>,
) -> Result<(), E> {
    let theirs: Vec<Simhash> = some.iter().map(|&at| bits[at as usize]).collect();
    near_pairs(&theirs, |a, b| f(some[a] as usize, some[b] as usize))
}
