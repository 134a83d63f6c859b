//! All that could have been read, for those who ask why a page was read as it was.

use super::{field, layout};
use crate::dom::Document;
use crate::model::{FieldName, When};
use crate::site::{Layout, Site};

/// A layout of the site's file, held against a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutTried {
    /// Its name.
    pub id: String,
    /// The selector that must match; none: it takes every page.
    pub when: Option<String>,
    /// Whether it holds for the page.
    pub matches: bool,
    /// Whether it is the one whose rules were used.
    pub chosen: bool,
}

/// One source of a field, held against a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The source, as it is shown to users.
    pub source: String,
    /// What it gives; nothing when it finds nothing that passes.
    pub values: Vec<String>,
    /// It stands in the site's file, not in the generic rules.
    pub is_own: bool,
}

/// The layouts of a site's file in their order.
#[must_use]
pub fn layouts(site: &Site, doc: &Document, published: Option<&When>) -> Vec<LayoutTried> {
    let chosen = layout::choose(site, doc, published);
    let tried = site.layouts.iter().map(|layout| LayoutTried {
        id: layout.id.clone(),
        when: layout.when.as_ref().map(|when| when.as_str().to_owned()),
        matches: layout::matches(layout, doc),
        chosen: chosen.is_some_and(|chosen| std::ptr::eq(chosen, layout)),
    });
    tried.collect()
}

/// The sources of a field in the order in which they are asked: the site's, then the generic ones.
#[must_use]
pub fn candidates(
    site: &Site,
    generic: &Site,
    doc: &Document,
    published: Option<&When>,
    name: FieldName,
) -> Vec<Candidate> {
    let own = layout::choose(site, doc, published).filter(|_| site.id != generic.id);
    let from = |layout: Option<&Layout>, is_own: bool| -> Vec<Candidate> {
        let Some(rule) = layout.and_then(|layout| layout.field(name)) else { return Vec::new() };
        let each = rule.select.iter().map(|source| Candidate {
            source: source.to_string(),
            values: field::given(rule, source, doc),
            is_own,
        });
        each.collect()
    };
    let mut out = from(own, true);
    for candidate in from(generic.layouts.first(), false) {
        if out.iter().all(|known| known.source != candidate.source) {
            out.push(candidate);
        }
    }
    out
}
