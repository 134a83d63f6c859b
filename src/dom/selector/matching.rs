//! Asking a compiled selector.

use std::cell::OnceCell;
use std::ops::Range;

use html5ever::local_name;
use selectors::Element;
use selectors::matching::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
    matches_selector,
};

use super::element::Asked;
use super::key::{Key, Part};
use super::{Node, Selector};
use crate::dom::tree::Tree;

/// A selector that is asked of one element after the other, and remembers what it counted: places
/// among siblings are counted once. `:scope` is the element in which it selects.
pub(in crate::dom) struct Counted<'d, 's> {
    selector: &'s Selector,
    scope: Node<'d>,
    caches: SelectorCaches,
}

impl Counted<'_, '_> {
    pub(in crate::dom) fn matches(&mut self, node: Node<'_>) -> bool {
        self.selector.asked(node, Some(self.scope), &mut Some(&mut self.caches))
    }
}

impl Selector {
    pub(in crate::dom) fn counted<'d>(&self, scope: Node<'d>) -> Counted<'d, '_> {
        Counted { selector: self, scope, caches: SelectorCaches::default() }
    }

    /// Whether it matches an element; `:scope` is the page.
    pub(in crate::dom) fn matches(&self, node: Node<'_>) -> bool {
        self.asked(node, None, &mut None)
    }

    /// Each part is asked only when the element has what it wants at the least.
    fn asked(
        &self,
        node: Node<'_>,
        scope: Option<Node<'_>>,
        caches: &mut Option<&mut SelectorCaches>,
    ) -> bool {
        // Looked up once, however many parts the list has.
        let classes = OnceCell::new();
        let classes = || *classes.get_or_init(|| node.attribute(&local_name!("class")).unwrap_or_default());
        self.parts().iter().enumerate().any(|(at, part)| {
            part.may_match(node, &classes)
                && (part.is_all
                    || match caches {
                        Some(caches) => self.part_matches(at, node, scope, caches),
                        None => self.part_matches(at, node, scope, &mut SelectorCaches::default()),
                    })
        })
    }

    fn part_matches(
        &self,
        part: usize,
        node: Node<'_>,
        scope: Option<Node<'_>>,
        caches: &mut SelectorCaches,
    ) -> bool {
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        context.scope_element = scope.map(|node| Asked(node).opaque());
        matches_selector(&self.0.compiled.slice()[part], 0, None, &Asked(node), &mut context)
    }

    /// The elements of a stretch of a page that the selector may match, in document order; none when only
    /// walking through it tells.
    pub(in crate::dom) fn candidates(&self, tree: &Tree, stretch: &Range<u32>) -> Option<Vec<u32>> {
        let bits: Option<Vec<u16>> = self.held(tree).map(|part| part.bit).collect();
        Some(tree.among_any(&bits?, stretch))
    }

    /// Its parts that may match anything on a page.
    pub(in crate::dom) fn held(&self, tree: &Tree) -> impl Iterator<Item = &Part> {
        self.parts().iter().filter(|part| tree.may_hold(&part.needs))
    }
}

impl Part {
    /// Whether an element has what it wants at the least; only then it need be asked.
    fn may_match<'d>(&self, node: Node<'d>, classes: &impl Fn() -> &'d str) -> bool {
        match &self.key {
            Key::Any => true,
            Key::Tag(name) => *node.name() == **name,
            Key::Attr(name) => node.attr(name).is_some(),
            Key::Id(id) => node.attribute(&local_name!("id")) == Some(id),
            Key::Class(class) => {
                let all = classes();
                all.len() >= class.len() && all.split_ascii_whitespace().any(|one| one == &**class)
            }
        }
    }
}
