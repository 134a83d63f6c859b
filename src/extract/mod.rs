//! From a parsed page to a draft: layout, field by field, dates, and the generic reader for pages
//! that no site file knows.
//!
//! Reading never fails half-way: what is missing is a [`Finding`], and cleaning or the caller
//! decides what it means.

mod blocks;
pub mod date;
mod field;
mod generic;
mod head;
mod layout;
mod run;
mod sited;

use jiff::Timestamp;

use crate::dom::Document;
use crate::model::{Draft, ExtractorId, FieldName, Finding, PageUrl, Reading};
use crate::site::Site;

/// The version of the reading code: it changes when the same page may read differently.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), ".1");

/// Reads a page by its site's rules; by the generic ones where the site has none that match.
///
/// `url` is where the page came from; `now` bounds dates and is what "3 jam lalu" counts from.
#[must_use]
pub fn read(site: &Site, generic: &Site, doc: &Document, url: Option<&PageUrl>, now: Timestamp) -> Draft {
    let mut draft = generic_draft(site, generic, doc, url, now);
    sited::apply(&mut draft, site, generic, doc, url, now);
    draft
}

/// What the generic reader makes of a page.
fn generic_draft(
    site: &Site,
    generic: &Site,
    doc: &Document,
    url: Option<&PageUrl>,
    now: Timestamp,
) -> Draft {
    let language = head::language(doc, site);
    let said = language.as_ref().map(|found| found.value.as_str());
    let reading = generic::read(generic, doc, url, said, now);
    Draft {
        title: reading.title,
        dateline: None,
        authors: reading.authors,
        published: reading.published,
        modified: reading.modified,
        section: head::section(doc),
        body: reading.body,
        images: head::images(doc, url),
        comment_form: None,
        canonical_url: head::canonical(doc, url),
        removed: Vec::new(),
        reading: Reading {
            site: site.id.clone(),
            layout: "generic".to_owned(),
            site_file_sha256: site.sha256,
            extractor: extractor(site),
            fields: Default::default(),
        },
        site_names: reading.site_names,
        language,
        findings: Vec::new(),
    }
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
