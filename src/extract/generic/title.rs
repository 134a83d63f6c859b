//! The headline of a page: a vote between `<h1>`, `<title>`, og:title and JSON-LD.

use crate::dom::Document;
use crate::extract::blocks;
use crate::model::{Found, PageUrl};

/// Marks between a headline and the name of its site in `<title>`.
const MARKS: [&str; 11] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "｜"];

/// Names the page's site goes by: og:site_name and its kin, JSON-LD publisher, what stands behind the
/// headline in `<title>`, the host.
pub(super) fn site_names(doc: &Document, url: Option<&PageUrl>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let metas = ["og:site_name", "application-name", "twitter:site", "apple-mobile-web-app-title"];
    let said =
        metas.iter().filter_map(|name| doc.meta(name)).map(|name| name.trim_start_matches('@').to_owned());
    let json = doc.json_ld();
    let ld = json.get("publisher.name").into_iter().chain(json.get("WebSite.name"));
    let host = url.map(|url| url.host().trim_start_matches("www.").to_owned());
    let behind = behind_headline(doc);
    for name in said.chain(ld).chain(behind).chain(host) {
        let known = names.iter().any(|other| other.eq_ignore_ascii_case(&name));
        if !known && (2..=60).contains(&name.chars().count()) {
            names.push(name);
        }
    }
    names
}

/// `Kabar Teraju` of a page whose `<h1>` is "Panen Garam" and whose `<title>` is "Panen Garam – Kabar
/// Teraju": WordPress without a plugin names itself nowhere else.
fn behind_headline(doc: &Document) -> Option<String> {
    let title = doc.title_tag()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let headings = doc.root().elements().filter(|node| node.name() == "h1").map(blocks::line);
    let tail = headings
        .filter(|heading| !heading.is_empty())
        .find_map(|heading| title.strip_prefix(heading.as_str()).map(str::to_owned))?;
    let name = MARKS.iter().filter_map(|mark| tail.rsplit_once(mark)).map(|(_, name)| name.trim());
    name.min_by_key(|name| name.len()).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The headline.
pub(super) fn read(doc: &Document, site_names: &[String]) -> Option<Found<String>> {
    let found = |value: String, source: &str| Found { value, source: source.to_owned() };
    let tag = doc.title_tag().map(str::to_owned);
    let og = doc.meta("og:title").or_else(|| doc.meta("twitter:title")).map(str::to_owned);
    let headings: Vec<String> = doc
        .root()
        .elements()
        .filter(|node| node.name() == "h1")
        .map(blocks::line)
        .filter(|text| !text.is_empty() && text.chars().count() <= 300)
        .collect();
    let stands_in = |heading: &str, whole: &Option<String>| {
        whole.as_ref().is_some_and(|whole| key(whole).contains(&key(heading)))
    };
    let site = |text: &str| site_names.iter().any(|name| key(name) == key(text));
    let backed = headings
        .iter()
        .filter(|heading| key(heading).len() > 3 && !site(heading))
        .filter(|heading| stands_in(heading, &tag) || stands_in(heading, &og))
        .max_by_key(|heading| heading.chars().count());
    if let Some(heading) = backed {
        return Some(found(heading.clone(), "h1"));
    }
    if let Some(headline) = doc.json_ld().get("headline").into_iter().next() {
        return Some(found(without_site(&headline, site_names), "jsonld headline"));
    }
    if let Some(og) = og {
        return Some(found(without_site(&og, site_names), "meta og:title"));
    }
    if let Some(heading) = headings.iter().find(|heading| !site(heading)) {
        return Some(found(heading.clone(), "h1"));
    }
    tag.map(|tag| found(without_site(&tag, site_names), "title"))
}

/// Cuts the name of the site off the end (or the head) of a title.
fn without_site(title: &str, site_names: &[String]) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in MARKS {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && site_names.iter().any(|name| same_site(name, tail))
            && !head.trim().is_empty()
        {
            return head.trim().to_owned();
        }
        if let Some((head, tail)) = title.split_once(mark)
            && site_names.iter().any(|name| same_site(name, head))
            && !tail.trim().is_empty()
        {
            return tail.trim().to_owned();
        }
    }
    title
}

fn same_site(name: &str, text: &str) -> bool {
    let (name, text) = (key(name), key(text));
    !text.is_empty()
        && (name == text
            || (text.len() > 3 && name.starts_with(&text))
            || (name.len() > 3 && text.starts_with(&name)))
}

/// Letters and digits in lower case.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
