//! Sitemaps: lists of addresses, lists of such lists, news sitemaps, and plain text.

use super::error::DiscoverError;
use super::feed::{self, Entries, other, plain};
use super::xml::{self, Record, Scan};
use super::{parse_date, source_text};
use crate::model::{Candidate, PageUrl, SourceKind, Via};

/// The most addresses that the protocol allows in one file.
const URLS: usize = 50_000;
/// Names that WordPress and Yoast give to lists of tags, categories and authors.
const NO_ARTICLES: &[&str] = &[
    "wp-sitemap-taxonomies-",
    "wp-sitemap-users-",
    "category-sitemap",
    "post_tag-sitemap",
    "author-sitemap",
];
const WANTED: &str = "sitemap";

/// A sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sitemap {
    /// The addresses it lists, each once.
    pub candidates: Vec<Candidate>,
    /// The sitemaps it lists, without those that by their name list no articles. An index can list
    /// itself: whoever follows keeps count.
    pub children: Vec<Candidate>,
    /// Why reading ended before the end, where it did.
    pub broken: Option<String>,
}

/// Reads a sitemap (`urlset`, `sitemapindex`, plain text, each of them gzipped or not) as far as it
/// can be read. A feed is read as one too, which the protocol allows. `base` is its own address.
///
/// # Errors
/// [`DiscoverError`] when it is empty, too large, or something else, and when it breaks off before the
/// first address.
pub fn read(bytes: &[u8], base: &PageUrl) -> Result<Sitemap, DiscoverError> {
    let text = source_text::read(bytes, None, WANTED)?;
    if !text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').starts_with('<') {
        return plain_text(&text);
    }
    let (mut urls, mut children) = (Entries::default(), Entries::default());
    let mut full = false;
    let scan = xml::scan(
        &text,
        |name| matches!(name, "url" | "sitemap"),
        |record, scan| {
            if !is_sitemap(scan) {
                return false;
            }
            let list = if record.element.name == "url" { &mut urls } else { &mut children };
            let found = candidate(record, base);
            let found = found.filter(|found| record.element.name == "url" || may_list_articles(&found.url));
            found.into_iter().for_each(|found| list.push(found));
            full = urls.list.len() + children.list.len() >= URLS;
            !full
        },
    );
    if !is_sitemap(&scan) {
        return as_feed(&text, &scan, base);
    }
    let empty = urls.list.is_empty() && children.list.is_empty();
    if let (true, Some(reason)) = (empty, &scan.broken) {
        return Err(DiscoverError::Broken { wanted: WANTED, reason: reason.clone() });
    }
    let broken = scan.broken.or_else(|| full.then(too_many));
    Ok(Sitemap { candidates: urls.list, children: children.list, broken })
}

/// What WordPress and its plugins list next to the posts would cost a request for nothing.
fn may_list_articles(sitemap: &PageUrl) -> bool {
    !NO_ARTICLES.iter().any(|name| sitemap.path().contains(name))
}

fn too_many() -> String {
    format!("only the first {URLS} addresses are read")
}

fn is_sitemap(scan: &Scan) -> bool {
    scan.root.as_ref().is_some_and(|root| matches!(root.name.as_str(), "urlset" | "sitemapindex"))
}

fn candidate(record: &Record, base: &PageUrl) -> Option<Candidate> {
    // Some generators leave the <loc> out.
    let loc = record.own("loc").unwrap_or(record.text.trim());
    if loc.is_empty() {
        return None;
    }
    let news = |name| {
        let mut found = record.fields.iter().filter(|f| f.inside == "news" && f.element.name == name);
        found.find_map(|field| Some(field.text.trim()).filter(|text| !text.is_empty()))
    };
    Some(Candidate {
        url: base.join(loc).ok()?,
        via: Via::Source(SourceKind::Sitemap),
        modified: record.own("lastmod").and_then(parse_date),
        published: news("publication_date").and_then(parse_date),
        title: news("title").and_then(plain),
        content: None,
    })
}

fn as_feed(text: &str, scan: &Scan, base: &PageUrl) -> Result<Sitemap, DiscoverError> {
    let Ok(feed) = feed::read_text(text, base) else { return Err(other(scan, WANTED)) };
    let mut candidates = feed.candidates;
    for candidate in &mut candidates {
        candidate.via = Via::Source(SourceKind::Sitemap);
    }
    Ok(Sitemap { candidates, children: Vec::new(), broken: feed.broken })
}

/// One address a line, absolute.
fn plain_text(text: &str) -> Result<Sitemap, DiscoverError> {
    let mut urls = Entries::default();
    let mut full = false;
    for line in text.lines() {
        if let Ok(url) = PageUrl::parse(line.trim_start_matches('\u{feff}')) {
            let via = Via::Source(SourceKind::Sitemap);
            urls.push(Candidate::bare(url, via));
        }
        full = urls.list.len() >= URLS;
        if full {
            break;
        }
    }
    if urls.list.is_empty() {
        return Err(DiscoverError::Other { wanted: WANTED, found: "text without addresses".to_owned() });
    }
    Ok(Sitemap { candidates: urls.list, children: Vec::new(), broken: full.then(too_many) })
}

#[cfg(test)]
mod tests;
