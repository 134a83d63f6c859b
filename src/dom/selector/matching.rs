//! Asking a compiled selector.

use selectors::Element;
use selectors::matching::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
    matches_selector,
};

use super::element::Asked;
use super::{Node, Selector};

/// A selector that is asked of one element after the other, and remembers what it counted: places
/// among siblings are counted once. `:scope` is the element in which it selects.
pub(in crate::dom) struct Counted<'d, 's> {
    selector: &'s Selector,
    scope: Node<'d>,
    caches: SelectorCaches,
}

impl Counted<'_, '_> {
    pub(in crate::dom) fn matches(&mut self, node: Node<'_>) -> bool {
        self.selector.may_match(node) && self.selector.asked(node, Some(self.scope), &mut self.caches)
    }
}

impl Selector {
    pub(in crate::dom) fn counted<'d>(&self, scope: Node<'d>) -> Counted<'d, '_> {
        Counted { selector: self, scope, caches: SelectorCaches::default() }
    }

    /// Whether the selector matches an element; `:scope` is the page.
    pub(in crate::dom) fn matches(&self, node: Node<'_>) -> bool {
        self.asked(node, None, &mut SelectorCaches::default())
    }

    fn asked(&self, node: Node<'_>, scope: Option<Node<'_>>, caches: &mut SelectorCaches) -> bool {
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        context.scope_element = scope.map(|node| Asked(node).opaque());
        let parts = self.0.compiled.slice();
        parts.iter().any(|part| matches_selector(part, 0, None, &Asked(node), &mut context))
    }
}
