//! What a page's site calls itself, and how to take that off a title.

use super::lead::key;
use super::page::Page;
use crate::dom::Document;
use crate::model::PageUrl;

/// Marks between a headline and the name of its site in `<title>`.
const MARKS: [&str; 15] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", "｜", " › ", " │ ", "│", "ㅣ"];

/// A longer title is none (bytes).
const LONGEST: usize = 2000;

/// Names the page's site goes by: og:site_name and its kin, JSON-LD publisher, what stands behind the
/// headline in `<title>`, the host.
pub(super) fn read(doc: &Document, page: &Page<'_>, url: Option<&PageUrl>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let metas = ["og:site_name", "application-name", "twitter:site", "apple-mobile-web-app-title"];
    let said =
        metas.iter().filter_map(|name| doc.meta(name)).map(|name| name.trim_start_matches('@').to_owned());
    let json = doc.json_ld();
    let ld = json.get("publisher.name").into_iter().chain(json.get("WebSite.name"));
    let host = url.map(|url| url.host().trim_start_matches("www.").to_owned());
    for name in said.chain(ld).chain(behind_headline(doc, page)).chain(host) {
        let known = names.iter().any(|other| other.eq_ignore_ascii_case(&name));
        if !known && (2..=60).contains(&name.chars().count()) {
            names.push(name);
        }
    }
    names
}

/// `Kabar Teraju` of a page whose `<h1>` is "Panen Garam" and whose `<title>` is "Panen Garam – Kabar
/// Teraju": WordPress without a plugin names itself nowhere else.
fn behind_headline(doc: &Document, page: &Page<'_>) -> Option<String> {
    let title = doc.title_tag()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let headings = (0..page.elems.len()).filter(|&at| page.elems[at].node.name() == "h1");
    let tail = headings
        .map(|at| page.line(at))
        .filter(|heading| !heading.is_empty())
        .find_map(|heading| title.strip_prefix(&*heading))?;
    let name = MARKS.iter().filter_map(|mark| tail.rsplit_once(mark)).map(|(_, name)| name.trim());
    name.min_by_key(|name| name.len()).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The parts of a title between its marks; a title that was never closed holds the whole page, of which
/// the first ones do.
pub(super) fn segments(title: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(&title[..title.floor_char_boundary(LONGEST)]);
    std::iter::from_fn(move || {
        let text = rest?;
        let first =
            MARKS.iter().chain(&[" : "]).filter_map(|mark| Some((text.find(mark)?, mark.len()))).min();
        let (part, behind) = first.map_or((text, None), |(at, len)| (&text[..at], text.get(at + len..)));
        rest = behind;
        Some(part.trim())
    })
}

/// Cuts the name of the site off the end (or the head) of a title.
pub(super) fn without(title: &str, site_names: &[String]) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in MARKS {
        let Some((head, tail)) = title.rsplit_once(mark) else { continue };
        if site_names.iter().any(|name| same_site(name, tail)) && !head.trim().is_empty() {
            return head.trim().to_owned();
        }
        if let Some((head, tail)) = title.split_once(mark)
            // At the head stands a kicker more often than the name of the site.
            && site_names.iter().any(|name| key(name) == key(head))
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
