//! Whether a skeleton reads as its page does.

use super::known::Voice;
use super::marks::key;
use crate::model::Article;

/// What a skeleton lost, in words for the user; empty when it reads like the page.
pub(super) fn lost(page: &Article, skeleton: &Article) -> Vec<String> {
    let mut out = Vec::new();
    let mut same = |field: &str, page: String, skeleton: String| {
        if page != skeleton {
            let shown = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
            out.push(format!("{field}: {} on the page, {} on the skeleton", shown(page), shown(skeleton)));
        }
    };
    let there = |yes: bool| if yes { "found".to_owned() } else { String::new() };
    let time = |when: &Option<crate::model::When>| when.as_ref().map(ToString::to_string).unwrap_or_default();
    same("paragraphs", page.body.len().min(3).to_string(), skeleton.body.len().min(3).to_string());
    same("layout", page.reading.layout.clone(), skeleton.reading.layout.clone());
    same("title", there(!page.title.is_empty()), there(!skeleton.title.is_empty()));
    same("author", page.authors.len().to_string(), skeleton.authors.len().to_string());
    same("published", time(&page.published), time(&skeleton.published));
    same("modified", time(&page.modified), time(&skeleton.modified));
    same("section", there(page.section.is_some()), there(skeleton.section.is_some()));
    same("dateline", there(page.dateline.is_some()), there(skeleton.dateline.is_some()));
    same("comment form", there(page.comment_form.is_some()), there(skeleton.comment_form.is_some()));
    out
}

/// What else reads differently: words from elsewhere, sources that changed.
pub(super) fn strange(page: &Article, skeleton: &Article, voice: &Voice<'_>) -> Vec<String> {
    let mut out = Vec::new();
    if key(&voice.line(&page.title)) != key(&skeleton.title) {
        out.push(format!("title: `{}`", skeleton.title));
    }
    // The generic reader may well find the same elsewhere.
    if page.reading.layout != "generic" && page.reading.fields != skeleton.reading.fields {
        let other =
            skeleton.reading.fields.iter().find(|(name, from)| page.reading.fields.get(name) != Some(from));
        out.extend(other.map(|(name, from)| format!("{name}: from {from}")));
    }
    let told: Vec<String> = page.body.iter().map(|block| key(&voice.line(&block.text))).collect();
    for block in &skeleton.body {
        // Shortened blocks still begin like their own.
        let start: String = key(&block.text).chars().take(20).collect();
        if !told.iter().any(|text| text.starts_with(&start)) {
            out.push(format!("body: `{}`", block.text.chars().take(60).collect::<String>()));
        }
    }
    out
}
