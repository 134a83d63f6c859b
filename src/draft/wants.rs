//! What the rules of a site look for on a page: all of that must stay.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::words::folded;
use crate::dom::Selector;
use crate::model::FieldName;
use crate::site::{FieldRule, Site, Source};

/// Metadata that the generic reader asks for beside its rules.
const METAS: &str = "og:site_name application-name apple-mobile-web-app-title twitter:site og:title twitter:title \
    description og:description twitter:description og:type og:url og:locale twitter:label1 twitter:data1 \
    generator content-language";
/// Keys of JSON-LD that say something of an article.
const KEYS: &str = "@context @type @id @graph headline alternativeHeadline name description author creator \
    publisher datePublished dateModified dateCreated uploadDate articleSection inLanguage isPartOf mainEntity \
    mainEntityOfPage url itemListElement item position isAccessibleForFree backstory";

static ATTRIBUTE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"\[\s*([A-Za-z_][\w:.-]*)\s*(?:[~|^$*]?=\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]+)))?"#).ok()
});
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[.#](-?[A-Za-z_][\w-]*)").ok());

/// What rules look for.
#[derive(Debug, Default)]
pub(super) struct Wants {
    /// Elements of which some must stay, with the most that are needed.
    pub(super) selectors: Vec<(Selector, usize)>,
    /// Elements that are taken out, each rule with its number.
    pub(super) removes: Vec<Selector>,
    /// Comment forms.
    pub(super) forms: Vec<Selector>,
    /// Names of attributes.
    pub(super) attributes: HashSet<String>,
    /// Parts of their values.
    pub(super) needles: Vec<String>,
    /// Classes and identifiers.
    pub(super) names: HashSet<String>,
    /// Names of `<meta>`, in lower case.
    pub(super) metas: HashSet<String>,
    /// Keys of JSON-LD.
    pub(super) keys: HashSet<String>,
    /// Paths in the data of scripts.
    pub(super) scripts: Vec<String>,
    /// Words that patterns and forms of the site expect.
    pub(super) words: HashSet<String>,
}

impl Wants {
    /// What the rules of a site and the generic ones look for.
    pub(super) fn of(site: &Site, generic: &Site) -> Self {
        let mut wants = Self::default();
        wants.metas.extend(METAS.split_whitespace().map(str::to_owned));
        wants.keys.extend(KEYS.split_whitespace().map(str::to_owned));
        for rules in [site, generic] {
            let whens = rules.layouts.iter().filter_map(|layout| layout.when.as_ref());
            for selector in rules.not_article.iter().chain(whens).chain(&rules.discover.pages) {
                wants.element(selector, 1);
            }
            for selector in &rules.clean.remove {
                wants.read(selector.as_str());
                wants.removes.push(selector.clone());
            }
            for layout in &rules.layouts {
                for name in FieldName::ALL {
                    let Some(rule) = layout.field(name) else { continue };
                    wants.field(name, rule);
                }
            }
        }
        wants
    }

    fn field(&mut self, name: FieldName, rule: &FieldRule) {
        for text in &rule.text {
            self.words.extend(folded(text));
        }
        if let Some(pattern) = &rule.pattern {
            self.words.extend(folded(pattern.as_str()).into_iter().filter(|word| word.chars().count() > 1));
        }
        for source in &rule.select {
            match source {
                Source::Meta(name) => {
                    self.metas.insert(name.to_ascii_lowercase());
                }
                Source::Script(path) => self.scripts.push(path.clone()),
                Source::Value(_) => {}
                Source::JsonLd(path) => self.keys.extend(path.split('.').map(|key| key.trim().to_owned())),
                Source::Css(query) => {
                    self.read(&query.to_string());
                    if name == FieldName::CommentForm {
                        self.forms.push(query.selector.clone());
                    }
                    let most = if name == FieldName::Body { 1 } else { 3 };
                    self.element(&query.selector, most);
                }
            }
        }
    }

    fn element(&mut self, selector: &Selector, most: usize) {
        self.read(selector.as_str());
        self.selectors.push((selector.clone(), most));
    }

    /// Notes attributes, values and names that a selector asks for.
    fn read(&mut self, selector: &str) {
        for found in ATTRIBUTE.iter().flat_map(|pattern| pattern.captures_iter(selector)) {
            self.attributes.insert(found[1].to_ascii_lowercase());
            let value = found.get(2).or_else(|| found.get(3)).or_else(|| found.get(4));
            if let Some(value) = value.filter(|value| !value.as_str().is_empty()) {
                self.needles.push(value.as_str().to_owned());
            }
        }
        let taken = selector.rsplit_once("::attr(").map(|(_, name)| name.trim_end_matches(')').trim());
        self.attributes.extend(taken.map(str::to_ascii_lowercase));
        let names = NAME.iter().flat_map(|pattern| pattern.captures_iter(selector));
        self.names.extend(names.map(|found| found[1].to_owned()));
    }

    /// Whether a value holds something that a selector asks for.
    pub(super) fn wants_value(&self, value: &str) -> bool {
        self.needles.iter().any(|needle| value.contains(needle.as_str()))
    }
}
