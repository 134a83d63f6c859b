//! Which pages are built alike: one layout for all of them, or several.

use super::body::{self, Candidate, RANK, mean};
use super::look::Look;

/// A selector that gives less of a page's story, or more beside it, does not hold for the page.
const HOLDS: f64 = 0.8;
/// What is no text of an article any more.
const LEAST: f64 = 0.3;
/// Layouts of one draft.
const LAYOUTS: usize = 4;
/// Selectors that are tried for all pages alike.
const SINGLE: usize = 4;

/// Pages that one selector reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The text, with the standfirst.
    pub(super) css: String,
    /// What tells such a page from others.
    pub(super) when: String,
    /// The pages, by their places.
    pub(super) pages: Vec<usize>,
}

/// Ways to part the pages into layouts, each in the order in which the layouts are asked.
pub(super) fn ways(looks: &[Look]) -> Vec<Vec<Group>> {
    let candidates = body::candidates(looks);
    let every: Vec<usize> = (0..looks.len()).collect();
    let mut single: Vec<&Candidate> =
        candidates.iter().filter(|one| one.fits.iter().all(|fit| *fit >= LEAST)).collect();
    let score = |one: &Candidate| mean(&one.fits) - f64::from(one.name.rank) * RANK;
    single.sort_by(|a, b| score(b).total_cmp(&score(a)));
    let mut out: Vec<Vec<Group>> = Vec::new();
    for one in single.into_iter().take(SINGLE) {
        out.extend(finished(looks, vec![(one, every.clone())]));
    }
    // A wide net takes many pages with one selector; a fine one takes the best for each.
    for floor in [0.5, 0.75] {
        let way = finished(looks, parted(&candidates, &every, floor));
        out.extend(way.filter(|way| !way.is_empty() && !out.contains(way)));
    }
    out
}

/// The pages parted: the selector that gives most goes first and takes its pages with it.
fn parted<'c>(candidates: &'c [Candidate], pages: &[usize], floor: f64) -> Vec<(&'c Candidate, Vec<usize>)> {
    let mut left: Vec<usize> = pages.to_vec();
    let mut out: Vec<(&Candidate, Vec<usize>)> = Vec::new();
    while !left.is_empty() && out.len() < LAYOUTS {
        let gain = |one: &Candidate, holds: f64| -> f64 {
            let fits = left.iter().map(|page| one.fits[*page]).filter(|fit| *fit >= holds);
            fits.map(|fit| fit - floor - f64::from(one.name.rank) * RANK).sum()
        };
        let best = |holds: f64| {
            let scored = candidates.iter().map(|one| (one, gain(one, holds)));
            scored.filter(|(_, gain)| *gain > 0.0).max_by(|a, b| a.1.total_cmp(&b.1)).map(|(one, _)| one)
        };
        let Some((one, holds)) =
            best(HOLDS).map(|one| (one, HOLDS)).or_else(|| best(LEAST).map(|one| (one, LEAST)))
        else {
            break;
        };
        let (taken, rest) = left.iter().partition(|page| one.fits[**page] >= holds);
        out.push((one, taken));
        left = rest;
    }
    out
}

/// The layouts with standfirsts, in an order in which none takes the pages of a later one; none when
/// there is no such order.
fn finished(looks: &[Look], parts: Vec<(&Candidate, Vec<usize>)>) -> Option<Vec<Group>> {
    let matching = |when: &str| -> Vec<usize> {
        let Ok(selector) = crate::dom::Selector::parse(when) else { return Vec::new() };
        let found = looks.iter().enumerate().filter(|(_, look)| look.doc.first(&selector).is_some());
        found.map(|(at, _)| at).collect()
    };
    let mut groups: Vec<(usize, Group)> = Vec::new();
    for (one, pages) in parts {
        let own: Vec<&Look> = pages.iter().map(|page| &looks[*page]).collect();
        let css = body::with_lead(&own, &one.name.css);
        let when = one.name.css.clone();
        groups.push((matching(&when).len(), Group { css, when, pages }));
    }
    // What few pages have is asked for first.
    groups.sort_by_key(|(matched, _)| *matched);
    let groups: Vec<Group> = groups.into_iter().map(|(_, group)| group).collect();
    let fits = groups.iter().enumerate().all(|(at, group)| {
        let before = &groups[..at];
        !before.iter().any(|other| matching(&other.when).iter().any(|page| group.pages.contains(page)))
    });
    (fits && !groups.is_empty()).then_some(groups)
}
