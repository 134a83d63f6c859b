//! RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed.

use std::collections::HashSet;

use super::error::DiscoverError;
use super::xml::{self, Record, Scan};
use super::{json_feed, parse_date, source_text};
use crate::dom::Document;
use crate::model::{Candidate, PageUrl, SourceKind, Via, sha256};

/// Entries that are read of one feed.
const ENTRIES: usize = 5_000;
const WANTED: &str = "feed";

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// What it calls itself.
    pub title: Option<String>,
    /// The language it says it is in.
    pub language: Option<String>,
    /// The page that it says it belongs to.
    pub home: Option<PageUrl>,
    /// The page of older entries behind it, where it names one.
    pub next: Option<PageUrl>,
    /// Whether WordPress made it.
    pub is_wordpress: bool,
    /// Its entries that have an address, each once, in the order of the feed.
    pub candidates: Vec<Candidate>,
    /// Why reading ended before the end, where it did.
    pub broken: Option<String>,
}

/// Reads a feed, as far as it can be read. `base` is its own address; relative links are resolved
/// against it and against `xml:base`.
///
/// # Errors
/// [`DiscoverError`] when it is empty, when it is something else, and when it breaks off before the
/// first entry. A feed without entries is none.
pub fn read(bytes: &[u8], content_type: Option<&str>, base: &PageUrl) -> Result<Feed, DiscoverError> {
    let text = source_text::read(bytes, content_type, WANTED)?;
    read_text(&text, base)
}

pub(super) fn read_text(text: &str, base: &PageUrl) -> Result<Feed, DiscoverError> {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with('{') {
        return json_feed::read(start, base);
    }
    let mut feed = Feed::default();
    let mut entries = Entries::default();
    let scan = xml::scan(
        text,
        |name| matches!(name, "item" | "entry"),
        |record, scan| {
            if !is_feed(scan) {
                return false;
            }
            let base = base_of(record, scan, base);
            if let Some(candidate) = candidate(record, &base) {
                entries.push(candidate);
            }
            entries.list.len() < ENTRIES
        },
    );
    if !is_feed(&scan) {
        return Err(other(&scan, WANTED));
    }
    if let (true, Some(reason)) = (entries.list.is_empty(), &scan.broken) {
        return Err(DiscoverError::Broken { wanted: WANTED, reason: reason.clone() });
    }
    feed.candidates = entries.list;
    describe(&mut feed, &scan, base);
    feed.broken = scan.broken;
    Ok(feed)
}

/// Candidates, each address once.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) list: Vec<Candidate>,
    /// Half a hash each: a sitemap has up to 50,000 long keys.
    seen: HashSet<[u8; 16]>,
}

impl Entries {
    pub(super) fn push(&mut self, mut candidate: Candidate) {
        candidate.url = candidate.url.without_tracking();
        let mut half = [0; 16];
        half.copy_from_slice(&sha256(candidate.url.key().as_bytes()).0[..16]);
        if self.seen.insert(half) {
            self.list.push(candidate);
        }
    }
}

fn is_feed(scan: &Scan) -> bool {
    scan.root.as_ref().is_some_and(|root| matches!(root.name.as_str(), "rss" | "rdf" | "feed" | "channel"))
}

/// The error for a document with another root.
pub(super) fn other(scan: &Scan, wanted: &'static str) -> DiscoverError {
    let found = match scan.root.as_ref().map(|root| root.name.as_str()) {
        None => match &scan.broken {
            Some(reason) => return DiscoverError::Broken { wanted, reason: reason.clone() },
            None => "text".to_owned(),
        },
        Some("html" | "head" | "body" | "script" | "div" | "p") => "an HTML page".to_owned(),
        Some("urlset" | "sitemapindex") => "a sitemap (list it under `sitemaps`)".to_owned(),
        Some("rss" | "rdf" | "feed") => "a feed (list it under `feeds`)".to_owned(),
        Some(name) => format!("XML that starts with <{name}>"),
    };
    DiscoverError::Other { wanted, found }
}

fn base_of(record: &Record, scan: &Scan, base: &PageUrl) -> PageUrl {
    let root = scan.root.as_ref().and_then(|root| root.attr("xml:base"));
    let outer = root.and_then(|href| base.join(href).ok());
    let outer = outer.as_ref().unwrap_or(base);
    record.element.attr("xml:base").and_then(|href| outer.join(href).ok()).unwrap_or_else(|| outer.clone())
}

