//! The tightest selector that gives the story on some pages.

use std::collections::BTreeSet;

use super::look::{Look, fit, letters};
use super::names::{self, Name};
use crate::dom::{Node, Selector};

/// How many candidates are tried on the pages.
const MOST: usize = 160;
/// What meaning is worth against tightness, per rank.
pub(super) const RANK: f64 = 0.004;
/// What a standfirst elsewhere must add.
const LEAD: f64 = 0.004;

/// A selector for the text, with how well it gives the story of each page.
pub(super) struct Candidate {
    pub(super) name: Name,
    pub(super) fits: Vec<f64>,
}

/// Selectors of the elements that hold a good part of a page's story.
pub(super) fn candidates(looks: &[Look]) -> Vec<Candidate> {
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for look in looks {
        for node in look.doc.root().elements() {
            let share = look.story(node) * 100 / look.all();
            if share >= 20 && !matches!(node.name(), "html" | "body" | "p") {
                names.extend(names::of(node));
            }
        }
    }
    let tried = names.into_iter().take(MOST).filter_map(|name| {
        let selector = name.selector()?;
        let fits = looks.iter().map(|look| fit(look, &selector)).collect();
        Some(Candidate { name, fits })
    });
    tried.collect()
}

#[expect(clippy::cast_precision_loss, reason = "pages are few")]
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The selector with the one for the standfirst before it, where that stands elsewhere.
pub(super) fn with_lead(looks: &[&Look], css: &str) -> String {
    let Ok(body) = Selector::parse(css) else { return css.to_owned() };
    let fits = |selector: &Selector| looks.iter().map(|look| fit(look, selector)).collect::<Vec<f64>>();
    let mut leads: BTreeSet<Name> = BTreeSet::new();
    for look in looks {
        let inside = look.outermost(&body);
        let outside = look.doc.root().elements().filter(|node| {
            let story = look.story(*node);
            story >= 25
                && letters(*node) <= story + story / 4
                && !is_list_of_links(*node)
                && !inside.iter().any(|outer| node.is_within(*outer) || outer.is_within(*node))
        });
        leads.extend(outside.flat_map(names::of));
    }
    let mut best = (mean(&fits(&body)) + LEAD, css.to_owned());
    for name in leads.into_iter().take(MOST) {
        let joined = format!("{}, {css}", name.css);
        let Ok(selector) = Selector::parse(&joined) else { continue };
        let fit = mean(&fits(&selector));
        if fit > best.0 {
            best = (fit, joined);
        }
    }
    best.1
}

/// Whether more than half of an element's letters are links: teasers repeat what stories say.
fn is_list_of_links(node: Node<'_>) -> bool {
    let linked: usize = node.elements().filter(|inner| inner.name() == "a").map(letters).sum();
    node.name() == "a" || linked * 2 > letters(node)
}

/// Furniture that has no better name.
pub(super) fn by_tag(node: Node<'_>) -> Option<Name> {
    let tag = node.name();
    matches!(tag, "figure" | "figcaption" | "aside" | "form" | "footer" | "nav" | "button" | "iframe")
        .then(|| Name { rank: 5, css: tag.to_owned() })
}
