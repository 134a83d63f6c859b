//! How near a reading comes to the right one. The measures are those of the public evaluators: runs of
//! four words as in scrapinghub's article-extraction-benchmark, whole paragraphs as in Fundus' evaluation.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use kliping::model::{Article, canonical_text};

/// A page's score; of each part more is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// F1 over runs of four words.
    pub words: f64,
    /// F1 over whole paragraphs.
    pub paragraphs: f64,
    /// Whether the headline is the same, in letters and digits.
    pub title: f64,
    /// Whether the time of publication is the same instant.
    pub date: f64,
    /// Whether an author is the same.
    pub author: f64,
    /// 1 when no paragraph is there that the right reading lacks, less with each such paragraph.
    pub clean: f64,
    /// Whether no line of the comment form stands in the text.
    pub formless: f64,
}

/// One part of a score.
pub type Part = fn(&Score) -> f64;

impl Score {
    /// The parts by name, in the order of the table.
    pub const PARTS: [(&str, Part); 7] = [
        ("words", |score| score.words),
        ("paragraphs", |score| score.paragraphs),
        ("title", |score| score.title),
        ("date", |score| score.date),
        ("author", |score| score.author),
        ("clean", |score| score.clean),
        ("formless", |score| score.formless),
    ];

    /// The score of a reading; none is as bad as an empty one.
    pub fn of(right: &Article, ours: Option<&Article>) -> Self {
        let truth = |yes: bool| f64::from(u8::from(yes));
        let Some(ours) = ours else {
            return Self {
                words: 0.0,
                paragraphs: 0.0,
                title: 0.0,
                date: 0.0,
                author: 0.0,
                clean: 0.0,
                formless: 1.0,
            };
        };
        let (wanted, found) = (paragraphs(right), paragraphs(ours));
        let runs = |texts: &[String]| {
            let words: Vec<String> = texts.iter().flat_map(|text| words(text)).collect();
            let size = words.len().clamp(1, 4);
            words.windows(size).map(<[String]>::to_vec).collect::<Vec<_>>()
        };
        let known: HashSet<Vec<String>> = runs(&wanted).into_iter().collect();
        let extra = found.iter().filter(|text| {
            let runs = runs(std::slice::from_ref(text));
            runs.iter().filter(|run| known.contains(*run)).count() * 2 < runs.len()
        });
        let form = right.comment_form.iter().chain(&ours.comment_form).flat_map(|form| form.text.lines());
        let form: HashSet<String> = form.map(key).filter(|line| line.len() > 3).collect();
        let (lower, other) = (names(right), names(ours));
        Self {
            words: f1(runs(&wanted), runs(&found)),
            paragraphs: f1(wanted, found.clone()),
            title: truth(key(&right.title) == key(&ours.title)),
            date: truth(
                right.published.as_ref().map(|when| when.at) == ours.published.as_ref().map(|when| when.at),
            ),
            author: truth(lower.is_empty() && other.is_empty() || !lower.is_disjoint(&other)),
            clean: 1.0 / (1 + extra.count()) as f64,
            formless: truth(!found.iter().any(|text| form.contains(&key(text)))),
        }
    }
}

/// The paragraphs, the dateline back in its place.
fn paragraphs(article: &Article) -> Vec<String> {
    let mut texts: Vec<String> = article.body.iter().map(|block| canonical_text(&block.text)).collect();
    if let Some(line) = article.dateline.as_ref().filter(|line| line.raw.ends_with('\n')) {
        texts.insert(0, canonical_text(&line.raw));
    } else if let (Some(line), Some(first)) = (&article.dateline, texts.first_mut()) {
        *first = canonical_text(&format!("{}{first}", line.raw));
    }
    texts
}

/// Runs of letters, digits and underscores.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters and digits in lower case.
fn key(text: &str) -> String {
    words(&text.to_lowercase()).join(" ")
}

fn names(article: &Article) -> HashSet<String> {
    article.authors.iter().map(|name| key(name)).collect()
}

/// F1 of two bags.
fn f1<T: Eq + Hash>(wanted: Vec<T>, found: Vec<T>) -> f64 {
    let (wants, finds) = (wanted.len() as f64, found.len() as f64);
    let mut left: HashMap<T, usize> = HashMap::new();
    wanted.into_iter().for_each(|item| *left.entry(item).or_default() += 1);
    let mut both = 0.0;
    for item in found {
        if let Some(count) = left.get_mut(&item).filter(|count| **count > 0) {
            *count -= 1;
            both += 1.0;
        }
    }
    if both == 0.0 { 0.0 } else { 2.0 * both / (wants + finds) }
}
