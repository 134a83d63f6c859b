//! From a page to its skeleton, by the strictest measure under which it still reads alike.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use super::address::Place;
use super::known::Voice;
use super::tree::Tree;
use super::wants::Wants;
use super::words::Words;
use super::{address, compare, cut, head, html, marks, text};
use crate::dom::{Document, charset};
use crate::model::{Article, FieldName, PageUrl};
use crate::read::{self, ReadError, ReadOptions};
use crate::site::{Catalog, Site};

/// A skeleton and what is read off it.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// The page.
    pub html: String,
    /// A stand-in for the page's address: the same host and shape.
    pub url: Option<PageUrl>,
    /// What the site's rules read off it.
    pub article: Article,
    /// What else reads differently than on the page, in words.
    pub differs: Vec<String>,
}

/// Why there is no skeleton.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SkeletonError {
    /// The page gives no article.
    #[error(transparent)]
    Page(#[from] ReadError),
    /// However little is cut, it does not read like the page.
    #[error("the skeleton does not read like the page: {}", .0.join("; "))]
    Differs(Vec<String>),
}

/// Makes the skeleton of a page that the rules of a site (by `options`) read.
///
/// # Errors
/// [`SkeletonError`]: the page is no article, or its skeleton would have another layout or lose a
/// field.
pub fn skeleton(
    catalog: &Catalog,
    body: &[u8],
    url: Option<&PageUrl>,
    options: ReadOptions<'_>,
    now: Timestamp,
) -> Result<Skeleton, SkeletonError> {
    let page = read::read(catalog, body, None, url, options, now)?.article;
    let site = read::site_for(catalog, url, options);
    let original = Original { body, url, site: &site, page: &page };
    let make = || attempts(catalog, &original, options, now);
    // What parses a page must not be brought down by it.
    catch_unwind(AssertUnwindSafe(make)).unwrap_or(Err(ReadError::Panicked.into()))
}

/// The address that a page gives as its own.
#[must_use]
pub fn address_of(body: &[u8]) -> Option<PageUrl> {
    let doc = Document::parse(&charset::decode(body, None).0);
    let canonical = doc.link("canonical").into_iter().map(|link| link.href.clone());
    let said = canonical.chain(doc.metas("og:url").into_iter().map(str::to_owned));
    said.into_iter().find_map(|address| PageUrl::parse(&address).ok())
}

/// A page and what is read off it.
struct Original<'a> {
    body: &'a [u8],
    url: Option<&'a PageUrl>,
    site: &'a Site,
    page: &'a Article,
}

impl Original<'_> {
    /// A stand-in for its address. What the site's own patterns know as an article must stay one:
    /// then the address is kept whole.
    fn stand_in(&self, place: &Place) -> Option<PageUrl> {
        let short = self.url.and_then(|url| PageUrl::parse(&address::short(url.as_str(), place)).ok());
        let accepted = |url: &PageUrl| self.site.discover.accepts(url);
        let fits = short.as_ref().is_some_and(accepted) || !self.url.is_some_and(accepted);
        if fits { short } else { self.url.cloned() }
    }

    /// What of the page must stay for it to be read alike.
    fn wants(&self, catalog: &Catalog) -> Wants {
        let mut wants = Wants::of(self.site, &catalog.generic());
        let body = self.page.reading.fields.get(&FieldName::Body);
        if body.is_some_and(|source| source == "jsonld articleBody") {
            wants.keys.insert("articleBody".to_owned());
        }
        wants
    }
}

/// The first skeleton that reads like the page, from the strictest measure on; else the best.
fn attempts(
    catalog: &Catalog,
    original: &Original<'_>,
    options: ReadOptions<'_>,
    now: Timestamp,
) -> Result<Skeleton, SkeletonError> {
    let page = original.page;
    // A letter and its mark apart are one letter to a reader, and to the words that stand in for it.
    let source: String = charset::decode(original.body, None).0.nfc().collect();
    let doc = Document::parse(&source);
    let wants = original.wants(catalog);
    let names = page.authors.iter().map(|name| marks::key(name)).filter(|name| name.len() > 3).collect();
    let host = original.url.map(|url| url.host().to_owned()).unwrap_or_default();
    let place = Place { host, needles: wants.needles.clone(), names };
    let stand_in = original.stand_in(&place);
    let voice = Voice::new(words(original.site, &doc, &wants), place, original.site, page);
    let (mut tree, places) = Tree::read(doc.root());
    marks::mark(&mut tree, &doc, &places, &wants, page);
    head::reduce(&mut tree, &doc, &wants, &voice, page);
    let (mut best, mut faults): (Option<Skeleton>, _) = (None, Vec::new());
    for (strictness, measure) in cut::MEASURES.iter().enumerate() {
        // A fixture is read by people, too: better a strange paragraph than a page of its full size.
        if strictness > 1 && best.is_some() {
            break;
        }
        let html = reduced(tree.clone(), measure, &wants, &voice);
        let read = read::read(catalog, html.as_bytes(), None, stand_in.as_ref(), options, now);
        let lost = match &read {
            Ok(read) => compare::lost(page, &read.article),
            Err(error) => vec![error.to_string()],
        };
        let Some(article) = read.ok().map(|read| read.article).filter(|_| lost.is_empty()) else {
            tracing::debug!(?measure, ?lost, "another reading");
            faults = lost;
            continue;
        };
        let differs = compare::strange(page, &article, &voice);
        tracing::debug!(?measure, ?differs, bytes = html.len(), "a reading");
        let done = differs.is_empty();
        if best.as_ref().is_none_or(|best| differs.len() < best.differs.len()) {
            best = Some(Skeleton { html, url: stand_in.clone(), article, differs });
        }
        if done {
            break;
        }
    }
    best.ok_or(SkeletonError::Differs(faults))
}

/// The page by one measure.
fn reduced(mut tree: Tree, measure: &cut::Measure, wants: &Wants, voice: &Voice) -> String {
    cut::cut(&mut tree, measure);
    text::rewrite(&mut tree, measure, voice);
    head::attributes(&mut tree, wants, voice);
    cut::empty(&mut tree);
    html::write(&tree)
}

/// How the words are replaced: the names of the site stay, and what its rules expect.
fn words(site: &Site, doc: &Document, wants: &Wants) -> Words {
    let mut words = Words::default();
    let json = doc.json_ld();
    let metas = ["og:site_name", "application-name", "apple-mobile-web-app-title"];
    let said = metas.iter().filter_map(|name| doc.meta(name)).map(str::to_owned);
    let names =
        said.chain(json.get("publisher.name")).chain(json.get("WebSite.name")).chain(site.name.clone());
    for name in names.filter(|name| name.chars().count() <= 60) {
        words.keep_phrase(&name);
    }
    // What overlays are told by.
    let consent = ["cookie", "cookies", "consent", "datenschutz", "privacy", "einwilligung"];
    words.kept.extend(consent.map(str::to_owned));
    words.kept.extend(wants.words.iter().cloned());
    words
}
