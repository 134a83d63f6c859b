//! From a parsed page to a draft: layout, field by field, dates, and the generic reader for pages
//! that no site file knows.
//!
//! Reading never fails half-way: what is missing is a [`Finding`], and cleaning or the caller
//! decides what it means.

mod blocks;
mod candidates;
mod carried;
pub mod date;
mod element;
mod field;
mod generic;
mod head;
mod layout;
mod listed;
mod matcher;
mod overlap;
mod removal;
mod run;
mod script;
mod sited;
mod told;
mod verdict;

use std::collections::BTreeMap;

use jiff::Timestamp;

pub use self::candidates::{Candidate, LayoutTried, candidates, layouts};
use self::matcher::Matcher;
use self::removal::Removed;
use self::verdict::Ground;
use crate::dom::{Document, NodeSet, Selector};
use crate::model::{Draft, ExtractorId, FieldName, Finding, Known, PageUrl, Reading, Removal, When};
use crate::site::{FieldRule, Layout, Site};

/// The version of the reading code: it changes when the same page may read differently.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), ".6");

/// The layout of a page that the generic reader read.
pub const GENERIC: &str = "generic";

/// Reads a page by its site's rules; by the generic ones where the site has none that match.
///
/// `url` is where the page came from, `known` what the archive knows of it; `now` bounds dates and is
/// what "3 jam lalu" counts from.
#[must_use]
pub fn read(
    site: &Site,
    generic: &Site,
    doc: &Document,
    url: Option<&PageUrl>,
    known: &Known,
    now: Timestamp,
) -> Draft {
    let Removed { nodes, comment_form, removals } = Removed::find(site, generic, doc);
    let language = head::language(doc, site);
    let tag = language.as_ref().map(|found| found.value.clone());
    let page = Asked {
        doc,
        url,
        rules: generic.layouts.first(),
        removed: &nodes,
        zone: site.timezone.as_deref(),
        language: tag.as_deref(),
        now,
    };
    let (mut draft, ground, left_out) = by_generic(&page, site, known);
    draft.comment_form = comment_form.or(draft.comment_form);
    (draft.removed, draft.language) = (removals, language);
    let is_known = site.id != generic.id;
    let layout = is_known.then(|| sited::apply(&mut draft, site, doc, &nodes, &ground, now)).flatten();
    told::last_resort(&mut draft, doc);
    if let Some(layout) = layout {
        sited::missing(&mut draft, layout);
    }
    if draft.reading.layout == GENERIC {
        draft.removed.extend(left_out);
    }
    if let Some(listed) = &known.listed {
        listed::fill(&mut draft, listed);
    }
    draft
}

/// What the generic reader makes of a page, where the story stands, and what was left out inside of it.
fn by_generic<'d>(page: &Asked<'d>, site: &Site, known: &Known) -> (Draft, Ground<'d>, Vec<Removal>) {
    let found = generic::read(page);
    let draft = Draft {
        title: found.title,
        dateline: None,
        dateline_prior: known.openings.prior(),
        authors: found.authors,
        published: found.published,
        modified: found.modified,
        section: head::section(page),
        body: found.body,
        images: head::images(page.doc, page.url, found.pictures),
        comment_form: found.comment_form,
        canonical_url: head::canonical(page.doc, page.url),
        removed: Vec::new(),
        reading: Reading {
            site: site.id.clone(),
            layout: GENERIC.to_owned(),
            site_file_sha256: site.sha256,
            extractor: extractor(site),
            fields: BTreeMap::new(),
        },
        site_names: found.site_names,
        language: None,
        findings: Vec::new(),
    };
    (draft, found.ground, found.removals)
}

/// The first of some selectors, in their order, that matches anything on a page.
#[must_use]
pub fn first_match<'s>(
    rules: impl IntoIterator<Item = &'s Selector>,
    doc: &Document,
) -> Option<&'s Selector> {
    Matcher::new(doc, rules).any(doc.root())
}

/// A page and how it is asked.
#[derive(Debug, Clone, Copy)]
struct Asked<'a> {
    doc: &'a Document,
    url: Option<&'a PageUrl>,
    /// The generic rules' sources for each field.
    rules: Option<&'a Layout>,
    /// What rules took out.
    removed: &'a NodeSet,
    zone: Option<&'a str>,
    language: Option<&'a str>,
    now: Timestamp,
}

impl Asked<'_> {
    /// The generic rule of a field.
    fn rule(&self, name: FieldName) -> Option<&FieldRule> {
        self.rules.and_then(|layout| layout.field(name))
    }

    /// Reads a date as this page's.
    fn date(&self, text: &str) -> Option<When> {
        date::parse(text, &[], self.zone, self.language, self.now)
    }
}

/// Whether a line says that a story is over: what follows such a heading is furniture.
#[must_use]
pub fn is_ending(line: &str) -> bool {
    generic::is_ending(line)
}

/// Which code and which site file read a page.
#[must_use]
pub fn extractor(site: &Site) -> ExtractorId {
    let hash = site.sha256.to_string();
    ExtractorId(format!("{VERSION}+{}", &hash[..12]))
}

fn finding(code: &'static str, field: Option<FieldName>, message: String) -> Finding {
    Finding { code, field, message }
}
