//! What the rules of a site take out of a page before its text is read: the comment form, which is
//! kept as evidence, and the elements under `[clean] remove`.

use std::cell::LazyCell;

use super::matcher::Matcher;
use crate::dom::{Document, Node, NodeSet, Selector};
use crate::model::{Found, Removal};
use crate::site::{FieldRule, Site, Source};

/// What was taken out.
#[derive(Debug, Default)]
pub(super) struct Removed {
    /// The elements.
    pub(super) nodes: NodeSet,
    /// The comment form's text, with the selector that found it.
    pub(super) comment_form: Option<Found<String>>,
    /// What else went, by rule.
    pub(super) removals: Vec<Removal>,
}

impl Removed {
    /// Finds what the rules of a site and the generic ones take out, in one walk.
    pub(super) fn find(site: &Site, generic: &Site, doc: &Document) -> Self {
        // The generic rules may be the site's own.
        let beside = Some(generic).filter(|generic| !std::ptr::eq(*generic, site));
        let forms = form_rules(site).chain(beside.into_iter().flat_map(form_rules));
        let forms: Vec<&Selector> = forms.flat_map(selectors).collect();
        let removes = site.clean.remove.iter().chain(beside.into_iter().flat_map(|site| &site.clean.remove));
        let all: Vec<&Selector> = forms.iter().copied().chain(removes).collect();
        let form_matcher = LazyCell::new(|| Matcher::new(doc, forms.iter().copied()));
        let mut removed = Self::default();
        for (node, index) in Matcher::new(doc, all.iter().copied()).outermost(doc.root()) {
            if matches!(node.name(), "html" | "body" | "head") {
                continue;
            }
            removed.nodes.insert(node);
            if index < forms.len() {
                removed.add_form(node, all[index]);
            } else {
                // The whole comment section goes; its form is evidence all the same.
                for (form, index) in form_matcher.outermost(node) {
                    removed.add_form(form, forms[index]);
                }
                removed.add(node, all[index]);
            }
        }
        removed
    }

    fn add_form(&mut self, node: Node<'_>, selector: &Selector) {
        let text = node.text();
        match &mut self.comment_form {
            // The place that a script would fill is evidence of nothing.
            _ if text.is_empty() => {}
            Some(form) => {
                form.value.push('\n');
                form.value.push_str(&text);
            }
            None => self.comment_form = Some(Found { value: text, source: selector.to_string() }),
        }
    }

    fn add(&mut self, node: Node<'_>, selector: &Selector) {
        let text = node.text();
        if !text.is_empty() {
            let chars = text.chars().count();
            self.removals.push(Removal { rule: format!("remove {selector}"), chars, text });
        }
    }
}

/// The rules for the comment form of all layouts of a site.
fn form_rules(site: &Site) -> impl Iterator<Item = &FieldRule> {
    site.layouts.iter().filter_map(|layout| layout.comment_form.as_ref())
}

fn selectors(rule: &FieldRule) -> impl Iterator<Item = &Selector> {
    rule.select.iter().filter_map(|source| match source {
        Source::Css(query) => Some(&query.selector),
        _ => None,
    })
}
