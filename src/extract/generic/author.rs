//! Who wrote it.

use super::page::Page;
use crate::dom::Document;
use crate::extract::blocks;
use crate::model::Found;

/// Byline texts; cleaning takes the names out of them.
pub(super) fn read(doc: &Document, page: &Page<'_>) -> Option<Found<Vec<String>>> {
    let found = |value: Vec<String>, source: &str| {
        (!value.is_empty()).then(|| Found { value, source: source.to_owned() })
    };
    let usable = |values: Vec<String>| -> Vec<String> {
        values.into_iter().filter(|v| !v.starts_with("http")).collect()
    };
    found(usable(doc.json_ld().get("author.name")), "jsonld author.name")
        .or_else(|| {
            ["author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"]
                .iter()
                .find_map(|name| {
                    found(
                        usable(doc.metas(name).into_iter().map(str::to_owned).collect()),
                        &format!("meta {name}"),
                    )
                })
        })
        .or_else(|| {
            let by_rel: Vec<String> = page
                .elems
                .iter()
                .filter(|elem| {
                    let rel = elem.node.attr("rel").unwrap_or_default();
                    let prop = elem.node.attr("itemprop").unwrap_or_default();
                    rel.split_whitespace().any(|r| r == "author") || prop == "author"
                })
                .map(|elem| blocks::line(elem.node))
                .filter(|text| !text.is_empty() && text.chars().count() < 100)
                .take(3)
                .collect();
            found(by_rel, "rel=author")
        })
        .or_else(|| {
            let by_class: Vec<String> = page
                .elems
                .iter()
                .filter(|elem| {
                    elem.node.attr("class").is_some_and(|class| {
                        class.split_whitespace().any(|c| {
                            let c = c.to_ascii_lowercase();
                            c.contains("byline") || c.contains("author")
                        })
                    })
                })
                .map(|elem| blocks::line(elem.node))
                .filter(|text| !text.is_empty() && text.chars().count() < 100)
                .take(1)
                .collect();
            found(by_class, "byline")
        })
}
