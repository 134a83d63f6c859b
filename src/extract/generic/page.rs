//! A page as a flat list of elements in document order, with what strips them.

use std::collections::HashSet;

use super::hints::{self, Hints};
use super::unseen::{is_hidden, is_spoken, speaks_of_cookies};
use super::{cards, listing, stories};
use crate::dom::{Node, NodeSet, Step};
use crate::extract::element;

/// An element of the flat list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elem<'d> {
    pub(super) node: Node<'d>,
    /// Its parent's place; the root is its own.
    pub(super) parent: usize,
    /// One past the last element inside.
    pub(super) end: usize,
    pub(super) hints: Hints,
    /// Characters of running text inside: long stretches outside of links.
    pub(super) prose: usize,
    /// Characters of all text inside.
    pub(super) text: usize,
    /// Those of them that stand in links.
    pub(super) linked: usize,
    /// Characters of running text before it.
    pub(super) before: usize,
    /// Whether a number stands in its short texts: without one there is hardly a date.
    pub(super) numbered: bool,
    /// Whether a first-order heading stands inside.
    pub(super) headed: bool,
    /// Elements around it.
    pub(super) depth: usize,
}

/// Numbers are looked for in shorter texts.
const SHORT: usize = 200;
/// A page has about so many elements.
const USUAL: usize = 2000;
/// A text node of at least this many characters counts as running text.
const PROSE: usize = 50;
/// An element whose names call it furniture stays when it holds more of the running text.
const STRIP_SHARE: f64 = 0.35;
/// Comments may be longer than the story, but the story stands before them.
const STORY_BEFORE: usize = 140;

/// The page.
pub(super) struct Page<'d> {
    pub(super) elems: Vec<Elem<'d>>,
    /// Whether the element itself is stripped (what is inside it is, too).
    pub(super) stripped: Vec<bool>,
    /// Boxes of lists of other stories.
    lists: HashSet<usize>,
    /// What the rules removed.
    ruled: &'d NodeSet,
}

impl<'d> Page<'d> {
    /// Reads the tree below `root`, and decides what is furniture; `removed` is by rule, `titles` are
    /// what the page calls itself, and `only_sure` leaves what is only likely to be furniture.
    pub(super) fn read(root: Node<'d>, removed: &'d NodeSet, titles: &[String], only_sure: bool) -> Self {
        let elems = flatten(root);
        let all = elems.first().map_or(0, |root| root.prose).max(1);
        let mut page =
            Self { stripped: vec![false; elems.len()], elems, lists: HashSet::new(), ruled: removed };
        // First what is never the story; the rest is measured by what then remains.
        let beside = page.strip(|elem, at| at > 0 && (removed.has(elem.node) || is_beside(elem, all)));
        let total = all.saturating_sub(beside).max(1);
        if only_sure {
            // Where a page has no story, its foot is none.
            page.strip(|elem, _| elem.node.name() == "footer" && !elem.headed);
        } else {
            // Where one element with certain classes holds much of the text, its like hold the rest.
            let large: HashSet<&str> = page
                .elems
                .iter()
                .filter(|elem| share(elem, total) >= STRIP_SHARE)
                .filter_map(|elem| elem.node.attr("class"))
                .collect();
            let is_like_large =
                |elem: &Elem<'_>| elem.node.attr("class").is_some_and(|class| large.contains(class));
            page.strip(|elem, _| is_furniture(elem, total) && !is_like_large(elem));
            let others = stories::others(&page.elems, titles);
            page.strip(|_, at| others.contains(&at));
            let cards = cards::find(&page.elems);
            page.strip(|_, at| cards.contains(&at));
            let lists = listing::items(&page.elems, total);
            page.strip(|_, at| lists.contains(&at));
            page.lists = lists;
        }
        page
    }

    /// Strips elements, outermost first; returns how much running text went.
    fn strip(&mut self, rule: impl Fn(&Elem<'d>, usize) -> bool) -> usize {
        let (mut at, mut prose) = (0, 0);
        while at < self.elems.len() {
            let elem = &self.elems[at];
            if !self.stripped[at] && rule(elem, at) {
                if elem.prose > 0 {
                    let names = (
                        elem.node.attr("class").unwrap_or_default(),
                        elem.node.attr("id").unwrap_or_default(),
                    );
                    tracing::trace!(prose = elem.prose, hints = ?elem.hints, ?names, "strip {}", elem.node.name());
                }
                self.stripped[at] = true;
                prose += elem.prose;
            }
            at = if self.stripped[at] { elem.end } else { at + 1 };
        }
        prose
    }

    /// What is surely no part of the story: navigation, comments, lists of other stories; and what looks
    /// like furniture outside of the story's container.
    pub(super) fn furniture(&self, container: Option<usize>) -> NodeSet {
        let mut set = NodeSet::default();
        for (at, elem) in self.elems.iter().enumerate().filter(|(at, _)| self.stripped[*at]) {
            let sure = matches!(elem.node.name(), "nav" | "aside" | "footer" | "form" | "dialog")
                || [Hints::COMMENT, Hints::OTHER, Hints::OVERLAY].iter().any(|hint| elem.hints.has(*hint));
            let apart = container.is_some_and(|story| at < story || at >= self.elems[story].end);
            if sure || apart || self.listed(at) {
                set.insert(elem.node);
            }
        }
        set
    }

    /// Whether a rule removed this very element.
    pub(super) fn by_rule(&self, at: usize) -> bool {
        self.ruled.has(self.elems[at].node)
    }

    /// Whether an element is a box in a list of other stories.
    pub(super) fn listed(&self, at: usize) -> bool {
        self.lists.contains(&at)
    }

    /// The elements around one, nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&at| Some(self.elems[at].parent).filter(|&parent| parent != at))
            .skip(1)
    }
}