fn candidate(record: &Record, base: &PageUrl) -> Option<Candidate> {
    let published = ["pubdate", "published", "issued", "created"].iter().find_map(|name| record.own(name));
    let published = published.or_else(|| record.get("", "dc", "date"));
    let modified = ["updated", "modified"].iter().find_map(|name| record.own(name));
    let modified = modified.or_else(|| record.get("", "atom", "updated"));
    let modified = modified.or_else(|| record.get("", "dcterms", "modified"));
    Some(Candidate {
        url: link(record, base)?,
        via: Via::Source(SourceKind::Feed),
        published: published.and_then(parse_date),
        modified: modified.and_then(parse_date),
        title: record.own("title").and_then(plain),
        content: record.get("", "content", "encoded").or_else(|| record.own("content")).and_then(story),
    })
}

/// Shorter content is a teaser, longer content is not kept (bytes).
const STORY: std::ops::Range<usize> = 400..256 * 1024;

/// The whole text of an entry, where a feed has it.
pub(super) fn story(html: &str) -> Option<String> {
    STORY.contains(&html.len()).then(|| html.to_owned())
}

/// The address of an entry: what a reader would be sent to.
fn link(record: &Record, base: &PageUrl) -> Option<PageUrl> {
    let join = |href: &str| base.join(href).ok();
    let own = &record.element.prefix;
    // What the feed's hoster hid behind an address that counts clicks.
    record
        .get("", "feedburner", "origlink")
        .and_then(join)
        .or_else(|| record.own("link").and_then(join))
        .or_else(|| {
            let links = || {
                record.fields.iter().filter(|field| {
                    field.inside.is_empty()
                        && field.element.name == "link"
                        && (field.element.prefix == *own || field.element.prefix == "atom")
                })
            };
            let rel = |field: &&xml::Field| field.element.attr("rel").unwrap_or("alternate") == "alternate";
            let html = |field: &&xml::Field| field.element.attr("type").is_some_and(|t| t.contains("html"));
            let href = |field: &xml::Field| field.element.attr("href").and_then(join);
            links().filter(rel).filter(html).find_map(href).or_else(|| links().filter(rel).find_map(href))
        })
        .or_else(|| {
            let guids = record.fields.iter().filter(|field| field.inside.is_empty());
            let mut guids = guids.filter(|field| matches!(field.element.name.as_str(), "guid" | "id"));
            let guid = guids.find(|guid| guid.element.attr("ispermalink") != Some("false"))?;
            PageUrl::parse(&guid.text).ok()
        })
        .or_else(|| record.element.attr("rdf:about").and_then(|about| PageUrl::parse(about).ok()))
}

fn describe(feed: &mut Feed, scan: &Scan, base: &PageUrl) {
    let inside = scan.top.fields.iter().any(|field| field.inside == "channel");
    let inside = if inside { "channel" } else { "" };
    let get = |name: &str| {
        let mut fields = scan.top.fields.iter().filter(|f| f.inside == inside && f.element.name == name);
        fields.find_map(|field| Some(field.text.trim()).filter(|text| !text.is_empty()))
    };
    feed.title = get("title").and_then(plain);
    let root = scan.root.as_ref().and_then(|root| root.attr("xml:lang"));
    feed.language = get("language").or(root).map(str::to_owned);
    feed.is_wordpress = get("generator").is_some_and(|generator| generator.contains("wordpress.org"));
    let next = |field: &&xml::Field| {
        field.inside == inside && field.element.name == "link" && field.element.attr("rel") == Some("next")
    };
    let next = scan.top.fields.iter().find(next).and_then(|field| field.element.attr("href"));
    feed.next = next.and_then(|href| base.join(href).ok());
    feed.home = get("link").and_then(|href| base.join(href).ok()).or_else(|| {
        let fields = scan.top.fields.iter().filter(|f| f.inside == inside && f.element.name == "link");
        let mut links = fields.filter(|f| f.element.attr("rel").unwrap_or("alternate") == "alternate");
        links.find_map(|field| base.join(field.element.attr("href")?).ok())
    });
}

/// A title without markup: many are HTML inside XML.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = if text.contains(['<', '&']) { Document::parse(text).root().text() } else { text.to_owned() };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
