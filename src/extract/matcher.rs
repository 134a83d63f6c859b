//! Many selectors over one tree in one walk: each is asked only at elements that have the tag, class
//! or identifier its rightmost part wants.

use std::collections::HashMap;

use crate::dom::{Node, Selector};

/// Selectors by what their rightmost part wants.
#[derive(Debug, Default)]
pub(super) struct Matcher<'s> {
    selectors: Vec<&'s Selector>,
    ids: HashMap<&'s str, Vec<usize>>,
    classes: HashMap<&'s str, Vec<usize>>,
    tags: HashMap<&'s str, Vec<usize>>,
    anywhere: Vec<usize>,
}

impl<'s> Matcher<'s> {
    /// Sorts selectors.
    pub(super) fn new(selectors: impl IntoIterator<Item = &'s Selector>) -> Self {
        let mut matcher = Self::default();
        for selector in selectors {
            let index = matcher.selectors.len();
            matcher.selectors.push(selector);
            for part in parts(selector.as_str()) {
                let list = match key(part) {
                    Key::Id(name) => matcher.ids.entry(name).or_default(),
                    Key::Class(name) => matcher.classes.entry(name).or_default(),
                    Key::Tag(name) => matcher.tags.entry(name).or_default(),
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
        let mut next = root.child_elements().next();
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
        if self.selectors.is_empty() {
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
        let by_id = node.attr("id").and_then(|id| self.ids.get(id.trim()));
        let by_class = node.attr("class").filter(|_| !self.classes.is_empty()).into_iter();
        let by_class =
            by_class.flat_map(str::split_ascii_whitespace).filter_map(|class| self.classes.get(class));
        by_id
            .into_iter()
            .chain(by_class)
            .chain(self.tags.get(node.name()))
            .chain(std::iter::once(&self.anywhere))
            .flatten()
            .copied()
            .filter(|&index| node.matches(self.selectors[index]))
            .min()
    }
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

enum Key<'s> {
    Id(&'s str),
    Class(&'s str),
    Tag(&'s str),
    Any,
}

/// The parts of a selector list: commas outside of brackets part them.
fn parts(text: &str) -> Vec<&str> {
    split(text, |c| c == ',')
}

/// Cuts a text at marks outside of brackets, parentheses and quotes.
fn split(text: &str, mark: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut out, mut start, mut depth, mut quote) = (Vec::new(), 0, 0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && mark(c) => {
                out.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// What the rightmost compound of a selector wants at the least.
fn key(part: &str) -> Key<'_> {
    let compounds = split(part.trim(), |c| c.is_whitespace() || matches!(c, '>' | '+' | '~'));
    let Some(last) = compounds.into_iter().rev().find(|compound| !compound.trim().is_empty()) else {
        return Key::Any;
    };
    // Escapes and functions are left to the selector itself.
    if last.contains('\\') {
        return Key::Any;
    }
    let end = last.find(['[', ':']).unwrap_or(last.len());
    let simple = &last[..end];
    let name = |text: &'_ str| text.find(['.', '#']).unwrap_or(text.len());
    if let Some(at) = simple.find('#') {
        let id = &simple[at + 1..];
        return Key::Id(&id[..name(id)]);
    }
    if let Some(at) = simple.find('.') {
        let class = &simple[at + 1..];
        return Key::Class(&class[..name(class)]);
    }
    let lower = simple.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if simple.is_empty() || !lower { Key::Any } else { Key::Tag(simple) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

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
            let found = Matcher::new([&selector]).outermost(doc.root());
            assert_eq!(found.into_iter().map(|(node, _)| node).collect::<Vec<_>>(), expected, "{css}");
        }
    }

    #[test]
    fn the_first_selector_of_several_is_named() {
        let doc = Document::parse(PAGE);
        let selectors = [Selector::parse(".y").unwrap(), Selector::parse(".x").unwrap()];
        let found: Vec<usize> =
            Matcher::new(&selectors).outermost(doc.root()).into_iter().map(|(_, index)| index).collect();
        assert_eq!(found, [0, 0]);
    }
}
