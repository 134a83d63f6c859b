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
    let mut faults = Faults(Vec::new());
    about(test, article, &mut faults);
    body(test, article, &mut faults);
    comment_form(site, test, article, &mut faults);
    faults.0
}

struct Faults(Vec<Fault>);

impl Faults {
    fn check(&mut self, key: &'static str, wanted: &str, found: &str, holds: bool) {
        if !holds {
            self.0.push(Fault { key, wanted: wanted.to_owned(), found: found.to_owned() });
        }
    }
}

/// Layout, title, section, dateline, authors and dates.
fn about(test: &SiteTest, article: &Article, faults: &mut Faults) {
    if let Some(wanted) = &test.layout {
        let found = &article.reading.layout;
        faults.check("layout", wanted, found, wanted == found);
    }
    for (key, wanted, found) in [
        ("title", &test.title, Some(article.title.as_str())),
        ("section", &test.section, article.section.as_deref()),
    ] {
        if let Some(wanted) = wanted {
            let found = found.unwrap_or_default();
            faults.check(key, wanted, found, same(wanted, found));
        }
    }
    if let Some(wanted) = &test.dateline {
        let raw = dateline(article);
        faults.check("dateline", wanted, raw, canonical_text(raw).starts_with(&canonical_text(wanted)));
    }
    if let Some(wanted) = &test.author {
        let (wanted, found) = (wanted.join("; "), article.authors.join("; "));
        faults.check("author", &wanted, &found, same(&wanted, &found));
    }
    for (key, wanted, found) in
        [("published", &test.published, &article.published), ("modified", &test.modified, &article.modified)]
    {
        if let Some(wanted) = wanted {
            let shown = found.as_ref().map(ToString::to_string).unwrap_or_default();
            faults.check(key, wanted, &shown, is_instant(wanted, found.as_ref()));
        }
    }
}

/// How the text begins and ends, what stands in it, and its paragraphs.
fn body(test: &SiteTest, article: &Article, faults: &mut Faults) {
    let paragraphs: Vec<String> = article.body.iter().map(|block| canonical_text(&block.text)).collect();
    let without_dateline = paragraphs.join(" ");
    let whole = canonical_text(&format!("{} {without_dateline}", dateline(article)));
    if let Some(wanted) = &test.body_starts {
        let text = canonical_text(wanted);
        let holds = whole.starts_with(&text) || without_dateline.starts_with(&text);
        faults.check("body_starts", wanted, &head(&whole, text.chars().count()), holds);
    }
    if let Some(wanted) = &test.body_ends {
        let text = canonical_text(wanted);
        faults.check("body_ends", wanted, &tail(&whole, text.chars().count()), whole.ends_with(&text));
    }
    for wanted in &test.contains {
        faults.check("contains", wanted, "not in the text", whole.contains(&canonical_text(wanted)));
    }
    for wanted in &test.absent {
        faults.check("absent", wanted, "in the text", !whole.contains(&canonical_text(wanted)));
    }
    if let Some(wanted) = test.paragraphs {
        let found = article.body.len();
        faults.check("paragraphs", &wanted.to_string(), &found.to_string(), wanted == found);
    }
}

/// Whether there is a form, and the words that the site file knows it by.
fn comment_form(site: &Site, test: &SiteTest, article: &Article, faults: &mut Faults) {
    if let Some(wanted) = test.comment_form {
        let found = article.comment_form.is_some();
        faults.check("comment_form", &wanted.to_string(), &found.to_string(), wanted == found);
    }
    let Some(form) = &article.comment_form else { return };
    let layout = site.layouts.iter().find(|layout| layout.id == article.reading.layout);
    let words = layout.and_then(|layout| layout.comment_form.as_ref()).map_or(&[][..], |rule| &rule.text);
    let text = canonical_text(&form.text);
    for wanted in words {
        faults.check("comment_form.text", wanted, &head(&text, 80), text.contains(&canonical_text(wanted)));
    }
}

fn dateline(article: &Article) -> &str {
    article.dateline.as_ref().map(|dateline| dateline.raw.as_str()).unwrap_or_default()
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
