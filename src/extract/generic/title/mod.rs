//! The headline of a page: visible headings are candidates; `<title>`, og:title, JSON-LD, their names
//! and their place before the text vote for them; what the head says decides about kickers and tails.

mod heading;
mod parts;
mod said;
mod settle;
mod tag;
mod trail;

use self::heading::Heading;
use self::said::Said;
use super::page::Page;
use super::story::Story;

use crate::dom::Document;
use crate::model::Found;

/// The headline, and which element shows it.
pub(super) fn read(
    doc: &Document,
    page: &Page<'_>,
    story: Option<&Story<'_>>,
    site_names: &[String],
) -> (Option<Found<String>>, Option<usize>) {
    let said = Said::read(doc, site_names);
    let start = story.map_or(usize::MAX, Story::start);
    let best = heading::best(page, start, &said, site_names);
    tracing::trace!(?best, "title");
    if let Some(Heading { at, text, bare, .. }) = best {
        return (Some(settle::settle(text, bare, &said)), Some(at));
    }
    if let Some((at, value)) = tag::shown(page, start, &said, site_names) {
        return (Some(Found { value, source: "title, shown".to_owned() }), Some(at));
    }
    (said.alone(), None)
}

#[cfg(test)]
mod tests;
