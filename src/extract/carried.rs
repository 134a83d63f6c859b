//! A body that a site's rule takes from the data in a page: JSON-LD, or what its scripts carry.

use super::blocks;
use super::matcher::Matcher;
use super::script::is_markup;
use crate::dom::{Document, NodeSet};
use crate::model::{BlockKind, DraftBlock, Found};
use crate::site::{FieldRule, Site, Source};

/// The first source of data that gives a text; elements are not looked at here.
pub(super) fn body(rule: &FieldRule, site: &Site, doc: &Document) -> Option<Found<Vec<DraftBlock>>> {
    rule.select.iter().filter(|source| matches!(source, Source::Script(_) | Source::JsonLd(_))).find_map(
        |source| {
            let value: Vec<DraftBlock> =
                source.values(doc).iter().flat_map(|text| paragraphs(text, site)).collect();
            let chars: usize = value.iter().map(|block| block.text.chars().count()).sum();
            let enough = chars >= rule.min_chars.unwrap_or(1);
            enough.then(|| Found { value, source: source.to_string() })
        },
    )
}

/// The paragraphs of a text, which may be HTML: then the site's removals hold in it, too.
fn paragraphs(text: &str, site: &Site) -> Vec<DraftBlock> {
    if is_markup(text) {
        let doc = Document::parse(text);
        let mut removed = NodeSet::default();
        for (node, _) in Matcher::new(&doc, &site.clean.remove).outermost(doc.root()) {
            removed.insert(node);
        }
        let pieces = blocks::pieces(doc.root(), |node, _| removed.has(node));
        return pieces.into_iter().map(|piece| piece.block).collect();
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| DraftBlock { kind: BlockKind::Paragraph, text: line.to_owned(), link_chars: 0 })
        .collect()
}
