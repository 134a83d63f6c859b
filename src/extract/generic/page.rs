//! A page as a flat list of elements in document order, with what strips them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::flat::{self, Elem};
use super::hints::Hints;
use super::unseen::{is_spoken, speaks_of_cookies};
use super::{cards, listing, stories};
use crate::dom::{Node, NodeSet};

/// An element whose names call it furniture stays when it holds more of the running text.
const STRIP_SHARE: f64 = 0.35;
/// Comments may be longer than the story, but the story stands before them.
const STORY_BEFORE: usize = 140;

/// The page.
pub(super) struct Page<'d> {
    pub(super) elems: Vec<Elem<'d>>,
    /// All text that a reader sees.
    text: String,
    /// Whether the element itself is stripped (what is inside it is, too).
    pub(super) stripped: Vec<bool>,
    /// Whether it is a box in a list of other stories.
    lists: Vec<bool>,
    /// What the rules removed.
    ruled: &'d NodeSet,
}

impl<'d> Page<'d> {
    /// Reads the tree below `root`, and decides what is furniture; `removed` is by rule, `titles` are
    /// what the page calls itself, and `only_sure` leaves what is only likely to be furniture.
    pub(super) fn read(root: Node<'d>, removed: &'d NodeSet, titles: &[String], only_sure: bool) -> Self {
        let (elems, text) = flat::read(root);
        let all = elems.first().map_or(0, |root| root.prose).max(1);
        let none = vec![false; elems.len()];
        let mut page = Self { stripped: none.clone(), elems, text, lists: none, ruled: removed };
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
                .map(|elem| elem.class)
                .collect();
            let is_like_large = |elem: &Elem<'_>| !elem.class.is_empty() && large.contains(elem.class);
            page.strip(|elem, _| is_furniture(elem, total) && !is_like_large(elem));
            page.strip_these(stories::others(&page, titles));
            page.strip_these(cards::find(&page.elems));
            let lists = listing::items(&page.elems, total);
            lists.iter().for_each(|&at| page.lists[at] = true);
            page.strip_these(lists);
        }
        page
    }

    /// Strips elements, outermost first; returns how much running text went.
    fn strip(&mut self, rule: impl Fn(&Elem<'d>, usize) -> bool) -> usize {
        let (mut at, mut prose) = (0, 0);
        while at < self.elems.len() {
            let elem = &self.elems[at];
            if !self.stripped[at] && rule(elem, at) {
                prose += elem.prose;
                self.strip_one(at);
            }
            at = if self.stripped[at] { self.elems[at].end } else { at + 1 };
        }
        prose
    }

    /// Strips the elements at some places.
    fn strip_these(&mut self, mut places: Vec<usize>) {
        places.sort_unstable();
        for at in places {
            if !self.upward(at).any(|at| self.stripped[at]) {
                self.strip_one(at);
            }
        }
    }

    fn strip_one(&mut self, at: usize) {
        let elem = &self.elems[at];
        if elem.prose > 0 {
            let names = (elem.class, elem.node.attr("id").unwrap_or_default());
            tracing::trace!(prose = elem.prose, hints = ?elem.hints, ?names, "strip {}", elem.node.name());
        }
        self.stripped[at] = true;
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

    /// The text of an element without its line breaks, for bylines and the like.
    pub(super) fn line(&self, at: usize) -> Cow<'_, str> {
        let (start, end) = self.elems[at].shown;
        let text = self.text[start..end].trim_start();
        if text.contains('\n') { text.replace('\n', " ").into() } else { text.into() }
    }

    /// Whether a rule removed this very element.
    pub(super) fn by_rule(&self, at: usize) -> bool {
        self.ruled.has(self.elems[at].node)
    }

    /// Whether an element is a box in a list of other stories.
    pub(super) fn listed(&self, at: usize) -> bool {
        self.lists[at]
    }

    /// Whether an element stands in what is named like furniture and like a standfirst (a teaser): it
    /// may be the story's, and says nothing of where the story stands.
    pub(super) fn is_teaser(&self, at: usize) -> bool {
        let around = self.upward(at).take(3);
        around.map(|at| &self.elems[at]).any(|elem| is_named_so(elem) && is_lead(elem))
    }

    /// The elements around one, nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.upward(at).skip(1)
    }

    /// An element and those around it, nearest first.
    pub(super) fn upward(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&at| Some(self.elems[at].parent).filter(|&parent| parent != at))
    }
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
    matches!(name, "aside" | "footer" | "form" | "figure" | "fieldset")
        || elem.is_aside
        || (name != "p" && elem.is_hidden)
        || is_spoken(elem.node, elem.text)
        || (is_named_so(elem) && !is_lead(elem))
}

/// Whether the names of an element are those of furniture.
fn is_named_so(elem: &Elem<'_>) -> bool {
    elem.hints.has(Hints::STRIP) && !elem.hints.has(Hints::CONTENT)
}

/// Whether an element is named like a standfirst and stands where one may be: behind the start of the
/// story the same name is that of another story's.
fn is_lead(elem: &Elem<'_>) -> bool {
    elem.hints.has(Hints::LEAD) && elem.before < STORY_BEFORE
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
fn share(elem: &Elem<'_>, total: usize) -> f64 {
    elem.prose as f64 / total as f64
}
