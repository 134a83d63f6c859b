//! A draft tried on the pages: how alike it and the generic reader read them, and what is cut for it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;

use super::super::marks::key;
use super::SavedPage;
use super::boxes::{self, Rule};
use super::groups::Group;
use super::look::Look;
use super::write::Parts;
use crate::model::Article;
use crate::read::{self, ReadOptions};
use crate::site::Catalog;

/// What a phrase of the site's has at least, in characters.
const PHRASE: usize = 8;
/// Rules that are written.
const RULES: usize = 24;
/// Patterns for phrases that are written.
const PHRASES: usize = 10;
/// Words of a phrase that stand in its pattern.
const WORDS: usize = 5;

/// What a draft reads off each page; none where the generic reader had to take the page.
pub(super) struct Trial {
    articles: Vec<Option<Article>>,
    /// By page.
    pub(super) agreements: Vec<f64>,
}

impl Trial {
    fn of(id: &str, parts: &Parts, pages: &[SavedPage<'_>], looks: &[Look], now: Timestamp) -> Self {
        let file = vec![(PathBuf::from(format!("{id}.toml")), parts.toml())];
        let catalog = Catalog::of(file).ok();
        let options = ReadOptions { site: Some(id), ..ReadOptions::default() };
        let own = |page: &SavedPage<'_>| {
            let read = read::read(catalog.as_ref()?, page.body, None, page.url, options, now).ok()?;
            (read.article.reading.layout != "generic").then_some(read.article)
        };
        let articles: Vec<Option<Article>> = pages.iter().map(own).collect();
        let pairs = articles.iter().zip(looks);
        let agree = |(own, look): (&Option<Article>, &Look)| {
            own.as_ref().map_or(0.0, |own| alike(&look.article, own))
        };
        let agreements = pairs.map(agree).collect();
        Self { articles, agreements }
    }

    /// Over all pages: 1 for the same text.
    pub(super) fn agreement(&self) -> f64 {
        super::body::mean(&self.agreements)
    }

    /// Whether a page is read worse than by another draft.
    fn hurts(&self, other: &Self) -> bool {
        self.agreements.iter().zip(&other.agreements).any(|(own, other)| own < other)
    }

    /// What only the draft reads and what only the generic reader reads, folded, by page.
    fn differs(&self, looks: &[Look]) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
        let pairs = self.articles.iter().zip(looks).map(|(own, look)| {
            let (own, known) = (own.as_ref().map(keys).unwrap_or_default(), keys(&look.article));
            let beside = |of: &[String], other: &[String]| -> Vec<String> {
                of.iter().filter(|text| !other.contains(text)).cloned().collect()
            };
            (beside(&own, &known), beside(&known, &own))
        });
        pairs.unzip()
    }
}

/// Adds to a draft the rules for what it reads too much, and tries it.
pub(super) fn tried(
    id: &str,
    mut parts: Parts,
    groups: &[Group],
    pages: &[SavedPage<'_>],
    looks: &[Look],
    now: Timestamp,
) -> (Trial, Parts) {
    let trial = Trial::of(id, &parts, pages, looks, now);
    let with = |rules: &[Rule]| {
        let remove = rules.iter().map(|rule| rule.css.clone()).collect();
        Trial::of(id, &Parts { remove, ..parts.clone() }, pages, looks, now)
    };
    let (trial, rules) = cut(trial, with, groups, looks);
    parts.remove = rules.into_iter().map(|rule| rule.css).collect();
    let phrases = phrases(&trial, looks);
    if !phrases.is_empty() {
        let with = Parts { drop_paragraph: phrases, ..parts.clone() };
        let cut = Trial::of(id, &with, pages, looks, now);
        // What the generic reader kept and every page has may go, too.
        if cut.articles.iter().all(Option::is_some) || cut.agreement() >= trial.agreement() {
            return (cut, with);
        }
    }
    (trial, parts)
}

/// The rules for what a draft reads too much, and the draft tried `with` them.
fn cut(
    mut trial: Trial,
    with: impl Fn(&[Rule]) -> Trial,
    groups: &[Group],
    looks: &[Look],
) -> (Trial, Vec<Rule>) {
    let (extra, lost) = trial.differs(looks);
    let found = boxes::rules(looks, groups, &extra, &lost);
    let mut rules: Vec<Rule> = Vec::new();
    for rule in &found {
        if rules.len() < RULES && !rule.is_covered(looks, &rules) {
            rules.push(rule.clone());
        }
    }
    let cut = with(&rules);
    if !cut.hurts(&trial) {
        return (cut, rules);
    }
    // One of them cuts too much: they are tried one by one.
    rules.clear();
    for rule in found {
        if rules.len() == RULES || rule.is_covered(looks, &rules) {
            continue;
        }
        rules.push(rule);
        let cut = with(&rules);
        if cut.agreement() > trial.agreement() {
            trial = cut;
        } else {
            rules.pop();
        }
    }
    (trial, rules)
}

/// Patterns for paragraphs that stand on several pages: they are the site's, not the story's.
fn phrases(trial: &Trial, looks: &[Look]) -> Vec<String> {
    let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
    for (own, look) in trial.articles.iter().zip(looks) {
        let article = own.as_ref().unwrap_or(&look.article);
        let texts: BTreeSet<&str> = article.body.iter().map(|block| block.text.as_str()).collect();
        texts.into_iter().for_each(|text| *pages.entry(text).or_default() += 1);
    }
    let twice = pages.into_iter().filter(|(text, pages)| *pages > 1 && text.chars().count() >= PHRASE);
    let patterns = twice.map(|(text, _)| {
        let end = text.match_indices(' ').nth(WORDS).map_or(text.len(), |(at, _)| at);
        let whole = if end == text.len() { "$" } else { "" };
        format!("^{}{whole}", regex::escape(&text[..end]))
    });
    patterns.filter(|pattern| !pattern.contains('\'')).take(PHRASES).collect()
}

fn keys(article: &Article) -> Vec<String> {
    article.body.iter().map(|block| key(&block.text)).collect()
}

/// The share of the text that two readings have in common, by paragraphs.
pub(super) fn alike(one: &Article, other: &Article) -> f64 {
    let length = |keys: &[String]| keys.iter().map(String::len).sum::<usize>();
    let (one, other) = (keys(one), keys(other));
    let both: usize = one.iter().filter(|text| other.contains(text)).map(String::len).sum();
    #[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
    let share = 2.0 * both as f64 / (length(&one) + length(&other)).max(1) as f64;
    share
}
