//! The two readings of a page against each other: by the site's file, and by the generic reader.

use std::collections::HashMap;
use std::io;

use kliping::model::{Article, words};

use super::{Explained, Page};
use crate::cli::style;

pub fn write(what: &Explained<'_>, page: &mut Page<'_, '_>) -> io::Result<()> {
    let Some(other) = what.other else {
        return page.line(2, "", "body: the generic reader finds no article on this page", style::QUIET);
    };
    let stepped_over = what.findings.iter().any(|finding| finding.code == "body_rotten");
    let is_own = what.article.reading.layout != kliping::extract::GENERIC;
    let (text, style) = if stepped_over {
        ("body: the site's file was stepped over, see body_rotten below".to_owned(), style::BAD)
    } else if !is_own {
        ("body: by the generic reader".to_owned(), style::WARN)
    } else {
        let shared = format!("{:.0} % of the words are shared", 100.0 * overlap(what.article, other));
        (format!("body: by the site's file; {shared}"), style::GOOD)
    };
    page.line(2, "", &text, style)?;
    if is_own {
        page.line(4, "site's file     ", &figures(what.article), style::QUIET)?;
    }
    page.line(4, "generic reader  ", &figures(other), style::QUIET)
}

fn figures(article: &Article) -> String {
    let chars: usize = article.body.iter().map(|block| block.text.chars().count()).sum();
    format!("{} paragraphs, {} words, {chars} characters", article.body.len(), article.words())
}

/// The share of the words of both that both have.
#[expect(clippy::cast_precision_loss, reason = "words are countable")]
fn overlap(one: &Article, other: &Article) -> f64 {
    let mut count: HashMap<String, (usize, usize)> = HashMap::new();
    for block in &one.body {
        words(&block.text).into_iter().for_each(|word| count.entry(word).or_default().0 += 1);
    }
    for block in &other.body {
        words(&block.text).into_iter().for_each(|word| count.entry(word).or_default().1 += 1);
    }
    let both: usize = count.values().map(|(a, b)| a.min(b)).sum();
    let all: usize = count.values().map(|(a, b)| a.max(b)).sum();
    both as f64 / all.max(1) as f64
}
