//! The generic reader: a page of a site that nobody wrote rules for.

mod author;
mod body;
mod ending;
mod hints;
mod lead;
mod listing;
mod page;
mod time;
mod title;

use jiff::Timestamp;

use crate::dom::Document;
use crate::model::{DraftBlock, Found, PageUrl, When};
use crate::site::Site;

/// What the generic reader finds.
pub(super) struct Reading {
    pub(super) title: Option<Found<String>>,
    pub(super) authors: Option<Found<Vec<String>>>,
    pub(super) published: Option<Found<When>>,
    pub(super) modified: Option<Found<When>>,
    pub(super) body: Option<Found<Vec<DraftBlock>>>,
    pub(super) site_names: Vec<String>,
}

/// Reads a page.
pub(super) fn read(
    generic: &Site,
    doc: &Document,
    url: Option<&PageUrl>,
    language: Option<&str>,
    now: Timestamp,
) -> Reading {
    let page = page::Page::read(doc.root(), false);
    let site_names = title::site_names(doc, url);
    let title = title::read(doc, &site_names);
    let told = lead::Told::read(doc, title.as_ref().map(|found| found.value.as_str()));
    let body = body::read(&page, &told).or_else(|| body::read(&page::Page::read(doc.root(), true), &told));
    Reading {
        authors: author::read(doc, &page),
        published: time::published(doc, &page, url, generic.timezone.as_deref(), language, now),
        modified: time::modified(doc, generic.timezone.as_deref(), language, now),
        body: body.map(|body| Found { value: body.blocks, source: format!("density {}", body.container) }),
        title,
        site_names,
    }
}
