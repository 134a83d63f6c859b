//! What reading again changes, by site and field.

use std::collections::BTreeMap;
use std::io::Write;

use kliping::diff;
use kliping::model::{Article, FieldName, Version};
use kliping::store::Rereadable;

use super::super::app::App;
use super::super::exit::CliError;
use super::super::style;
use super::super::text::{count, left, plain};
use super::Written;

/// Examples of a field, at most.
const EXAMPLES: usize = 3;

/// Figures of a site.
#[derive(Default)]
struct Site {
    current: i64,
    no_page: i64,
    same: i64,
    changed: i64,
    overtaken: i64,
    fields: BTreeMap<FieldName, (i64, Vec<String>)>,
}

#[derive(Default)]
pub struct Report {
    sites: BTreeMap<String, Site>,
    lost: Vec<(i64, String, String)>,
}

impl Report {
    pub fn add(&mut self, (page, written): (&Rereadable, Written)) {
        let site = self.sites.entry(page.site.clone()).or_default();
        match written {
            Written::Current => site.current += 1,
            Written::NoPage => site.no_page += 1,
            Written::Same => site.same += 1,
            Written::Overtaken => site.overtaken += 1,
            Written::Lost(why) => self.lost.push((page.article.0, page.url.to_string(), why)),
            Written::Changed(pair) => {
                site.changed += 1;
                let (before, now) = *pair;
                for (field, example) in differing(&before, &now) {
                    let (n, examples) = site.fields.entry(field).or_default();
                    *n += 1;
                    examples.push(format!("{}  {example}", page.article));
                    // Pages come in any order: the smallest are kept, so that two runs say the same.
                    examples.sort_by_key(|e| e.split(' ').next().and_then(|id| id.parse::<i64>().ok()));
                    examples.truncate(EXAMPLES);
                }
            }
        }
    }

    pub fn failed(&self) -> bool {
        !self.lost.is_empty()
    }

    pub fn print(&mut self, dry_run: bool, app: &mut App) -> Result<(), CliError> {
        for (name, site) in &self.sites {
            let mut told =
                vec![format!("{} {}", site.changed, if dry_run { "would change" } else { "changed" })];
            told.push(format!("{} the same", site.same));
            for (n, what) in [
                (site.current, "read by today's extractor already"),
                (site.no_page, "without a stored page"),
                (site.overtaken, "overtaken by a crawl"),
            ] {
                if n > 0 {
                    told.push(format!("{n} {what}"));
                }
            }
            let name = app.paint(style::NAME, &plain(name));
            writeln!(app.out, "{name}  {}", told.join(", "))?;
            for (field, (n, examples)) in &site.fields {
                writeln!(app.out, "  {}  {}", left(field.as_str(), 9), count(*n, "article", "articles"))?;
                for example in examples {
                    writeln!(app.out, "    {example}")?;
                }
            }
        }
        self.lost.sort();
        for (article, url, why) in &self.lost {
            let word = app.paint(style::BAD, "kept");
            writeln!(app.out, "{word}  {article}  {}  {}", plain(url), plain(why))?;
        }
        Ok(())
    }
}

/// The fields that read otherwise, each with what it was and is.
fn differing(before: &Version, now: &Article) -> Vec<(FieldName, String)> {
    let (x, y) = (&before.fingerprint, now.fingerprint());
    let differs = [
        (FieldName::Title, x.title != y.title),
        (FieldName::Dateline, x.dateline != y.dateline),
        (FieldName::Author, x.authors != y.authors),
        (FieldName::Published, x.published != y.published),
        (FieldName::Section, x.section != y.section),
        (FieldName::Body, x.body != y.body),
    ];
    let example = |field| match field {
        FieldName::Body => words(&before.article, now),
        _ => format!("{} → {}", value(&before.article, field), value(now, field)),
    };
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| (field, example(field))).collect()
}

/// What a field holds, as it is printed.
fn value(article: &Article, field: FieldName) -> String {
    let text = match field {
        FieldName::Title => article.title.clone(),
        FieldName::Dateline => article.dateline.as_ref().map(|d| d.raw.clone()).unwrap_or_default(),
        FieldName::Author => article.authors.join(", "),
        FieldName::Section => article.section.clone().unwrap_or_default(),
        _ => article.published.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    if text.is_empty() { "–".to_owned() } else { format!("“{}”", plain(&text)) }
}

/// By how many words two texts differ, whatever their headlines.
fn words(before: &Article, now: &Article) -> String {
    let headed = Article { title: now.title.clone(), ..before.clone() };
    let change = diff::compare(&headed, now);
    format!("+{} −{} words, {} → {}", change.words_added, change.words_removed, before.words(), now.words())
}