fn flatten(root: Node<'_>) -> Vec<Elem<'_>> {
    let mut elems: Vec<Elem<'_>> = Vec::with_capacity(USUAL);
    let mut open: Vec<usize> = Vec::new();
    let mut names = hints::Reader::default();
    let (mut links, mut hidden, mut before) = (0usize, 0usize, 0usize);
    for step in root.walk() {
        match step {
            Step::Enter(node) => {
                let parent = open.last().copied().unwrap_or(0);
                links += usize::from(node.name() == "a");
                hidden += usize::from(element::is_invisible(node.name()));
                let hints = if hidden == 0 { names.of(node) } else { Hints::default() };
                open.push(elems.len());
                let depth = open.len();
                elems.push(Elem {
                    node,
                    parent,
                    end: 0,
                    hints,
                    prose: 0,
                    text: 0,
                    linked: 0,
                    before,
                    numbered: false,
                    headed: false,
                    depth,
                });
                if node.name() == "h1" {
                    open.iter().for_each(|&at| elems[at].headed = true);
                }
            }
            Step::Leave(node) => {
                links -= usize::from(node.name() == "a");
                hidden -= usize::from(element::is_invisible(node.name()));
                if let Some(at) = open.pop() {
                    elems[at].end = elems.len();
                    let Elem { prose, text, linked, numbered, .. } = elems[at];
                    if let Some(&parent) = open.last() {
                        let parent = &mut elems[parent];
                        parent.prose += prose;
                        parent.text += text;
                        parent.linked += linked;
                        parent.numbered |= numbered;
                    }
                }
            }
            Step::Text(text) if hidden == 0 => {
                let chars = text.trim().chars().count();
                if let Some(&at) = open.last() {
                    let elem = &mut elems[at];
                    elem.text += chars;
                    elem.numbered |= chars < SHORT && text.contains(char::is_numeric);
                    if links > 0 {
                        elem.linked += chars;
                    } else if chars >= PROSE {
                        elem.prose += chars;
                        before += chars;
                    }
                }
            }
            Step::Text(_) => {}
        }
    }
    elems
}

/// Whether an element stands beside the story, whatever its length: comments, consent to cookies,
/// what is no text at all.
fn is_beside(elem: &Elem<'_>, all: usize) -> bool {
    let name = elem.node.name();
    match name {
        "html" | "body" | "main" => return false,
        "nav" | "button" | "iframe" | "svg" | "video" | "audio" | "object" | "embed" | "dialog" | "menu"
        | "input" | "canvas" | "map" | "figcaption" | "select" | "datalist" => return true,
        _ => {}
    }
    if elem.headed || name == "article" {
        return false;
    }
    let small = share(elem, all) < STRIP_SHARE;
    (elem.hints.has(Hints::OVERLAY)
        && (small || elem.hints.has(Hints::STRIP) || speaks_of_cookies(elem.node)))
        || (elem.hints.has(Hints::COMMENT) && (small || elem.before >= STORY_BEFORE))
}

/// Whether an element is left out with all that is inside.
fn is_furniture(elem: &Elem<'_>, total: usize) -> bool {
    let name = elem.node.name();
    let small = share(elem, total) < STRIP_SHARE;
    if !small || matches!(name, "html" | "body" | "main") {
        return false;
    }
    let role = elem.node.attr("role").unwrap_or_default();
    matches!(name, "aside" | "footer" | "form" | "figure" | "fieldset")
        || matches!(
            role,
            "navigation"
                | "complementary"
                | "banner"
                | "search"
                | "contentinfo"
                | "dialog"
                | "alert"
                | "menu"
                | "tooltip"
        )
        || (name != "p" && is_hidden(elem.node))
        || is_spoken(elem)
        || (elem.hints.has(Hints::STRIP) && !elem.hints.has(Hints::CONTENT))
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
fn share(elem: &Elem<'_>, total: usize) -> f64 {
    elem.prose as f64 / total as f64
}
