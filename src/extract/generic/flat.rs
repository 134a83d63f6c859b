//! The elements of a page in a flat list, with what can be told of each by one walk through the tree.

use super::hints::{self, Hints};
use super::unseen;
use crate::dom::{Edge, Flow, Node, Step};

/// An element of the flat list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Elem<'d> {
    pub(super) node: Node<'d>,
    /// Its parent's place; the root is its own.
    pub(super) parent: usize,
    /// One past the last element inside.
    pub(super) end: usize,
    /// Its classes as they are written; empty when it has none.
    pub(super) class: &'d str,
    pub(super) hints: Hints,
    /// Whether its role is that of furniture.
    pub(super) is_aside: bool,
    /// Whether it is not shown.
    pub(super) is_hidden: bool,
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
    /// Where the text that a reader sees in it stands in that of the page.
    pub(super) shown: (usize, usize),
}

/// Numbers are looked for in shorter texts.
const SHORT: usize = 200;
/// A page has about so many elements.
const USUAL: usize = 2000;
/// A text node of at least this many characters counts as running text.
const PROSE: usize = 50;

/// An element that is open.
struct Open {
    at: usize,
    edge: Edge,
    is_link: bool,
    is_invisible: bool,
}

/// The elements in document order, and the text of all of them.
pub(super) fn read(root: Node<'_>) -> (Vec<Elem<'_>>, String) {
    let mut elems: Vec<Elem<'_>> = Vec::with_capacity(USUAL);
    let mut open: Vec<Open> = Vec::new();
    let mut names = hints::Reader::default();
    let mut flow = Flow::default();
    let (mut links, mut hidden, mut before) = (0usize, 0usize, 0usize);
    for step in root.walk() {
        match step {
            Step::Enter(node) => {
                let (at, name) = (elems.len(), node.name());
                let parent = open.last().map_or(0, |open| open.at);
                let (is_link, is_invisible) = (name == "a", node.is_unseen());
                links += usize::from(is_link);
                hidden += usize::from(is_invisible);
                let edge = Edge::of(node);
                flow.enter(edge);
                let Looks { class, id, is_aside, is_hidden } = looks(node);
                let hints = if hidden == 0 { names.of(class, id) } else { Hints::default() };
                open.push(Open { at, edge, is_link, is_invisible });
                let (depth, shown) = (open.len(), (flow.len(), flow.len()));
                let (prose, text, linked, numbered, headed) = (0, 0, 0, false, false);
                elems.push(Elem {
                    node,
                    parent,
                    end: 0,
                    class,
                    hints,
                    is_aside,
                    is_hidden,
                    prose,
                    text,
                    linked,
                    before,
                    numbered,
                    headed,
                    depth,
                    shown,
                });
                if name == "h1" {
                    open.iter().for_each(|open| elems[open.at].headed = true);
                }
            }
            Step::Leave(_) => {
                let Some(Open { at, edge, is_link, is_invisible }) = open.pop() else { continue };
                links -= usize::from(is_link);
                hidden -= usize::from(is_invisible);
                flow.leave(edge);
                let (end, elem) = (elems.len(), &mut elems[at]);
                elem.end = end;
                elem.shown.1 = flow.len();
                let Elem { prose, text, linked, numbered, .. } = *elem;
                if let Some(parent) = open.last() {
                    let parent = &mut elems[parent.at];
                    parent.prose += prose;
                    parent.text += text;
                    parent.linked += linked;
                    parent.numbered |= numbered;
                }
            }
            Step::Text(text) => {
                flow.push(text);
                let text = text.trim();
                if hidden > 0 || text.is_empty() {
                    continue;
                }
                let chars = text.chars().count();
                if let Some(open) = open.last() {
                    let elem = &mut elems[open.at];
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
        }
    }
    (elems, flow.finish())
}

/// What the attributes of an element say.
#[derive(Default)]
struct Looks<'d> {
    class: &'d str,
    id: Option<&'d str>,
    is_aside: bool,
    is_hidden: bool,
}

/// Looks at all attributes at once: asking for each by its name would walk them again and again.
fn looks(node: Node<'_>) -> Looks<'_> {
    let mut looks = Looks::default();
    for (name, value) in node.attrs() {
        match name {
            "class" => looks.class = value,
            "id" => looks.id = Some(value),
            "role" => looks.is_aside = is_aside(value),
            "style" => looks.is_hidden |= unseen::hides(value),
            "hidden" => looks.is_hidden = true,
            "aria-hidden" => looks.is_hidden |= value == "true",
            _ => {}
        }
    }
    looks
}

fn is_aside(role: &str) -> bool {
    matches!(
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
}
