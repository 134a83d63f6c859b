//! What the source that listed a page says of it, where the page itself says nothing.

use jiff::Timestamp;

use super::blocks;
use crate::dom::Document;
use crate::model::{Draft, DraftBlock, FieldName, Found, Listed, Precision, When, ZoneFrom};

/// A feed's text that is shorter (characters) is a teaser: no article.
const STORY: usize = 300;

/// Fills what is missing. The page's own word always comes first: a feed is often older than it.
pub(super) fn fill(draft: &mut Draft, listed: &Listed) {
    let source = listed.by.as_str();
    if let (None, Some(title)) = (&draft.title, &listed.title) {
        draft.title = Some(Found { value: title.clone(), source: source.to_owned() });
    }
    if let (None, Some(at)) = (&draft.published, listed.published) {
        draft.published = Some(Found { value: when(at), source: source.to_owned() });
    }
    if let (None, Some(content)) = (&draft.body, &listed.content) {
        draft.body = story(content).map(|value| Found { value, source: source.to_owned() });
    }
    let filled = |name: FieldName| match name {
        FieldName::Title => draft.title.is_some(),
        FieldName::Published => draft.published.is_some(),
        FieldName::Body => draft.body.is_some(),
        _ => false,
    };
    draft.findings.retain(|found| found.code != "required_missing" || !found.field.is_some_and(filled));
}

fn when(at: Timestamp) -> When {
    When {
        raw: at.to_string(),
        at,
        offset_seconds: 0,
        precision: Precision::Second,
        zone_from: ZoneFrom::Stated,
    }
}

fn story(html: &str) -> Option<Vec<DraftBlock>> {
    let doc = Document::parse(html);
    let pieces =
        blocks::pieces(doc.root(), |node, _| matches!(node.name(), "figure" | "figcaption" | "aside"));
    let blocks: Vec<DraftBlock> = pieces.into_iter().map(|piece| piece.block).collect();
    let chars: usize = blocks.iter().map(|block| block.text.chars().count()).sum();
    (chars >= STORY).then_some(blocks)
}
