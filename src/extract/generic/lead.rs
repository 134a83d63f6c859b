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

/// Where a standfirst is looked for.
pub(super) struct Search<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    /// All blocks of the page, and what each weighs.
    pub(super) pieces: &'p [Piece<'d>],
    pub(super) weights: &'p [f64],
    /// The blocks of the text.
    pub(super) kept: &'p [usize],
    /// The text's container.
    pub(super) container: usize,
    pub(super) told: &'p Told,
}

impl Search<'_, '_> {
    /// The blocks of the standfirst before the first kept block, in order.
    pub(super) fn find(&self) -> Vec<usize> {
        let Some(&first) = self.kept.first() else { return Vec::new() };
        let start = first.saturating_sub(REACH);
        // Nothing before the headline belongs to the story.
        let title = &self.told.title;
        let headline = (start..first).rev().find(|&at| !title.is_empty() && self.key(at) == *title);
        let start = headline.map_or(start, |at| at + 1);
        (start..first).filter(|&at| self.is_lead(at, headline.is_some()) && !self.is_repeated(at)).collect()
    }

    fn key(&self, at: usize) -> String {
        key(&self.pieces[at].block.text)
    }

    /// Whether a block is one; `headed` tells whether the headline stands before it.
    fn is_lead(&self, at: usize, headed: bool) -> bool {
        let block = &self.pieces[at].block;
        let chars = block.text.chars().count();
        chars >= SHORTEST
            && block.link_chars * 3 < chars
            && self.key(at) != self.told.title
            && (self.told.describes(&block.text)
                || (headed
                    && (self.is_named(at, chars) || self.weights[at] > 60.0 || is_sentence(block, chars)))
                || (self.is_beside(at) && self.is_named(at, chars)))
    }

    /// Whether its element calls itself one.
    fn is_named(&self, at: usize, chars: usize) -> bool {
        let Piece { block, ordinal, .. } = &self.pieces[at];
        self.page.upward(*ordinal).take(3).any(|at| self.page.elems[at].hints.has(Hints::LEAD))
            && (!self.page.is_teaser(*ordinal) || chars >= LONG || ends_sentence(&block.text))
    }

    /// Whether it stands beside the text's container.
    fn is_beside(&self, at: usize) -> bool {
        let around = self.page.elems[self.container].parent;
        around > 0 && self.page.ancestors(self.pieces[at].ordinal).any(|at| at == around)
    }

    /// Whether the text opens with the same words.
    fn is_repeated(&self, at: usize) -> bool {
        let key = self.key(at);
        self.kept.iter().take(3).any(|&at| self.key(at).starts_with(&key))
    }
}
