//! Many selectors over one tree in one walk: each is asked only at elements that have the tag, class
//! or identifier its rightmost part wants.

use crate::dom::{Document, FastMap, Key, Node, Selector};

/// Selectors by what their rightmost part wants.
#[derive(Debug, Default)]
pub(super) struct Matcher<'s> {
    selectors: Vec<&'s Selector>,
    ids: FastMap<&'s str, Vec<usize>>,
    classes: FastMap<&'s str, Vec<usize>>,
    tags: FastMap<&'s str, Vec<usize>>,
    attrs: FastMap<&'s str, Vec<usize>>,
    anywhere: Vec<usize>,
    /// Whether there is nothing to look for.
    idle: bool,
    /// The lengths of all wanted names, as bits: most names of a page are told by theirs.
    lengths: u64,
}

impl<'s> Matcher<'s> {
    /// Sorts selectors, without those parts of them that can match nothing on a page.
    pub(super) fn new(doc: &Document, selectors: impl IntoIterator<Item = &'s Selector>) -> Self {
        let mut matcher = Self { idle: true, ..Self::default() };
        for selector in selectors {
            let index = matcher.selectors.len();
            matcher.selectors.push(selector);
            for key in doc.keys(selector) {
                matcher.idle = false;
                if let Key::Id(name) | Key::Class(name) | Key::Tag(name) | Key::Attr(name) = key {
                    matcher.lengths |= length(name);
                }
                let list = match key {
                    Key::Id(name) => matcher.ids.entry(name).or_default(),
                    Key::Class(name) => matcher.classes.entry(name).or_default(),
                    Key::Tag(name) => matcher.tags.entry(name).or_default(),
                    Key::Attr(name) => matcher.attrs.entry(name).or_default(),
                    Key::Any => &mut matcher.anywhere,
                };
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        matcher
    }

    /// The outermost elements that a selector matches, in document order, each with the place of its
    /// selector; what is inside one of them is not looked at. Nothing inside `<template>` matches.
    pub(super) fn outermost<'d>(&self, root: Node<'d>) -> Vec<(Node<'d>, usize)> {
        let mut out = Vec::new();
        let mut next = root.child_elements().next().filter(|_| !self.idle);
        // Pre-order by hand, so that whole subtrees can be stepped over.
        while let Some(node) = next {
            let found = self.first(node);
            if let Some(index) = found {
                out.push((node, index));
            }
            let inside = if found.is_some() || node.name() == "template" {
                None
            } else {
                node.child_elements().next()
            };
            next = inside.or_else(|| after(node, root));
        }
        out
    }

    /// The first of the selectors that matches any element, the root included.
    pub(super) fn any(&self, root: Node<'_>) -> Option<&'s Selector> {
        if self.idle {
            return None;
        }
        let mut best = self.first(root);
        let mut next = root.child_elements().next();
        while let Some(node) = next {
            if best == Some(0) {
                break;
            }
            best = [best, self.first(node)].into_iter().flatten().min();
            let inside = if node.name() == "template" { None } else { node.child_elements().next() };
            next = inside.or_else(|| after(node, root));
        }
        best.map(|index| self.selectors[index])
    }

    /// The first selector that matches an element.
    fn first(&self, node: Node<'_>) -> Option<usize> {
        let mut best = None;
        let mut ask = |list: Option<&Vec<usize>>| {
            for &index in list.into_iter().flatten() {
                if best.is_none_or(|best| index < best) && node.matches(self.selectors[index]) {
                    best = Some(index);
                }
            }
        };
        let wanted = |name: &str| self.lengths & length(name) != 0;
        for (name, value) in node.attrs() {
            match name {
                "id" if !self.ids.is_empty() && wanted(value) => ask(self.ids.get(value)),
                "class" if !self.classes.is_empty() => {
                    let classes = value.split_ascii_whitespace().filter(|class| wanted(class));
                    classes.for_each(|class| ask(self.classes.get(class)));
                }
                _ => {}
            }
            if !self.attrs.is_empty() && wanted(name) {
                ask(self.attrs.get(name));
            }
        }
        if wanted(node.name()) {
            ask(self.tags.get(node.name()));
        }
        ask(Some(&self.anywhere));
        best
    }
}

/// The bit of a name's length.
fn length(name: &str) -> u64 {
    1 << name.len().min(63)
}

/// The next element in document order that is not inside this one.
fn after<'d>(node: Node<'d>, root: Node<'d>) -> Option<Node<'d>> {
    let mut at = node;
    loop {
        if let Some(next) = at.next_element() {
            return Some(next);
        }
        at = at.parent().filter(|parent| *parent != root)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<div id=a class='x y'><p class=x>1</p></div><template><p class=x>0</p></template>
        <section><p data-k=v>2</p><b class=y>3</b></section><p>4</p><form action='/wp-comments-post.php'>5</form>";

    #[test]
    fn it_finds_what_each_selector_finds_alone() {
        let doc = Document::parse(PAGE);
        for css in [
            "#a",
            ".x",
            ".x, .y",
            "p",
            "section > p",
            "[data-k]",
            "p[data-k=v]",
            "b.y",
            "#a p.x",
            "*",
            "form[action*='wp-comments-post.php']",
            ":is(b, p)",
            "p:not(.x)",
            "div#a.x.y",
            "section p, #a",
        ] {
            let selector = Selector::parse(css).unwrap();
            let mut expected: Vec<Node<'_>> = Vec::new();
            for node in doc.root().select(&selector) {
                if !expected.iter().any(|outer| node.is_within(*outer)) {
                    expected.push(node);
                }
            }
            let found = Matcher::new(&doc, [&selector]).outermost(doc.root());
            assert_eq!(found.into_iter().map(|(node, _)| node).collect::<Vec<_>>(), expected, "{css}");
        }
    }

    #[test]
    fn the_first_selector_of_several_is_named() {
        let doc = Document::parse(PAGE);
        let selectors = [Selector::parse(".y").unwrap(), Selector::parse(".x").unwrap()];
        let found: Vec<usize> = Matcher::new(&doc, &selectors)
            .outermost(doc.root())
            .into_iter()
            .map(|(_, index)| index)
            .collect();
        assert_eq!(found, [0, 0]);
    }
}
