//! What the `selectors` crate asks of an element.

use html5ever::{Namespace, local_name, ns};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};
use selectors::{Element, OpaqueElement};

use super::css::{Css, Never, Value, Word};
use crate::dom::Node;
use crate::dom::tree::DOCUMENT;

/// An element that is asked about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'d>(pub(super) Node<'d>);

impl Element for Asked<'_> {
    type Impl = Css;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.0.slot())
    }

    fn parent_element(&self) -> Option<Self> {
        self.0.parent().map(Self)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.previous_element().map(Self)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.0.next_element().map(Self)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.0.child_elements().next().map(Self)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.0.called().namespace == ns!(html)
    }

    fn has_local_name(&self, name: &Word) -> bool {
        self.0.called().local == name.0
    }

    fn has_namespace(&self, namespace: &Namespace) -> bool {
        self.0.called().namespace == *namespace
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.0.called() == other.0.called()
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Namespace>,
        name: &Word,
        operation: &AttrSelectorOperation<&Value>,
    ) -> bool {
        self.0.attributes().iter().any(|one| {
            one.name.local == name.0
                && !matches!(*namespace, NamespaceConstraint::Specific(wanted) if *wanted != one.name.ns)
                && operation.eval_str(&one.value)
        })
    }

    fn has_id(&self, id: &Word, case: CaseSensitivity) -> bool {
        self.0.attribute(&local_name!("id")).is_some_and(|own| case.eq(id.0.as_bytes(), own.as_bytes()))
    }

    fn has_class(&self, name: &Word, case: CaseSensitivity) -> bool {
        self.0.attribute(&local_name!("class")).is_some_and(|all| {
            all.split_ascii_whitespace().any(|own| case.eq(name.0.as_bytes(), own.as_bytes()))
        })
    }

    fn is_empty(&self) -> bool {
        !self.0.holds_anything()
    }

    fn is_root(&self) -> bool {
        self.0.slot().parent == DOCUMENT
    }

    fn is_link(&self) -> bool {
        self.0.name() == "link"
    }

    fn is_html_slot_element(&self) -> bool {
        true
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn is_part(&self, _: &Word) -> bool {
        false
    }

    fn imported_part(&self, _: &Word) -> Option<Word> {
        None
    }

    fn match_non_ts_pseudo_class(&self, never: &Never, _: &mut MatchingContext<'_, Css>) -> bool {
        match *never {}
    }

    fn match_pseudo_element(&self, never: &Never, _: &mut MatchingContext<'_, Css>) -> bool {
        match *never {}
    }

    fn has_custom_state(&self, _: &Word) -> bool {
        false
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
