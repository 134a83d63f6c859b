//! A page by its site's own rules, checked against the generic reading.

use jiff::Timestamp;

use super::blocks::{self, Piece};
use super::verdict::{Case, Ground, Verdict};
use super::{carried, field, finding, layout, told};
use crate::dom::{Document, Node, NodeSet};
use crate::model::{Draft, DraftBlock, FieldName, Found};
use crate::site::{Layout, Site};

/// Puts what the rules of a site find over what the generic reader found; returns the layout that
/// matches the page.
pub(super) fn apply<'s>(
    draft: &mut Draft,
    site: &'s Site,
    doc: &Document,
    removed: &NodeSet,
    ground: &Ground<'_>,
    now: Timestamp,
) -> Option<&'s Layout> {
    let published = draft.published.as_ref().map(|found| &found.value);
    let Some(layout) = layout::choose(site, doc, published) else {
        let message = format!("no layout of {} matches this page; the generic reader took it", site.id);
        draft.findings.push(finding("no_layout", None, message));
        return None;
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
    let carried = layout.body.as_ref().filter(|_| own.is_none());
    if let Some(carried) = carried.and_then(|rule| carried::body(rule, site, doc)) {
        layout.id.clone_into(&mut draft.reading.layout);
        draft.body = Some(carried);
    } else {
        take_body(draft, layout, site, doc, ground, own);
    }
    form_words(draft, layout);
    Some(layout)
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

fn body<'d>(
    rule: &crate::site::FieldRule,
    doc: &'d Document,
    removed: &NodeSet,
) -> Option<Found<Vec<Piece<'d>>>> {
    let found = field::nodes(rule, doc)?;
    let pieces: Vec<Piece<'d>> = found.value.iter().flat_map(|&node| container(node, removed)).collect();
    (!pieces.is_empty()).then_some(Found { value: pieces, source: found.source })
}

fn container<'d>(node: Node<'d>, removed: &NodeSet) -> Vec<Piece<'d>> {
    if removed.covers(node) { Vec::new() } else { blocks::pieces(node, |inner, _| removed.has(inner)) }
}

/// Decides between the site's own body and the generic one.
fn take_body(
    draft: &mut Draft,
    layout: &Layout,
    site: &Site,
    doc: &Document,
    ground: &Ground<'_>,
    own: Option<Found<Vec<Piece<'_>>>>,
) {
    let mut tell = |code: &'static str, message: String| {
        let message = format!("{}: the body of layout {} {message}", site.id, layout.id);
        draft.findings.push(finding(code, Some(FieldName::Body), message));
    };
    let Some(own) = own else {
        if layout.body.is_some() {
            tell("body_missing", "is not on this page; the generic reader took it".to_owned());
        }
        return;
    };
    match judge(draft.title.as_ref(), draft.body.as_ref(), site, doc, ground, &own.value) {
        Verdict::Good => {}
        Verdict::Doubtful(why) => tell("body_doubtful", format!("({}) is taken, but {why}", own.source)),
        Verdict::Rotten(why) => {
            tell(
                "body_rotten",
                format!("({}) was stepped over: {why}; the selector may be out of date", own.source),
            );
            if let Some(body) = &mut draft.body {
                body.source = format!("{} (not {})", body.source, own.source);
            }
            return;
        }
    }
    layout.id.clone_into(&mut draft.reading.layout);
    let blocks = own.value.into_iter().map(|piece| piece.block).collect();
    draft.body = Some(Found { value: blocks, source: own.source });
}

/// Compares the two readings, without the paragraphs that the site's rules will drop.
fn judge(
    title: Option<&Found<String>>,
    generic: Option<&Found<Vec<DraftBlock>>>,
    site: &Site,
    doc: &Document,
    ground: &Ground<'_>,
    own: &[Piece<'_>],
) -> Verdict {
    let Some(generic) = generic else { return Verdict::Good };
    let stays = |piece: &&Piece<'_>| site.clean.drops(&piece.block).is_none();
    let own: Vec<Piece<'_>> = own.iter().filter(stays).cloned().collect();
    let headline = title.map_or("", |found| found.value.as_str());
    let about: Vec<&str> = doc.meta("description").into_iter().chain(doc.meta("og:description")).collect();
    let (told, about) = (told::article_body(doc), about.join(" "));
    Case { own: &own, generic: &generic.value, ground, told: told.as_deref(), headline, about: &about }
        .judge()
}

/// Tells of required fields that are not there.
pub(super) fn missing(draft: &mut Draft, layout: &Layout) {
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

#[cfg(test)]
mod tests;
