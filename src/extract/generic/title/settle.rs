//! How much of the chosen heading is the headline, by what the head of the page says.

use super::parts;
use super::said::{Said, Text};
use crate::extract::generic::lead::key;
use crate::model::Found;

/// The headline, of a heading (whole, and without what is set apart in it) and the head.
pub(super) fn settle(whole: String, bare: Option<String>, said: &Said) -> Found<String> {
    let shown = shown(whole, bare, said);
    let folded = key(&shown);
    let of = |text: &Text, source: &str| Found { value: text.text.clone(), source: source.to_owned() };
    let Said { og, twitter, headline, alternatives, .. } = said;
    // A page that keeps two headlines in its data, and shows a third one to search engines.
    if !headline.is_empty() && headline.key != folded && is_other(alternatives, &folded) {
        return of(headline, "jsonld headline");
    }
    // A heading may open with a kicker that og:title leaves out ("Opinion: …").
    let opened = |text: &Text| {
        folded.len() > text.key.len()
            && folded.ends_with(&text.key)
            && text.text.split_whitespace().count() > 2
    };
    let social = said.social();
    if opened(social) {
        return of(social, "meta og:title");
    }
    if opened(headline) && social.key != folded {
        return of(headline, "jsonld headline");
    }
    // A tail that both social titles leave out.
    if og.key == twitter.key && is_head(og, &shown, &folded) {
        return of(og, "meta og:title");
    }
    // Some print the paper's name behind it, for paper only, and without a blank.
    let named = |text: &&Text| folded.strip_prefix(&text.key).is_some_and(|tail| said.is_name(tail));
    if let Some(text) = [social, headline].into_iter().filter(|text| !text.is_empty()).find(named) {
        return of(text, "heading");
    }
    Found { value: shown, source: "heading".to_owned() }
}

/// The heading as it is to be read: whole where its parts are joined by a mark and the head says all
/// of it, too.
fn shown(whole: String, bare: Option<String>, said: &Said) -> String {
    let Some(bare) = bare else { return whole };
    let folded = key(&whole);
    let all = [&said.headline, &said.og].iter().any(|text| text.key == folded);
    if all && parts::joined(&whole, &bare) { whole } else { bare }
}

/// Whether there are second headlines, and none of them is the one shown, be it behind a kicker.
fn is_other(alternatives: &[String], folded: &str) -> bool {
    !alternatives.is_empty() && alternatives.iter().all(|other| !other.ends_with(folded))
}

/// Whether a title is the first words of the heading, and not one that was cut off.
fn is_head(text: &Text, shown: &str, folded: &str) -> bool {
    let words = text.text.split_whitespace().count();
    let whole_words = shown
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .any(|(at, _)| key(&shown[..at]) == text.key && !shown[at..].trim_start().starts_with(['"', '\'']));
    words > 3
        && folded.len() > text.key.len()
        && folded.starts_with(&text.key)
        && whole_words
        && !text.text.ends_with(['…', '.', ','])
}
