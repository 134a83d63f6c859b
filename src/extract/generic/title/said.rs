//! What the head of a page says of its title.

use crate::dom::Document;
use crate::extract::generic::lead::key;
use crate::extract::generic::site_names;
use crate::model::Found;

/// A title and its letters and digits in lower case.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) key: String,
}

impl Text {
    fn new(text: String) -> Self {
        Self { key: key(&text), text }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.key.is_empty()
    }
}

/// The titles in the head, each without the site's name.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// `<title>`, with the site's name, folded.
    pub(super) whole_tag: String,
    /// The parts of `<title>` between its marks, folded.
    pub(super) segments: Vec<String>,
    pub(super) tag: Text,
    pub(super) og: Text,
    pub(super) twitter: Text,
    pub(super) headline: Text,
    /// `<meta name="headline">`.
    pub(super) named: Text,
    /// Second headlines of JSON-LD, folded.
    pub(super) alternatives: Vec<String>,
}

impl Said {
    pub(super) fn read(doc: &Document, site_names: &[String]) -> Self {
        let bare = |text: &str| Text::new(site_names::without(text, site_names));
        let meta = |name: &str| doc.meta(name).map(bare).unwrap_or_default();
        let tag = doc.title_tag().unwrap_or_default();
        let json = doc.json_ld();
        Self {
            whole_tag: key(tag),
            segments: site_names::segments(tag).map(key).filter(|part| !part.is_empty()).collect(),
            tag: bare(tag),
            og: meta("og:title"),
            twitter: meta("twitter:title"),
            headline: json.get("headline").first().map(|text| bare(text)).unwrap_or_default(),
            named: meta("headline"),
            alternatives: json.get("alternativeHeadline").iter().map(|text| key(text)).collect(),
        }
    }

    /// og:title, or what stands in its place.
    pub(super) fn social(&self) -> &Text {
        if self.og.is_empty() { &self.twitter } else { &self.og }
    }

    /// Whether some words, folded, are what `<title>` ends with behind its last mark: the paper's name.
    pub(super) fn is_name(&self, folded: &str) -> bool {
        self.segments.len() > 1 && self.segments.last().is_some_and(|last| last == folded)
    }

    /// The title by the head alone.
    pub(super) fn alone(self) -> Option<Found<String>> {
        let og = if self.og.is_empty() { self.twitter } else { self.og };
        let by = [
            (self.headline, "jsonld headline"),
            (self.named, "meta headline"),
            (og, "meta og:title"),
            (self.tag, "title"),
        ];
        by.into_iter()
            .find(|(said, _)| !said.is_empty())
            .map(|(said, source)| Found { value: said.text, source: source.to_owned() })
    }
}
