//! A change as people read it: words with marks, unified, side by side, HTML, in figures. (For JSON see
//! [`crate::export::json::change`].) Texts from pages are printed without control characters.

mod html;
mod paint;
mod rows;
mod side_by_side;
mod stat;
mod unified;
mod width;
mod words;

use super::{Change, Op, Token};
use crate::model::{ArticleId, Cause, Version, readable_text};

pub use html::{html, runs as html_runs};
pub use rows::{Row, all as rows, anchor, number, told};
pub use side_by_side::side_by_side;
pub use stat::stat;
pub use unified::unified;
pub use words::words;

/// Two versions of one article (or of two), and what lies between them.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The older version.
    pub from: &'a Version,
    /// The newer version.
    pub to: &'a Version,
    /// What [`super::compare`] or [`super::between`] found.
    pub change: &'a Change,
}

impl View<'_> {
    /// `12@1..3`, or `12@1..15@2`.
    fn range(&self) -> String {
        if self.from.article_id == self.to.article_id {
            format!("{}..{}", name(self.from), self.to.seq)
        } else {
            format!("{}..{}", name(self.from), name(self.to))
        }
    }

    /// The kinds, figures and score in one line.
    fn summary(&self) -> String {
        if self.change.is_empty() {
            return "no difference".to_owned();
        }
        let kinds: Vec<&str> = self.change.kinds.iter().map(|kind| kind.as_str()).collect();
        format!("{}; {}", kinds.join(", "), self.figures())
    }

    /// The words that came and went, whose change it is, and the score.
    fn figures(&self) -> String {
        let change = self.change;
        let whose = match (self.to.cause, change.stealth) {
            (Cause::Reextract, _) => "our reading changed, not the page; ",
            (_, true) => "not announced by the page; ",
            (_, false) => "",
        };
        let (added, removed) = (words_of(change.words_added), change.words_removed);
        format!("{added} added, {removed} removed; {whose}score {:.2}", change.score)
    }
}

fn words_of(n: usize) -> String {
    format!("{n} word{}", if n == 1 { "" } else { "s" })
}

/// `12@2`.
fn name(version: &Version) -> String {
    let ArticleId(id) = version.article_id;
    format!("{id}@{}", version.seq)
}

/// When the version was observed.
fn time(version: &Version) -> String {
    format!("{:.0}", version.observed)
}

/// The paragraphs of one side of an edit: all runs but those of fate `gone`.
fn side(tokens: &[Token], gone: Op) -> Vec<String> {
    let text: String = tokens.iter().filter(|t| t.op != gone).map(|t| t.text.as_str()).collect();
    text.split("\n\n").map(readable_text).collect()
}

#[cfg(test)]
mod tests;
