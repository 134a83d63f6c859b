//! A draft of a site file from saved pages of one site: what they have in common decides.

mod body;
mod discover;
mod fields;
mod look;
mod names;
mod write;

use std::path::PathBuf;

use jiff::Timestamp;
use thiserror::Error;

use self::look::Look;
use self::write::Parts;
use super::marks::key;
use crate::dom::charset;
use crate::model::{Article, FieldName, PageUrl};
use crate::read::{self, ReadError, ReadOptions};
use crate::site::Catalog;

/// A page of the site.
#[derive(Debug, Clone, Copy)]
pub struct SavedPage<'a> {
    /// Its bytes.
    pub body: &'a [u8],
    /// Where it came from.
    pub url: Option<&'a PageUrl>,
}

/// A drafted site file.
#[derive(Debug, Clone)]
pub struct SiteDraft {
    /// The file.
    pub toml: String,
    /// How alike the draft and the generic reader read the pages: 1 for the same text.
    pub agreement: f64,
    /// What the user should look at.
    pub notes: Vec<String>,
}

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SiteDraftError {
    /// A page is no article; its place among the pages.
    #[error("{error}")]
    Page {
        /// Which page.
        index: usize,
        /// Why.
        error: ReadError,
    },
    /// No element holds the text of all pages.
    #[error("the pages have nothing in common that holds their text")]
    NoBody,
}

/// Selectors for the text that are tried by reading.
const TRIED: usize = 4;

/// Drafts a site file with the identifier `id`.
///
/// # Errors
/// [`SiteDraftError`].
pub fn site_file(
    catalog: &Catalog,
    id: &str,
    pages: &[SavedPage<'_>],
    now: Timestamp,
) -> Result<SiteDraft, SiteDraftError> {
    let options = ReadOptions { generic: true, ..ReadOptions::default() };
    let mut looks = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let read = read::read(catalog, page.body, None, page.url, options, now)
            .map_err(|error| SiteDraftError::Page { index, error })?;
        let (source, _) = charset::decode(page.body, None);
        looks.push(Look::new(&source, page.url.cloned(), read.article));
    }
    let candidates = body::candidates(&looks);
    let generic = catalog.generic();
    let sources = |name| fields::sources(&looks, &generic, name, now);
    let language = common(looks.iter().map(|look| look.article.language.clone()));
    let zone = discover::zone(&looks, language.as_deref());
    let parts = Parts {
        name: common(looks.iter().map(|look| look.doc.meta("og:site_name").map(str::to_owned))),
        hosts: hosts(&looks, id),
        zone,
        language,
        feeds: discover::feeds(&looks),
        articles: discover::articles(&looks),
        layout: layout(&looks),
        title: sources(FieldName::Title),
        author: sources(FieldName::Author),
        published: sources(FieldName::Published),
        modified: sources(FieldName::Modified),
        section: sources(FieldName::Section),
        comment_form: comment_form(&looks),
        drop_paragraph: body::repeated(&looks),
        ..Parts::default()
    };
    let mut best: Option<(f64, Parts)> = None;
    for (css, fit) in candidates.into_iter().take(TRIED) {
        let remove = body::boxes(&looks, &css);
        let parts = Parts { when: when(&css), body: css, remove, ..parts.clone() };
        let agreement = agreement(id, &parts.toml(), pages, &looks, now);
        tracing::debug!(parts.body, fit, agreement, "a draft");
        if best.as_ref().is_none_or(|(most, _)| agreement > most + 0.002) {
            best = Some((agreement, parts));
        }
    }
    let (agreement, parts) = best.ok_or(SiteDraftError::NoBody)?;
    let notes = notes(&looks, &parts, agreement);
    Ok(SiteDraft { toml: parts.toml(), agreement, notes })
}

/// What all pages say alike.
fn common(mut values: impl Iterator<Item = Option<String>>) -> Option<String> {
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

/// The hosts, where the file's name does not say them.
fn hosts(looks: &[Look], id: &str) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for url in looks.iter().filter_map(|look| look.url.as_ref()) {
        let bare = url.host().trim_start_matches("www.");
        let host = url.as_url().port().map_or(bare.to_owned(), |port| format!("{bare}:{port}"));
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    if hosts == [id] { Vec::new() } else { hosts }
}

/// A name for the layout: the year of the latest page.
fn layout(looks: &[Look]) -> String {
    let years = looks.iter().filter_map(|look| look.article.published.as_ref());
    let latest = years.map(|when| when.to_string().chars().take(4).collect::<String>()).max();
    latest.unwrap_or_else(|| "article".to_owned())
}

/// What only an article page has: the element that holds its text.
fn when(css: &str) -> String {
    css.rsplit(", ").next().unwrap_or(css).to_owned()
}

/// A comment form that the generic reader found by a selector.
fn comment_form(looks: &[Look]) -> Option<String> {
    let found = looks.iter().find_map(|look| look.article.reading.fields.get(&FieldName::CommentForm))?;
    let selector = crate::dom::Selector::parse(found).ok()?;
    looks.iter().any(|look| look.doc.first(&selector).is_some()).then(|| found.clone())
}

/// How alike the draft and the generic reader read the pages.
fn agreement(id: &str, toml: &str, pages: &[SavedPage<'_>], looks: &[Look], now: Timestamp) -> f64 {
    let Ok(catalog) = Catalog::of(vec![(PathBuf::from(format!("{id}.toml")), toml.to_owned())]) else {
        return 0.0;
    };
    let options = ReadOptions { site: Some(id), ..ReadOptions::default() };
    let mut sum = 0.0;
    for (page, look) in pages.iter().zip(looks) {
        let Ok(read) = read::read(&catalog, page.body, None, page.url, options, now) else { continue };
        // A page that the generic reader had to take says nothing for the draft.
        let own = if read.article.reading.layout == "generic" { 0.5 } else { 1.0 };
        sum += own * alike(&look.article, &read.article);
    }
    #[expect(clippy::cast_precision_loss, reason = "pages are few")]
    let mean = sum / pages.len().max(1) as f64;
    mean
}

/// The share of the text that two readings have in common, by paragraphs.
fn alike(one: &Article, other: &Article) -> f64 {
    let keys =
        |article: &Article| -> Vec<String> { article.body.iter().map(|block| key(&block.text)).collect() };
    let length = |keys: &[String]| keys.iter().map(String::len).sum::<usize>();
    let (one, other) = (keys(one), keys(other));
    let both: usize = one.iter().filter(|text| other.contains(text)).map(String::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let share = 2.0 * both as f64 / (length(&one) + length(&other)).max(1) as f64;
    share
}

fn notes(looks: &[Look], parts: &Parts, agreement: f64) -> Vec<String> {
    let mut notes = Vec::new();
    if looks.len() == 1 {
        notes.push("drafted from one page: what is common to the site's pages is a guess".to_owned());
    }
    if agreement < 0.9 {
        notes.push(format!(
            "the text by `{}` is only {:.0} % what the generic reader finds: look at it with `kliping extract --explain`",
            parts.body,
            agreement * 100.0
        ));
    }
    for (what, sources) in
        [("title", &parts.title), ("author", &parts.author), ("published", &parts.published)]
    {
        if sources.is_empty() {
            notes.push(format!(
                "no source of the {what} says the same on all pages; the generic reader reads it"
            ));
        }
    }
    if parts.articles.is_empty() {
        notes.push("the addresses show no pattern of articles".to_owned());
    }
    notes
}
