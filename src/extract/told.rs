//! The text of the story where the page shows none: in its metadata, or in the data that its scripts
//! would show. A check otherwise, and a last resort: metadata are often cut short.

use super::finding;
use super::generic;
use super::script;
use crate::dom::{Document, NodeSet};
use crate::model::{BlockKind, Draft, DraftBlock, FieldName, Found, is_spaceless, words};

/// A page that shows so much text shows its story.
const SHOWN: usize = 200;
/// A shorter text is a teaser.
const STORY: usize = 300;
/// How much more a hidden text must say than what is shown.
const MORE: usize = 3;

/// The text that a page's JSON-LD gives.
pub(super) fn article_body(doc: &Document) -> Option<String> {
    let texts = doc.json_ld().get("articleBody");
    texts.into_iter().max_by_key(String::len).filter(|text| text.chars().count() >= STORY)
}

/// Takes the story from metadata or scripts where the page shows none.
pub(super) fn last_resort(draft: &mut Draft, doc: &Document) {
    let shown: usize =
        draft.body.iter().flat_map(|found| &found.value).map(|block| block.text.chars().count()).sum();
    // What a newspaper keeps for its subscribers is not taken from behind the page.
    let kept_back = doc.json_ld().get("isAccessibleForFree").iter().any(|free| is_no(free));
    if shown >= SHOWN || kept_back {
        return;
    }
    let title = draft.title.as_ref().map_or("", |found| found.value.as_str());
    let Some(found) = find(doc, title).filter(|found| length(&found.value) >= shown * MORE) else {
        return;
    };
    let message = format!("the page shows no story; it was taken from {}", found.source);
    draft.findings.push(finding("body_not_shown", Some(FieldName::Body), message));
    draft.body = Some(found);
}

fn is_no(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "false" | "no" | "0" | "http://schema.org/false")
}

fn find(doc: &Document, title: &str) -> Option<Found<Vec<DraftBlock>>> {
    if let Some(text) = article_body(doc) {
        let value = blocks(&text);
        if length(&value) >= STORY {
            return Some(Found { value, source: "jsonld articleBody".to_owned() });
        }
    }
    let texts = doc.root().named(&["script"]).filter(|node| is_data(node.attr("type")));
    let found = texts.flat_map(|node| script::texts(&node.raw_text()));
    let found = found.map(|text| (blocks(&text.value), text.key)).filter(|(value, _)| length(value) >= STORY);
    let (value, key) = found.filter(|(value, _)| is_about(value, title)).max_by_key(|(value, _)| {
        value.iter().filter(|block| block.kind != BlockKind::Heading).map(chars).sum::<usize>()
    })?;
    Some(Found { value, source: format!("script {}", key.as_deref().unwrap_or("text")) })
}

/// Whether a script may hold data; JSON-LD was asked before.
fn is_data(kind: Option<&str>) -> bool {
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    !kind.contains("ld+json")
        && (kind.is_empty() || kind.contains("script") || kind.contains("json") || kind == "module")
}

/// The paragraphs of a text, which may be HTML.
fn blocks(text: &str) -> Vec<DraftBlock> {
    if script::is_markup(text) {
        let doc = Document::parse(text);
        return generic::story(doc.root(), &NodeSet::default());
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| DraftBlock { kind: BlockKind::Paragraph, text: line.to_owned(), link_chars: 0 })
        .collect()
}

fn length(blocks: &[DraftBlock]) -> usize {
    blocks.iter().map(chars).sum()
}

fn chars(block: &DraftBlock) -> usize {
    block.text.chars().count()
}

/// Whether a text speaks of what the headline speaks of: scripts hold other stories, terms, messages.
fn is_about(value: &[DraftBlock], title: &str) -> bool {
    let said: std::collections::HashSet<String> = value.iter().flat_map(|block| words(&block.text)).collect();
    let wanted: Vec<String> = words(title).into_iter().filter(|word| word.chars().count() > 3).collect();
    let wide: Vec<String> = words(title).into_iter().filter(|word| word.chars().any(is_spaceless)).collect();
    let wanted = if wanted.is_empty() { wide } else { wanted };
    let known = wanted.iter().filter(|word| said.contains(*word)).count();
    !wanted.is_empty() && known * 3 >= wanted.len()
}
