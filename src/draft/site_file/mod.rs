//! A draft of a site file from saved pages of one site: what they have in common decides.

mod addresses;
mod body;
mod boxes;
mod discover;
mod fields;
mod groups;
mod look;
mod names;
mod notes;
mod trial;
mod write;
mod zone;

use jiff::Timestamp;
use thiserror::Error;

use self::groups::Group;
use self::look::Look;
use self::trial::Trial;
use self::write::{LayoutParts, Parts};
use crate::dom::charset;
use crate::model::{FieldName, PageUrl};
use crate::read::{self, ReadError, ReadOptions};
use crate::site::{Catalog, Site};

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
    /// Two pages are the same article; their places among the pages.
    #[error("these are the same article")]
    Same {
        /// The one.
        first: usize,
        /// The other.
        index: usize,
    },
    /// No element holds the text of all pages.
    #[error("the pages have nothing in common that holds their text")]
    NoBody,
}

/// Two pages whose texts are more alike are one article.
const SAME: f64 = 0.8;
/// What another layout costs, in agreement: it must pay.
const LAYOUT: f64 = 0.01;

/// What a rule costs: a wide container with many is weaker than a tight one with few.
const RULE: f64 = 0.001;

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
    let looks = looks(catalog, pages, now)?;
    let common_parts = common_parts(&looks, id);
    let mut best: Option<(f64, Vec<Group>, Trial, Parts)> = None;
    for groups in groups::ways(&looks) {
        let layouts = layouts(&looks, &groups, &catalog.generic(), now);
        let (trial, parts) =
            trial::tried(id, Parts { layouts, ..common_parts.clone() }, &groups, pages, &looks, now);
        #[expect(clippy::cast_precision_loss, reason = "layouts and rules are few")]
        let score = trial.agreement() - LAYOUT * groups.len() as f64 - RULE * parts.remove.len() as f64;
        tracing::debug!(?groups, score, "a draft");
        if best.as_ref().is_none_or(|(most, ..)| score > most + 0.002) {
            best = Some((score, groups, trial, parts));
        }
    }
    let (_, groups, trial, parts) = best.ok_or(SiteDraftError::NoBody)?;
    let notes = notes::of(&groups, &trial, &parts);
    Ok(SiteDraft { toml: parts.toml(), agreement: trial.agreement(), notes })
}

/// The pages, each read without a site file.
fn looks(catalog: &Catalog, pages: &[SavedPage<'_>], now: Timestamp) -> Result<Vec<Look>, SiteDraftError> {
    let options = ReadOptions { generic: true, ..ReadOptions::default() };
    let mut looks: Vec<Look> = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let read = read::read(catalog, page.body, None, page.url, options, now)
            .map_err(|error| SiteDraftError::Page { index, error })?;
        let (source, _) = charset::decode(page.body, None);
        let look = Look::new(&source, page.url.cloned(), read.article);
        if let Some(first) = looks.iter().position(|other| is_same(other, &look)) {
            return Err(SiteDraftError::Same { first, index });
        }
        looks.push(look);
    }
    Ok(looks)
}

/// What a draft has whatever its layouts are.
fn common_parts(looks: &[Look], id: &str) -> Parts {
    let language = common(looks.iter().map(|look| look.article.language.clone()));
    let feeds = discover::feeds(looks);
    // A feed is one request; section pages are asked where there is none.
    let sections = if feeds.is_empty() { discover::sections(looks) } else { Vec::new() };
    Parts {
        name: common(looks.iter().map(|look| look.doc.meta("og:site_name").map(str::to_owned))),
        hosts: hosts(looks, id),
        zone: zone::of(looks, language.as_deref()),
        language,
        articles: addresses::patterns(looks),
        feeds,
        sections,
        ..Parts::default()
    }
}

/// Whether two pages are the same article: they would make all of it something that repeats.
fn is_same(one: &Look, other: &Look) -> bool {
    one.url.as_ref().is_some_and(|url| other.url.as_ref() == Some(url))
        || trial::alike(&one.article, &other.article) > SAME
}

/// The layouts of a draft, each named after the year of its latest page.
fn layouts(looks: &[Look], groups: &[Group], generic: &Site, now: Timestamp) -> Vec<LayoutParts> {
    let mut out: Vec<LayoutParts> = Vec::new();
    for group in groups {
        let own: Vec<&Look> = group.pages.iter().map(|page| &looks[*page]).collect();
        let sources = |name| fields::sources(&own, generic, name, now);
        let year = year(&own);
        let names = std::iter::once(year.clone()).chain((2..).map(|n| format!("{year}-{n}")));
        let id = names.into_iter().find(|id| out.iter().all(|layout| layout.id != *id));
        out.push(LayoutParts {
            id: id.unwrap_or(year),
            when: group.when.clone(),
            title: sources(FieldName::Title),
            author: sources(FieldName::Author),
            published: sources(FieldName::Published),
            modified: sources(FieldName::Modified),
            section: sources(FieldName::Section),
            body: group.css.clone(),
            comment_form: comment_form(&own),
        });
    }
    out
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

/// The year of the latest page.
fn year(looks: &[&Look]) -> String {
    let years = looks.iter().filter_map(|look| look.article.published.as_ref());
    let latest = years.map(|when| when.to_string().chars().take(4).collect::<String>()).max();
    latest.unwrap_or_else(|| "article".to_owned())
}

/// A comment form that the generic reader found by a selector.
fn comment_form(looks: &[&Look]) -> Option<String> {
    let found = looks.iter().find_map(|look| look.article.reading.fields.get(&FieldName::CommentForm))?;
    let selector = crate::dom::Selector::parse(found).ok()?;
    looks.iter().any(|look| look.doc.first(&selector).is_some()).then(|| found.clone())
}
