//! A headline that is no heading: some element that shows what `<title>` says.

use super::heading::leads_home;
use super::said::Said;
use crate::extract::generic::lead::key;
use crate::extract::generic::page::Page;

/// Letters that a headline has at least.
const SHORTEST: usize = 8;
/// How many elements behind the start of the text still count.
const BEHIND: usize = 12;

/// Elements that a headline may be.
const SHOWING: [&str; 15] =
    ["h1", "h2", "h3", "h4", "h5", "h6", "div", "p", "span", "td", "th", "b", "strong", "font", "a"];

/// The element before the text that shows most of `<title>`.
pub(super) fn shown(
    page: &Page<'_>,
    start: usize,
    said: &Said,
    site_names: &[String],
) -> Option<(usize, String)> {
    let most = said.whole_tag.chars().count() * 2;
    let mut best: Option<(usize, usize, String)> = None;
    for (at, elem) in page.elems.iter().enumerate().take(start.saturating_add(BEHIND)) {
        if !(SHORTEST..=most).contains(&elem.text) || !SHOWING.contains(&elem.node.name()) {
            continue;
        }
        let text = page.line(at);
        let folded = key(&text);
        let length = folded.chars().count();
        let is_part = length >= SHORTEST
            && (said.segments.contains(&folded)
                || folded == said.tag.key
                || starts_or_ends(&said.whole_tag, &folded));
        if is_part
            && best.as_ref().is_none_or(|(_, longest, _)| length > *longest)
            && !site_names.iter().any(|name| key(name) == folded)
            && !leads_home(elem.node)
        {
            best = Some((at, length, text.into_owned()));
        }
    }
    best.map(|(at, _, text)| (at, text))
}

/// Whether a text is most of one end of a longer one.
fn starts_or_ends(whole: &str, part: &str) -> bool {
    part.len() * 2 > whole.len() && (whole.starts_with(part) || whole.ends_with(part))
}
