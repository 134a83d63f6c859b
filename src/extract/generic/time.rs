//! When it was published and last changed.

use jiff::Timestamp;

use super::page::Page;
use crate::dom::Document;
use crate::extract::date;
use crate::model::{Found, PageUrl, When};

const PUBLISHED: [&str; 14] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "date",
    "last-modified-x",
];
const MODIFIED: [&str; 6] = [
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "lastmod",
    "dcterms.modified",
    "last-modified",
];

/// Time of publication.
pub(super) fn published(
    doc: &Document,
    page: &Page<'_>,
    url: Option<&PageUrl>,
    zone: Option<&str>,
    language: Option<&str>,
    now: Timestamp,
) -> Option<Found<When>> {
    let read = |text: &str| date::parse(text, &[], zone, language, now);
    let found = |value: When, source: String| Found { value, source };
    if let Some(when) = doc.json_ld().get("datePublished").iter().find_map(|text| read(text)) {
        return Some(found(when, "jsonld datePublished".to_owned()));
    }
    for name in PUBLISHED {
        if let Some(when) = doc.metas(name).into_iter().find_map(read) {
            return Some(found(when, format!("meta {name}")));
        }
    }
    for elem in &page.elems {
        if elem.node.attr("itemprop") == Some("datePublished") {
            let text = elem
                .node
                .attr("content")
                .or_else(|| elem.node.attr("datetime"))
                .map_or_else(|| elem.node.text(), str::to_owned);
            if let Some(when) = read(&text) {
                return Some(found(when, "itemprop datePublished".to_owned()));
            }
        }
    }
    for elem in &page.elems {
        if elem.node.name() == "time" {
            let text = elem.node.attr("datetime").map_or_else(|| elem.node.text(), str::to_owned);
            if let Some(when) = read(&text) {
                return Some(found(when, "time".to_owned()));
            }
        }
    }
    let path = url.map(PageUrl::path_and_query)?;
    read(path).map(|when| found(when, "url".to_owned()))
}

/// Time of the last change.
pub(super) fn modified(
    doc: &Document,
    zone: Option<&str>,
    language: Option<&str>,
    now: Timestamp,
) -> Option<Found<When>> {
    let read = |text: &str| date::parse(text, &[], zone, language, now);
    if let Some(value) = doc.json_ld().get("dateModified").iter().find_map(|text| read(text)) {
        return Some(Found { value, source: "jsonld dateModified".to_owned() });
    }
    MODIFIED.iter().find_map(|name| {
        let value = doc.metas(name).into_iter().find_map(read)?;
        Some(Found { value, source: format!("meta {name}") })
    })
}
