//! A page by its site's own rules, checked against the generic reading.

use jiff::Timestamp;

use super::blocks::{self, Piece};
use super::{field, finding, layout};
use crate::dom::{Document, Node, NodeSet};
use crate::model::{Draft, DraftBlock, FieldName, Found};
use crate::site::{Layout, Site};

/// A site's own body that is shorter than this share of the generic one has rotted.
const ROTTEN_SHARE: f64 = 0.25;

/// Puts what the rules of a site find over what the generic reader found.
pub(super) fn apply(draft: &mut Draft, site: &Site, doc: &Document, removed: &NodeSet, now: Timestamp) {
    let published = draft.published.as_ref().map(|found| &found.value);
    let Some(layout) = layout::choose(site, doc, published) else {
        let message = format!("no layout of {} matches this page; the generic reader took it", site.id);
        draft.findings.push(finding("no_layout", None, message));
        return;
    };
    let text = |name: FieldName| layout.field(name).and_then(|rule| field::text(rule, doc));
    let texts = |name: FieldName| layout.field(name).and_then(|rule| field::texts(rule, doc));
    draft.title = text(FieldName::Title).or(draft.title.take());
    draft.dateline = text(FieldName::Dateline);
    draft.authors = texts(FieldName::Author).or(draft.authors.take());
    draft.section = text(FieldName::Section).or(draft.section.take());
    draft.language = text(FieldName::Language).or(draft.language.take());
    let language = draft.language.as_ref().map(|found| found.value.clone());
    let when = |name: FieldName| {
        let rule = layout.field(name)?;
        field::when(rule, doc, site.timezone.as_deref(), language.as_deref(), now)
    };
    draft.published = when(FieldName::Published).or(draft.published.take());
    draft.modified = when(FieldName::Modified).or(draft.modified.take());
    let own = layout.body.as_ref().and_then(|rule| body(rule, doc, removed));
    take_body(draft, layout, site, own);
    form_words(draft, layout);
    missing(draft, layout);
}

/// Tells when the comment form does not say what the site file expects: then something else was cut.
fn form_words(draft: &mut Draft, layout: &Layout) {
    let (Some(rule), Some(form)) = (&layout.comment_form, &draft.comment_form) else { return };
    let said = form.value.to_lowercase();
    if !rule.text.is_empty() && !rule.text.iter().any(|words| said.contains(&words.to_lowercase())) {
        let message = format!("{} was cut as the comment form, but says none of its words", form.source);
        draft.findings.push(finding("comment_form_words", Some(FieldName::CommentForm), message));
    }
}

fn body(rule: &crate::site::FieldRule, doc: &Document, removed: &NodeSet) -> Option<Found<Vec<DraftBlock>>> {
    if let Some(found) = field::nodes(rule, doc) {
        let blocks: Vec<DraftBlock> =
            found.value.iter().flat_map(|&node| container(node, removed)).map(|piece| piece.block).collect();
        if !blocks.is_empty() {
            return Some(Found { value: blocks, source: found.source });
        }
    }
    None
}

fn container<'d>(node: Node<'d>, removed: &NodeSet) -> Vec<Piece<'d>> {
    if removed.covers(node) { Vec::new() } else { blocks::pieces(node, |inner, _| removed.has(inner)) }
}

/// Decides between the site's own body and the generic one.
fn take_body(draft: &mut Draft, layout: &Layout, site: &Site, own: Option<Found<Vec<DraftBlock>>>) {
    let length = |blocks: &[DraftBlock]| blocks.iter().map(|block| block.text.chars().count()).sum::<usize>();
    let Some(own) = own else {
        if layout.body.is_some() {
            let message = format!(
                "{}: the body of layout {} is not on this page; the generic reader took it",
                site.id, layout.id
            );
            draft.findings.push(finding("body_missing", Some(FieldName::Body), message));
        }
        return;
    };
    let generic = draft.body.as_ref().map_or(0, |found| length(&found.value));
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let rotten = (length(&own.value) as f64) < generic as f64 * ROTTEN_SHARE;
    if rotten {
        let message = format!(
            "{}: the body of layout {} has {} characters, the generic reader found {generic}; the selector may be out of date",
            site.id,
            layout.id,
            length(&own.value)
        );
        draft.findings.push(finding("body_rotten", Some(FieldName::Body), message));
        return;
    }
    layout.id.clone_into(&mut draft.reading.layout);
    draft.body = Some(own);
}

/// Tells of required fields that are not there.
fn missing(draft: &mut Draft, layout: &Layout) {
    let found = [
        (FieldName::Title, draft.title.is_some()),
        (FieldName::Author, draft.authors.is_some()),
        (FieldName::Published, draft.published.is_some()),
        (FieldName::Body, draft.body.is_some()),
    ];
    for (name, found) in found {
        if !found && layout.field(name).is_some_and(|rule| rule.required) {
            let message = format!("the required field {name} is not on this page");
            draft.findings.push(finding("required_missing", Some(name), message));
        }
    }
}
