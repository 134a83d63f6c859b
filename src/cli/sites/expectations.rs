//! What a `[[test]]` block expects, compared with what was read.

use kliping::model::{Article, When, canonical_text};
use kliping::site::{Site, SiteTest};

/// One expectation that does not hold.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key of the `[[test]]` block.
    pub key: &'static str,
    /// What it wants.
    pub wanted: String,
    /// What was read.
    pub found: String,
}

/// The expectations that do not hold. Texts are compared in canonical form: kinds of quotation
/// marks, dashes and white space do not count.
pub fn faults(site: &Site, test: &SiteTest, article: &Article) -> Vec<Fault> {
    let mut faults = Vec::new();
    let raw = article.dateline.as_ref().map(|dateline| dateline.raw.as_str()).unwrap_or_default();
    let body: Vec<String> = article.body.iter().map(|block| canonical_text(&block.text)).collect();
    let whole = canonical_text(&format!("{raw} {}", body.join(" ")));
    let without_dateline = body.join(" ");
    let mut check = |key, wanted: &str, found: &str, holds: bool| {
        if !holds {
            faults.push(Fault { key, wanted: wanted.to_owned(), found: found.to_owned() });
        }
    };
    if let Some(wanted) = &test.layout {
        let found = &article.reading.layout;
        check("layout", wanted, found, wanted == found);
    }
    for (key, wanted, found) in [
        ("title", &test.title, Some(article.title.as_str())),
        ("section", &test.section, article.section.as_deref()),
    ] {
        if let Some(wanted) = wanted {
            let found = found.unwrap_or_default();
            check(key, wanted, found, same(wanted, found));
        }
    }
    if let Some(wanted) = &test.dateline {
        check("dateline", wanted, raw, canonical_text(raw).starts_with(&canonical_text(wanted)));
    }
    if let Some(wanted) = &test.author {
        let (wanted, found) = (wanted.join("; "), article.authors.join("; "));
        check("author", &wanted, &found, same(&wanted, &found));
    }
    for (key, wanted, found) in
        [("published", &test.published, &article.published), ("modified", &test.modified, &article.modified)]
    {
        if let Some(wanted) = wanted {
            let shown = found.as_ref().map(ToString::to_string).unwrap_or_default();
            check(key, wanted, &shown, is_instant(wanted, found.as_ref()));
        }
    }
    if let Some(wanted) = &test.body_starts {
        let text = canonical_text(wanted);
        let holds = whole.starts_with(&text) || without_dateline.starts_with(&text);
        check("body_starts", wanted, &head(&whole, text.chars().count()), holds);
    }
    if let Some(wanted) = &test.body_ends {
        let text = canonical_text(wanted);
        check("body_ends", wanted, &tail(&whole, text.chars().count()), whole.ends_with(&text));
    }
    for wanted in &test.contains {
        check("contains", wanted, "not in the text", whole.contains(&canonical_text(wanted)));
    }
    for wanted in &test.absent {
        check("absent", wanted, "in the text", !whole.contains(&canonical_text(wanted)));
    }
    if let Some(wanted) = test.paragraphs {
        check(
            "paragraphs",
            &wanted.to_string(),
            &article.body.len().to_string(),
            wanted == article.body.len(),
        );
    }
    if let Some(wanted) = test.comment_form {
        let found = article.comment_form.is_some();
        check("comment_form", &wanted.to_string(), &found.to_string(), wanted == found);
    }
    if let Some(form) = &article.comment_form {
        let layout = site.layouts.iter().find(|layout| layout.id == article.reading.layout);
        let words = layout.and_then(|layout| layout.comment_form.as_ref()).map_or(&[][..], |rule| &rule.text);
        let text = canonical_text(&form.text);
        for wanted in words {
            check("comment_form.text", wanted, &head(&text, 80), text.contains(&canonical_text(wanted)));
        }
    }
    faults
}

fn same(wanted: &str, found: &str) -> bool {
    canonical_text(wanted) == canonical_text(found)
}

fn is_instant(wanted: &str, found: Option<&When>) -> bool {
    let wanted = wanted.parse::<jiff::Timestamp>().ok();
    wanted.is_some() && wanted == found.map(|when| when.at)
}

fn head(text: &str, chars: usize) -> String {
    text.chars().take(chars.max(20)).collect()
}

fn tail(text: &str, chars: usize) -> String {
    let skip = text.chars().count().saturating_sub(chars.max(20));
    text.chars().skip(skip).collect()
}
