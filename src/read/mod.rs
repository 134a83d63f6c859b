//! From the bytes of a page to an article, in one synchronous call: charset, tree, reading, cleaning.
//!
//! The parsed page never leaves this call, and a panic in it is an error about that page.

mod error;
pub mod instead;
mod sniff;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;

pub use error::ReadError;

use crate::clean;
use crate::dom::{Document, charset};
use crate::extract;
use crate::model::{Article, Draft, ExtractorId, FieldName, Finding, Known, PageUrl};
use crate::site::{Catalog, Site};

/// How a page is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// The site whose file reads it, whatever its address.
    pub site: Option<&'a str>,
    /// The preset that reads it when no site file names its host.
    pub preset: Option<&'a str>,
    /// Ignore site files and presets.
    pub generic: bool,
    /// What the archive knows of the page beside the page itself.
    pub known: Option<&'a Known>,
    /// A version was read off this very page: it is an article.
    pub archived: bool,
}

/// Which code and which site file would read a page.
#[must_use]
pub fn extractor(site: &Site) -> ExtractorId {
    extract::extractor(site)
}

/// The site whose rules read a page.
#[must_use]
pub fn site_for(catalog: &Catalog, url: Option<&PageUrl>, options: ReadOptions<'_>) -> Arc<Site> {
    if options.generic {
        return catalog.generic();
    }
    let named = options.site.and_then(|id| catalog.site(id).or_else(|| catalog.preset(id)));
    named
        .or_else(|| url.map(|url| catalog.resolve(url, options.preset)))
        .or_else(|| options.preset.and_then(|name| catalog.preset(name)))
        .unwrap_or_else(|| catalog.generic())
}

/// What a page gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The article, as far as it stands on this page.
    pub article: Article,
    /// What else is worth telling.
    pub findings: Vec<Finding>,
    /// The further pages of the article, in the order of their links, when it has several.
    pub further: Vec<PageUrl>,
}

/// Reads the article off one page; [`read`] without the further pages.
///
/// # Errors
/// As [`read`].
pub fn extract_article(
    catalog: &Catalog,
    body: &[u8],
    content_type: Option<&str>,
    url: Option<&PageUrl>,
    options: ReadOptions<'_>,
    now: Timestamp,
) -> Result<(Article, Vec<Finding>), ReadError> {
    read(catalog, body, content_type, url, options, now).map(|read| (read.article, read.findings))
}

/// Reads the article off a page. `content_type` is the header the page came with, `url` where it
/// came from, `now` bounds its dates.
///
/// # Errors
/// [`ReadError`]: the page is empty, no HTML, or holds no article; or reading it failed.
pub fn read(
    catalog: &Catalog,
    body: &[u8],
    content_type: Option<&str>,
    url: Option<&PageUrl>,
    options: ReadOptions<'_>,
    now: Timestamp,
) -> Result<Read, ReadError> {
    let site = site_for(catalog, url, options);
    let source = Source { body, content_type, url };
    let read = || read_page(catalog, &site, source, options, now);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadError::Panicked))
}

/// A page as it came.
#[derive(Clone, Copy)]
struct Source<'a> {
    body: &'a [u8],
    content_type: Option<&'a str>,
    url: Option<&'a PageUrl>,
}

fn read_page(
    catalog: &Catalog,
    site: &Site,
    source: Source<'_>,
    options: ReadOptions<'_>,
    now: Timestamp,
) -> Result<Read, ReadError> {
    if source.body.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some(what) = sniff::binary(source.body) {
        return Err(ReadError::NotHtml { what });
    }
    let nothing = Known::default();
    let known = options.known.unwrap_or(&nothing);
    let (text, _) = charset::decode(source.body, source.content_type);
    if !sniff::is_markup(&text) {
        let (article, findings) = settle(site, clean::plain_text(&text), known, false)?;
        return Ok(Read { article, findings, further: Vec::new() });
    }
    let doc = Document::parse(&text);
    let read = read_document(catalog, site, &doc, source.url, known, now);
    if options.archived {
        return read;
    }
    let article = read.as_ref().ok().map(|read| &read.article);
    let page = instead::Page { html: &text, doc: &doc, article, archived: known.archived.as_ref() };
    match page.judge() {
        Some(shown) => Err(ReadError::Instead(shown)),
        None => read,
    }
}

fn read_document(
    catalog: &Catalog,
    site: &Site,
    doc: &Document,
    url: Option<&PageUrl>,
    known: &Known,
    now: Timestamp,
) -> Result<Read, ReadError> {
    let generic = catalog.generic();
    let rules = site.not_article.iter().chain(&generic.not_article);
    if let Some(rule) = extract::first_match(rules, doc) {
        return Err(ReadError::NotArticle { rule: rule.to_string() });
    }
    let draft = extract::read(site, &generic, doc, url, known, now);
    let locked = draft.body.is_none() && asks_for_password(doc);
    let (article, findings) = settle(site, draft, known, locked)?;
    Ok(Read { article, findings, further: further_pages(site, doc, url) })
}

/// The article that a draft becomes, if it has all that one needs.
fn settle(
    site: &Site,
    draft: Draft,
    known: &Known,
    locked: bool,
) -> Result<(Article, Vec<Finding>), ReadError> {
    let mut findings = draft.findings.clone();
    let missing = findings.iter().find(|finding| finding.code == "required_missing").cloned();
    let mut article = clean::clean(site, draft);
    // Who wrote rules for a site has said what its text is.
    if site.hosts.is_empty() || article.reading.layout == extract::GENERIC {
        let summary = known.listed.as_ref().and_then(|listed| listed.content.as_deref());
        clean::cut_repeated(&mut article, &known.repeated, summary);
    }
    let none = |missing| if locked { ReadError::Protected } else { ReadError::NoArticle { missing } };
    if let Some(Finding { field: Some(field), .. }) = missing {
        return Err(none(field));
    }
    for (field, empty) in
        [(FieldName::Title, article.title.is_empty()), (FieldName::Body, article.body.is_empty())]
    {
        if empty {
            return Err(none(field));
        }
    }
    findings.dedup();
    Ok((article, findings))
}

/// The pages that the site's rules link an article's first page to: of the same host, each once.
fn further_pages(site: &Site, doc: &Document, url: Option<&PageUrl>) -> Vec<PageUrl> {
    let Some(url) = url else { return Vec::new() };
    let mut pages: Vec<PageUrl> = Vec::new();
    for link in site.discover.pages.iter().flat_map(|selector| doc.select(selector)) {
        let Some(Ok(page)) = link.attr("href").map(|href| url.join(href)) else { continue };
        if page.host_key() == url.host_key() && page.key() != url.key() && !pages.contains(&page) {
            pages.push(page);
        }
    }
    pages
}

/// Whether a form of the page asks for a password. Many pages have a login form in a corner: it
/// says something only of a page that shows no text.
fn asks_for_password(doc: &Document) -> bool {
    doc.root().named(&["input"]).any(|node| node.attr("type") == Some("password"))
}

#[cfg(test)]
mod tests;
