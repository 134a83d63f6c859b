//! The `[[test]]` block of a skeleton.

use std::fmt::Write as _;

use super::Skeleton;
use crate::site::toml_text;

/// Words by which the text's beginning and end are known.
const WORDS: usize = 6;

/// A `[[test]]` with what is read off a skeleton; `fixture` is its file's name. `steady` says that its
/// times do not count from today.
#[must_use]
pub fn test_block(skeleton: &Skeleton, fixture: &str, steady: bool) -> String {
    let article = &skeleton.article;
    let mut out = String::from("[[test]]\n");
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key:<11} = {value}");
        }
    };
    line("fixture", Some(toml_text(fixture)));
    line("url", skeleton.url.as_ref().map(|url| toml_text(url.as_str())));
    line("layout", Some(toml_text(&article.reading.layout)));
    line("title", Some(toml_text(&article.title)));
    let names: Vec<String> = article.authors.iter().map(|name| toml_text(name)).collect();
    line("author", (!names.is_empty()).then(|| format!("[{}]", names.join(", "))));
    let times = [("published", &article.published), ("modified", &article.modified)];
    for (key, when) in times.into_iter().filter(|_| steady) {
        line(key, when.as_ref().map(ToString::to_string));
    }
    line("section", article.section.as_deref().map(toml_text));
    line("dateline", article.dateline.as_ref().map(|dateline| toml_text(dateline.raw.trim())));
    let first = article.body.first().map(|block| head(&block.text));
    line("body_starts", first.map(|words| toml_text(&words)));
    line("body_ends", article.body.last().map(|block| toml_text(&tail(&block.text))));
    line("paragraphs", Some(article.body.len().to_string()));
    line("comment_form", article.comment_form.as_ref().map(|_| "true".to_owned()));
    out
}

fn head(text: &str) -> String {
    let end = text.match_indices(' ').nth(WORDS - 1).map_or(text.len(), |(at, _)| at);
    text[..end].chars().take(60).collect()
}

fn tail(text: &str) -> String {
    let start = text.rmatch_indices(' ').nth(WORDS - 1).map_or(0, |(at, _)| at + 1);
    let skip = text[start..].chars().count().saturating_sub(60);
    text[start..].chars().skip(skip).collect()
}
