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

impl<'d> Elem<'d> {
    /// At its start, before what is inside of it is known.
    const fn starting(node: Node<'d>, looks: &Looks<'d>, hints: Hints) -> Self {
        Self {
            node,
            parent: 0,
            end: 0,
            class: looks.class,
            hints,
            is_aside: looks.is_aside,
            is_hidden: looks.is_hidden,
            prose: 0,
            text: 0,
            linked: 0,
            before: 0,
            numbered: false,
            headed: false,
            depth: 0,
            shown: (0, 0),
        }
    }

    /// Takes in what is inside of an element in it.
    fn take_in(&mut self, inner: Self) {
        self.prose += inner.prose;
        self.text += inner.text;
        self.linked += inner.linked;
        self.numbered |= inner.numbered;
    }
}

/// An element that is open.
struct Open {
    at: usize,
    edge: Edge,
    is_link: bool,
}

/// The elements in document order, and the text of all of them.
pub(super) fn read(root: Node<'_>) -> (Vec<Elem<'_>>, String) {
    let mut walk = Walk { elems: Vec::with_capacity(USUAL), ..Walk::default() };
    for step in root.walk() {
        match step {
            Step::Enter(node) => walk.enter(node),
            Step::Leave(_) => walk.leave(),
            Step::Text(text) => walk.pass(text),
        }
    }
    (walk.elems, walk.flow.finish())
}

/// A walk through the tree: the list so far, and what is open.
#[derive(Default)]
struct Walk<'d> {
    elems: Vec<Elem<'d>>,
    open: Vec<Open>,
    names: hints::Reader<'d>,
    flow: Flow,
    /// How many links are open, and how many elements whose contents are no text.
    links: usize,
    unseen: usize,
    /// Characters of running text so far.
    before: usize,
}

impl<'d> Walk<'d> {
    fn enter(&mut self, node: Node<'d>) {
        let (name, edge) = (node.name(), Edge::of(node));
        let is_link = name == "a";
        self.links += usize::from(is_link);
        self.unseen += usize::from(edge.is_unseen());
        self.flow.enter(edge);
        let looks = looks(node);
        let hints = if self.unseen == 0 { self.names.of(looks.class, looks.id) } else { Hints::default() };
        let parent = self.open.last().map_or(0, |open| open.at);
        self.open.push(Open { at: self.elems.len(), edge, is_link });
        self.elems.push(Elem {
            parent,
            before: self.before,
            depth: self.open.len(),
            shown: (self.flow.len(), self.flow.len()),
            ..Elem::starting(node, &looks, hints)
        });
        if name == "h1" {
            self.open.iter().for_each(|open| self.elems[open.at].headed = true);
        }
    }

    fn leave(&mut self) {
        let Some(Open { at, edge, is_link }) = self.open.pop() else { return };
        self.links -= usize::from(is_link);
        self.unseen -= usize::from(edge.is_unseen());
        self.flow.leave(edge);
        self.elems[at].end = self.elems.len();
        self.elems[at].shown.1 = self.flow.len();
        if let Some(parent) = self.open.last() {
            let inner = self.elems[at];
            self.elems[parent.at].take_in(inner);
        }
    }

    fn pass(&mut self, text: &str) {
        self.flow.push(text);
        let text = text.trim();
        let Some(open) = self.open.last().filter(|_| self.unseen == 0 && !text.is_empty()) else { return };
        let (elem, chars) = (&mut self.elems[open.at], text.chars().count());
        elem.text += chars;
        elem.numbered |= chars < SHORT && text.contains(char::is_numeric);
        if self.links > 0 {
            elem.linked += chars;
        } else if chars >= PROSE {
            elem.prose += chars;
            self.before += chars;
        }
    }
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
