//! What differs beside title and body, and whether an edit was silent.

use std::collections::BTreeSet;

use crate::model::{Article, ChangeKind, When, canonical_text, readable_text};

use super::FieldChange;

/// Fields that differ, and the kinds that follow. The stated time of the last change is told but is no
/// kind of its own: it changes with every edit.
pub(super) fn fields(a: &Article, b: &Article) -> (Vec<FieldChange>, BTreeSet<ChangeKind>) {
    let dateline = |x: &Article| x.dateline.as_ref().map(|d| d.raw.clone());
    let authors = |x: &Article| Some(x.authors.join("; ")).filter(|text| !text.is_empty());
    let stated = |when: &Option<When>| when.as_ref().map(ToString::to_string);
    let mut changes = Vec::new();
    let mut kinds = BTreeSet::new();
    for (field, from, to, kind) in [
        ("dateline", dateline(a), dateline(b), Some(ChangeKind::Dateline)),
        ("authors", authors(a), authors(b), Some(ChangeKind::Byline)),
        ("section", a.section.clone(), b.section.clone(), Some(ChangeKind::Metadata)),
        ("published", stated(&a.published), stated(&b.published), Some(ChangeKind::Metadata)),
        ("modified", stated(&a.modified), stated(&b.modified), None),
    ] {
        if from.as_deref().map(canonical_text) != to.as_deref().map(canonical_text) {
            let shown = |text: Option<String>| text.map(|text| readable_text(&text));
            changes.push(FieldChange { field, from: shown(from), to: shown(to) });
            kinds.extend(kind);
        }
    }
    (changes, kinds)
}

/// Whether the text was changed in silence: the words differ, but the page states no new time of change
/// and carries no new correction note.
pub(super) fn stealth(a: &Article, b: &Article, kinds: &[ChangeKind]) -> bool {
    let words = kinds.iter().any(|kind| is_text(*kind));
    let noted = kinds.contains(&ChangeKind::Correction);
    let at = |when: &Option<When>| when.as_ref().map(|when| when.at);
    let told = |old: &Option<When>, new: &Option<When>| new.is_some() && at(old) != at(new);
    words && !noted && !told(&a.modified, &b.modified) && !told(&a.published, &b.published)
}

/// Kinds that change what a reader reads.
fn is_text(kind: ChangeKind) -> bool {
    use ChangeKind as K;
    matches!(
        kind,
        K::Number
            | K::Date
            | K::Quote
            | K::Negation
            | K::Name
            | K::Correction
            | K::Added
            | K::Removed
            | K::Moved
            | K::Wording
    )
}
