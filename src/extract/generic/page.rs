//! A page as a flat list of elements in document order, with what strips them.

use super::hints::{self, Hints};
use crate::dom::{Node, Step};
use crate::extract::blocks;

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
    /// Elements around it.
    pub(super) depth: usize,
}

/// A text node of at least this many characters counts as running text.
const PROSE: usize = 50;
/// An element whose names call it furniture stays when it holds more of the running text.
const STRIP_SHARE: f64 = 0.35;
/// A comment section may well be longer than the story.
const COMMENT_SHARE: f64 = 0.85;

/// The page.
pub(super) struct Page<'d> {
    pub(super) elems: Vec<Elem<'d>>,
    /// Whether the element itself is stripped (what is inside it is, too).
    pub(super) stripped: Vec<bool>,
}

impl<'d> Page<'d> {
    /// Reads the tree below `root`, and decides what is furniture.
    pub(super) fn read(root: Node<'d>) -> Self {
        let elems = flatten(root);
        let total = elems.first().map_or(0, |root| root.prose).max(1);
        let mut stripped = vec![false; elems.len()];
        let mut at = 0;
        while at < elems.len() {
            stripped[at] = is_furniture(&elems, at, total);
            at = if stripped[at] { elems[at].end } else { at + 1 };
        }
        Self { elems, stripped }
    }

    /// The elements around one, nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |&at| Some(self.elems[at].parent).filter(|&parent| parent != at))
            .skip(1)
    }
}

fn flatten(root: Node<'_>) -> Vec<Elem<'_>> {
    let mut elems: Vec<Elem<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut links, mut hidden) = (0usize, 0usize);
    for step in root.walk() {
        match step {
            Step::Enter(node) => {
                let parent = open.last().copied().unwrap_or(0);
                links += usize::from(node.name() == "a");
                hidden += usize::from(blocks::is_invisible(node.name()));
                let hints = if hidden == 0 { hints::of(node) } else { Hints::default() };
                open.push(elems.len());
                elems.push(Elem { node, parent, end: 0, hints, prose: 0, depth: open.len() });
            }
            Step::Leave(node) => {
                links -= usize::from(node.name() == "a");
                hidden -= usize::from(blocks::is_invisible(node.name()));
                if let Some(at) = open.pop() {
                    elems[at].end = elems.len();
                    let prose = elems[at].prose;
                    if let Some(&parent) = open.last() {
                        elems[parent].prose += prose;
                    }
                }
            }
            Step::Text(text) if links == 0 && hidden == 0 => {
                let chars = text.trim().chars().count();
                if chars >= PROSE
                    && let Some(&at) = open.last()
                {
                    elems[at].prose += chars;
                }
            }
            Step::Text(_) => {}
        }
    }
    elems
}

/// Whether an element is left out with all that is inside.
fn is_furniture(elems: &[Elem<'_>], at: usize, total: usize) -> bool {
    let elem = &elems[at];
    let name = elem.node.name();
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let share = elem.prose as f64 / total as f64;
    let small = share < STRIP_SHARE;
    match name {
        "html" | "body" | "main" => return false,
        "nav" | "button" | "iframe" | "svg" | "video" | "audio" | "object" | "embed" | "dialog" | "menu"
        | "input" | "canvas" | "map" | "figcaption" | "select" | "datalist" => return true,
        "aside" | "footer" | "form" | "figure" | "fieldset" if small => return true,
        _ => {}
    }
    if is_hidden(elem.node) && small {
        return true;
    }
    if let Some(role) = elem.node.attr("role")
        && small
        && matches!(
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
    {
        return true;
    }
    if elem.hints.has(Hints::COMMENT) && share < COMMENT_SHARE && !matches!(name, "article") {
        return true;
    }
    elem.hints.has(Hints::STRIP) && small && !elem.hints.has(Hints::CONTENT)
}

fn is_hidden(node: Node<'_>) -> bool {
    let style = node.attr("style").unwrap_or_default();
    let unseen = !style.is_empty() && {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    unseen || node.attr("hidden").is_some() || node.attr("aria-hidden") == Some("true")
}
