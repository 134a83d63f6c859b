//! Phrases of pages that kliping's own tables know: those stay, since reading goes by them.

use std::collections::HashSet;

use regex::Regex;

use super::address::Place;
use super::marks::key;
use super::words::{Words, folded, tokens};
use crate::model::Article;
use crate::site::Site;
use crate::{clean, extract};

/// Longer texts are no date lines.
const DATE_LINE: usize = 160;
/// A known phrase has at most so many words.
const PHRASE: usize = 9;

/// Whether a text is nothing but a time.
pub(super) fn is_date(text: &str) -> bool {
    let text = text.trim();
    // A sentence may name a day, too: a time has more digits and signs than words.
    let words = tokens(text).into_iter().filter(|token| token.is_word);
    let others =
        words.filter(|token| token.text.chars().count() > 2 && !extract::date::is_word(token.text)).count();
    text.chars().count() <= 60
        && text.bytes().any(|b| b.is_ascii_digit())
        && others <= 1
        && extract::date::parse(text, &[], None, None, jiff::Timestamp::MAX).is_some()
}

/// How the texts of one page are put into words of our own.
#[derive(Debug)]
pub(super) struct Voice<'a> {
    pub(super) words: Words,
    pub(super) place: Place,
    site: &'a Site,
    article: &'a Article,
}

impl<'a> Voice<'a> {
    /// For a page that was read so.
    pub(super) fn new(words: Words, place: Place, site: &'a Site, article: &'a Article) -> Self {
        Self { words, place, site, article }
    }

    /// A line in words of our own.
    pub(super) fn line(&self, text: &str) -> String {
        self.words.replace(text, &self.kept(text))
    }

    /// The words of a line that stay in it.
    pub(super) fn kept(&self, line: &str) -> HashSet<String> {
        let mut kept = kept(line, self.site, &self.article.authors);
        kept.extend(self.dated(line));
        let dateline = self.article.dateline.as_ref().map(|dateline| dateline.raw.as_str());
        if let Some(raw) = dateline.filter(|raw| key(line).starts_with(&key(raw))) {
            kept.extend(folded(raw));
        }
        kept
    }
}

impl Voice<'_> {
    /// What stands around a time in a line of its own: "published", "updated", never a name.
    fn dated(&self, line: &str) -> Vec<String> {
        let words = folded(line);
        let short = words.len() <= 6 && line.bytes().any(|b| b.is_ascii_digit()) && line.len() <= 120;
        let is_time = || extract::date::parse(line, &[], None, None, jiff::Timestamp::MAX).is_some();
        if !short || key(&self.article.title).contains(&key(line)) || !is_time() {
            return Vec::new();
        }
        // A headline with the site's name and the day behind it is a headline.
        let own = self.article.authors.iter().chain([&self.article.title]);
        let names: HashSet<String> = own.flat_map(|text| folded(text)).collect();
        words.into_iter().filter(|word| !names.contains(word)).collect()
    }
}

fn kept(line: &str, site: &Site, names: &[String]) -> HashSet<String> {
    let mut kept = HashSet::new();
    let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars = text.chars().count();
    if clean::is_form_line(&text) {
        kept.extend(folded(&text));
        return kept;
    }
    if chars <= DATE_LINE {
        let dates = folded(&text).into_iter().filter(|word| extract::date::is_word(word));
        kept.extend(dates);
        kept.extend(folded(&text).into_iter().filter(|word| clean::is_byline_word(word)));
    }
    kept.extend(byline(&text, names));
    kept.extend(head(&text));
    for pattern in site.clean.drop_paragraph.iter().chain(&site.clean.strip_tail) {
        kept.extend(matched(pattern, &text));
    }
    kept
}

/// The words by which a pattern finds a line: those it spells out, else the first that it takes.
fn matched(pattern: &Regex, text: &str) -> Vec<String> {
    let Some(found) = pattern.find(text) else { return Vec::new() };
    // `[Jj]uga` spells `juga`.
    let mut spelt = String::new();
    let mut in_class = 0;
    for c in pattern.as_str().chars() {
        in_class = match c {
            '[' => 1,
            ']' => 0,
            _ if in_class > 0 => in_class + 1,
            _ => 0,
        };
        if !matches!(c, '[' | ']') && in_class <= 2 {
            spelt.push(c);
        }
    }
    let spelt = folded(&spelt);
    let words = folded(found.as_str());
    let literal: Vec<String> = words.iter().filter(|word| spelt.contains(word)).cloned().collect();
    let kept: HashSet<String> = literal.iter().cloned().collect();
    let again = Words::default().replace(text, &kept);
    if pattern.is_match(&again) { literal } else { words.into_iter().take(PHRASE).collect() }
}

/// In a byline everything but the names: roles, "by", "and".
fn byline(text: &str, names: &[String]) -> Vec<String> {
    let named: Vec<&String> = names.iter().filter(|name| text.contains(name.as_str())).collect();
    if named.is_empty() || text.chars().count() > 90 {
        return Vec::new();
    }
    let persons: HashSet<String> = named.iter().flat_map(|name| folded(name)).collect();
    let rest: Vec<String> = folded(text).into_iter().filter(|word| !persons.contains(word)).collect();
    if rest.len() <= 6 { rest } else { Vec::new() }
}

/// The words at the head of a line by which it is boilerplate or the end of a story.
fn head(text: &str) -> Vec<String> {
    let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]).collect();
    for end in ends.into_iter().take(PHRASE) {
        let head = &text[..end];
        if clean::is_boilerplate(head) || extract::is_ending(head) {
            return folded(head);
        }
    }
    Vec::new()
}
