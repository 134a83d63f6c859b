//! The tightest selector that gives the story on all pages, and what inside it is not the story.

use std::collections::{BTreeMap, BTreeSet};

use super::look::{Look, fit, letters};
use super::names::{self, Name};
use crate::dom::{Node, Selector};

/// How many candidates are tried on the pages.
const MOST: usize = 120;
/// What meaning is worth against tightness, per rank.
const RANK: f64 = 0.004;
/// Rules for boxes that are written.
const BOXES: usize = 14;

/// Selectors that give the story, best first, each with how well it fits.
pub(super) fn candidates(looks: &[Look]) -> Vec<(String, f64)> {
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for look in looks {
        for node in look.doc.root().elements() {
            let share = look.story(node) * 100 / look.all();
            if share >= 20 && !matches!(node.name(), "html" | "body" | "p") {
                names.extend(names::of(node));
            }
        }
    }
    let mut found: Vec<(String, f64)> = Vec::new();
    for name in names.into_iter().take(MOST) {
        let Some(selector) = name.selector() else { continue };
        let fits: Vec<f64> = looks.iter().map(|look| fit(look, &selector)).collect();
        let least = fits.iter().copied().fold(1.0, f64::min);
        if least < 0.3 {
            continue;
        }
        let score = mean(&fits) - f64::from(name.rank) * RANK;
        let css = with_lead(looks, &name.css, mean(&fits));
        found.push((css, score));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

#[expect(clippy::cast_precision_loss, reason = "pages are few")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The selector with the one for the standfirst before it, where that stands elsewhere.
fn with_lead(looks: &[Look], css: &str, now: f64) -> String {
    let Ok(body) = Selector::parse(css) else { return css.to_owned() };
    let mut leads: BTreeSet<Name> = BTreeSet::new();
    for look in looks {
        let inside = look.outermost(&body);
        let outside = look.doc.root().elements().filter(|node| {
            let story = look.story(*node);
            story >= 25
                && letters(*node) <= story + story / 4
                && !inside.iter().any(|outer| node.is_within(*outer))
        });
        leads.extend(outside.filter(|node| !is_around(look, *node, &body)).flat_map(names::of));
    }
    let mut best = (now + 0.004, css.to_owned());
    for name in leads.into_iter().take(MOST) {
        let joined = format!("{}, {css}", name.css);
        let Ok(selector) = Selector::parse(&joined) else { continue };
        let fits: Vec<f64> = looks.iter().map(|look| fit(look, &selector)).collect();
        if mean(&fits) > best.0 {
            best = (mean(&fits), joined);
        }
    }
    best.1
}

fn is_around(look: &Look, node: Node<'_>, body: &Selector) -> bool {
    look.outermost(body).iter().any(|inner| inner.is_within(node))
}

/// Boxes inside the story that are none of it: selectors that never touch the story on any page.
pub(super) fn boxes(looks: &[Look], css: &str) -> Vec<String> {
    let Ok(body) = Selector::parse(css) else { return Vec::new() };
    let mut found: BTreeMap<Name, usize> = BTreeMap::new();
    for look in looks {
        for container in look.outermost(&body) {
            for node in outermost_strange(look, container) {
                let name =
                    names::of(node).into_iter().chain(by_tag(node)).find(|name| never_story(looks, name));
                if let Some(name) = name {
                    *found.entry(name).or_default() += 1;
                }
            }
        }
    }
    let mut found: Vec<(Name, usize)> = found.into_iter().collect();
    found.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
    found.into_iter().take(BOXES).map(|(name, _)| name.css).collect()
}

/// Furniture that has no better name.
fn by_tag(node: Node<'_>) -> Option<Name> {
    let tag = node.name();
    matches!(tag, "figure" | "figcaption" | "aside" | "form" | "footer" | "nav" | "button" | "iframe")
        .then(|| Name { rank: 5, css: tag.to_owned() })
}

fn outermost_strange<'d>(look: &'d Look, container: Node<'d>) -> Vec<Node<'d>> {
    let mut out: Vec<Node<'d>> = Vec::new();
    for node in container.elements() {
        let strange = look.story(node) == 0 && letters(node) >= 3;
        let line =
            matches!(node.name(), "a" | "b" | "strong" | "em" | "i" | "span" | "time" | "u" | "sup" | "sub");
        if strange && !line && !out.iter().any(|outer| node.is_within(*outer)) {
            out.push(node);
        }
    }
    out
}

fn never_story(looks: &[Look], name: &Name) -> bool {
    let Some(selector) = name.selector() else { return false };
    looks
        .iter()
        .all(|look| look.doc.select(&selector).all(|node| look.story(node) == 0 && !near_title(look, node)))
}

/// Whether an element is the headline or holds it.
fn near_title(look: &Look, node: Node<'_>) -> bool {
    std::iter::once(node)
        .chain(node.elements())
        .any(|node| node.name() == "h1" && look.article.title == node.text())
}

/// Paragraphs that stand on several pages, as patterns.
pub(super) fn repeated(looks: &[Look]) -> Vec<String> {
    let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
    for look in looks {
        let texts: BTreeSet<&str> = look.article.body.iter().map(|block| block.text.as_str()).collect();
        texts.into_iter().for_each(|text| *pages.entry(text).or_default() += 1);
    }
    let twice = pages.into_iter().filter(|(text, pages)| *pages > 1 && text.chars().count() >= 8);
    let patterns = twice.map(|(text, _)| {
        let end = text.match_indices(' ').nth(5).map_or(text.len(), |(at, _)| at);
        let whole = if end == text.len() { "$" } else { "" };
        format!("^{}{whole}", regex::escape(&text[..end]))
    });
    patterns.filter(|pattern| !pattern.contains('\'')).take(8).collect()
}
