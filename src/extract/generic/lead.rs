//! The standfirst: the paragraph between headline and text, which often stands outside of the text's
//! container.

use super::hints::Hints;
use super::page::Page;
use super::weight::ends_sentence;
use crate::dom::Document;
use crate::extract::blocks::Piece;
use crate::model::{BlockKind, DraftBlock, is_letter_or_digit};

/// What the page's head tells of the story, folded to letters and digits.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// The headline.
    pub(super) title: String,
    /// Descriptions: meta, og, JSON-LD.
    pub(super) descriptions: Vec<String>,
}

impl Told {
    pub(super) fn read(doc: &Document, title: Option<&str>) -> Self {
        let metas = ["description", "og:description", "twitter:description"];
        let mut descriptions: Vec<String> = Vec::new();
        let said = metas.iter().flat_map(|name| doc.metas(name)).map(str::to_owned);
        for text in said.chain(doc.json_ld().get("description")) {
            let key = key(&text);
            if key.chars().count() >= SHORTEST && !descriptions.contains(&key) {
                descriptions.push(key);
            }
        }
        Self { title: title.map(key).unwrap_or_default(), descriptions }
    }

    /// Whether a text is what a description says, or begins so.
    fn describes(&self, text: &str) -> bool {
        let key = key(text);
        key.chars().count() >= SHORTEST
            && self
                .descriptions
                .iter()
                .any(|description| description.starts_with(&key) || key.starts_with(description.as_str()))
    }
}

/// A shorter text is no standfirst.
const SHORTEST: usize = 25;
/// A shorter heading is a subheading, be it a sentence; a shorter line of a teaser names a picture's maker.
const LONG: usize = 80;
/// How many blocks before the text are looked at.
const REACH: usize = 14;

/// Letters and digits in lower case.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| is_letter_or_digit(c)) {
        if c.is_ascii() { key.push(c.to_ascii_lowercase()) } else { key.extend(c.to_lowercase()) }
    }
    key
}

/// Whether a heading is a sentence, as only a standfirst is.
fn is_sentence(block: &DraftBlock, chars: usize) -> bool {
    block.kind == BlockKind::Heading && chars >= LONG && ends_sentence(&block.text)
}

/// The blocks of the standfirst before the first kept block, in order.
pub(super) fn find(
    page: &Page<'_>,
    pieces: &[Piece<'_>],
    weights: &[f64],
    kept: &[usize],
    container: usize,
    told: &Told,
) -> Vec<usize> {
    let Some(&first) = kept.first() else { return Vec::new() };
    let start = first.saturating_sub(REACH);
    // Nothing before the headline belongs to the story.
    let headline =
        (start..first).rev().find(|&i| !told.title.is_empty() && key(&pieces[i].block.text) == told.title);
    let start = headline.map_or(start, |at| at + 1);
    let repeated = |text: &str| {
        let key = key(text);
        kept.iter().take(3).any(|&i| super::lead::key(&pieces[i].block.text).starts_with(&key))
    };
    let is_beside = |i: usize| {
        let around = page.elems[container].parent;
        around > 0 && page.ancestors(pieces[i].ordinal).any(|at| at == around)
    };
    (start..first)
        .filter(|&i| {
            let block = &pieces[i].block;
            let chars = block.text.chars().count();
            let named = || {
                let at = pieces[i].ordinal;
                page.upward(at).take(3).any(|at| page.elems[at].hints.has(Hints::LEAD))
                    && (!page.is_teaser(at) || chars >= LONG || ends_sentence(&block.text))
            };
            chars >= SHORTEST
                && block.link_chars * 3 < chars
                && key(&block.text) != told.title
                && (told.describes(&block.text)
                    || (headline.is_some() && (named() || weights[i] > 60.0 || is_sentence(block, chars)))
                    || (is_beside(i) && named()))
                && !repeated(&block.text)
        })
        .collect()
}
