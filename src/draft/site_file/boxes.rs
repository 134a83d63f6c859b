//! What stands inside the story and is none of it: rules that never touch the story on any page.

use std::collections::BTreeMap;

use super::super::marks::key;
use super::body::by_tag;
use super::groups::Group;
use super::look::{Look, letters};
use super::names::{self, Name};
use crate::dom::{Node, Selector};

/// Rules that are tried.
const TRIED: usize = 60;
/// One in so many elements of a rule may hold story.
const FEW: usize = 8;
/// How deep a paragraph's only element is looked into.
const DEEP: usize = 3;

/// Rules for what the draft reads and the generic reader leaves out; `extra` holds those paragraphs,
/// folded, by page, and `lost` what only the generic reader has.
pub(super) fn rules(
    looks: &[Look],
    groups: &[Group],
    extra: &[Vec<String>],
    lost: &[Vec<String>],
) -> Vec<Rule> {
    let mut found: BTreeMap<Name, (usize, usize)> = BTreeMap::new();
    for group in groups {
        let Ok(body) = Selector::parse(&group.css) else { continue };
        for page in &group.pages {
            let (look, extra, lost) = (&looks[*page], &extra[*page], &lost[*page]);
            let mut on_page: BTreeMap<Name, usize> = BTreeMap::new();
            for container in look.outermost(&body) {
                let inside = within(looks, look, container, extra, lost);
                for (name, letters) in strange(looks, look, container, extra).into_iter().chain(inside) {
                    *on_page.entry(name).or_default() += letters;
                }
            }
            for (name, letters) in on_page {
                let entry = found.entry(name).or_default();
                *entry = (entry.0 + 1, entry.1 + letters);
            }
        }
    }
    let mut found: Vec<(Name, (usize, usize))> = found.into_iter().collect();
    found.sort_by(|(a, much), (b, more)| more.cmp(much).then(a.cmp(b)));
    let rules = found.into_iter().filter_map(|(name, _)| Rule::new(name));
    rules.take(TRIED).collect()
}

/// A rule that may go into the draft.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) css: String,
    selector: Selector,
}

impl Rule {
    fn new(name: Name) -> Option<Self> {
        let selector = name.selector()?;
        Some(Self { css: name.css, selector })
    }

    /// Whether other rules cut all that this one finds.
    pub(super) fn is_covered(&self, looks: &[Look], rules: &[Self]) -> bool {
        let cut = |node: Node<'_>| {
            let around = || std::iter::once(node).chain(node.ancestors());
            around().any(|at| rules.iter().any(|rule| at.matches(&rule.selector)))
        };
        !rules.is_empty() && looks.iter().all(|look| look.doc.select(&self.selector).all(cut))
    }
}

/// The outermost elements that hold paragraphs too many, by a name that never touches the story.
fn strange<'d>(looks: &[Look], look: &'d Look, container: Node<'d>, extra: &[String]) -> Vec<(Name, usize)> {
    let mut done: Vec<Node<'d>> = Vec::new();
    let mut out = Vec::new();
    for node in container.elements() {
        if look.story(node) > 0 || done.iter().any(|outer| node.is_within(*outer)) {
            continue;
        }
        let text = key(&node.text());
        if !extra.iter().any(|paragraph| !paragraph.is_empty() && text.contains(paragraph.as_str())) {
            continue;
        }
        let plain = names::of(node).into_iter().chain(by_tag(node)).chain(in_place(node));
        let name = plain.filter(|name| never_story(looks, name) > 0).min_by_key(|name| name.rank);
        let name = name.or_else(|| by_build(node).filter(|name| never_story(looks, name) > 1));
        if let Some(name) = name {
            out.push((name, letters(node)));
            done.push(node);
        }
    }
    out
}

/// Lines inside paragraphs, without which a paragraph reads as the generic reader reads it: words for
/// screen readers, "opens in a new window".
fn within(
    looks: &[Look],
    look: &Look,
    container: Node<'_>,
    extra: &[String],
    lost: &[String],
) -> Vec<(Name, usize)> {
    let bare = |text: &str| text.replace(' ', "");
    let lost: Vec<String> = lost.iter().map(|text| bare(text)).collect();
    let mut out = Vec::new();
    for node in container.elements().filter(|node| !lost.is_empty() && look.story(*node) == 0) {
        let text = key(&node.text());
        let mends = |whole: &String| whole.contains(&text) && lost.contains(&bare(&whole.replace(&text, "")));
        if text.is_empty() || !extra.iter().any(mends) {
            continue;
        }
        let name = names::of(node).into_iter().find(|name| never_story(looks, name) > 0);
        out.extend(name.map(|name| (name, text.len())));
    }
    out
}

/// How many elements a name finds on all pages; none when they hold story or the headline. One in many
/// may hold some: the generic reader, too, takes a caption for a paragraph now and then.
fn never_story(looks: &[Look], name: &Name) -> usize {
    let Some(selector) = name.selector() else { return 0 };
    let (mut count, mut touching) = (0, 0);
    for look in looks {
        for node in look.doc.select(&selector) {
            if near_title(look, node) || look.story(node) * 2 > look.all() {
                return 0;
            }
            count += 1;
            touching += usize::from(look.story(node) > 0);
        }
    }
    if touching * FEW <= count { count } else { 0 }
}

/// Whether an element is the headline or holds it.
fn near_title(look: &Look, node: Node<'_>) -> bool {
    std::iter::once(node)
        .chain(node.elements())
        .any(|node| node.name() == "h1" && look.article.title == node.text())
}

/// An element that is furniture where it stands: a loose line or box straight in something that has
/// a name. Paragraphs, headings and lists are left out: they are what stories are made of.
fn in_place(node: Node<'_>) -> Option<Name> {
    let tag = node.name();
    if !matches!(tag, "div" | "section" | "span" | "a" | "small" | "time" | "b" | "strong" | "i" | "em") {
        return None;
    }
    let parent = names::of(node.parent()?).into_iter().find(|name| name.rank <= 3)?;
    Some(Name { rank: 6, css: format!("{} > {tag}", parent.css) })
}

/// A paragraph known by its build: all of it in one element in one element, as promotions are
/// (`<p><a><strong>…`). One element alone says too little: stories hold links and bold words.
fn by_build(node: Node<'_>) -> Option<Name> {
    if !matches!(node.name(), "p" | "h2" | "h3" | "h4" | "li") {
        return None;
    }
    let whole = node.text();
    let mut path: Vec<&str> = Vec::new();
    let mut at = node;
    while path.len() < DEEP {
        let mut children = at.child_elements();
        let (Some(child), None) = (children.next(), children.next()) else { break };
        if child.text() != whole {
            break;
        }
        path.push(child.name());
        at = child;
    }
    let steps: Vec<String> = path.iter().map(|tag| format!("> {tag}:only-child")).collect();
    (path.len() >= 2 && path.contains(&"a"))
        .then(|| Name { rank: 7, css: format!("{}:has({})", node.name(), steps.join(" ")) })
}
