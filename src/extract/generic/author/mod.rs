//! Who wrote it: what the head of the page says, where that is a person; else the byline near the
//! headline or at the end of the text.

mod byline;
mod house;
mod line;
mod stated;

use super::near::Near;
use super::page::Page;
use crate::extract::Asked;
use crate::model::Found;

/// A longer line is no byline.
const LONGEST: usize = 120;

/// Byline texts; cleaning takes the names out of them. `edges` are the first and the last lines of the
/// story.
pub(super) fn read(
    asked: &Asked<'_>,
    page: &Page<'_>,
    near: &Near,
    edges: &[&str],
    site_names: &[String],
) -> Option<Found<Vec<String>>> {
    let stated = stated::read(asked, site_names);
    let is_house =
        |found: &Found<Vec<String>>| found.value.iter().all(|name| house::is_house(name, site_names));
    if stated.as_ref().is_some_and(|found| !is_house(found)) {
        return stated;
    }
    // A person printed on the page is better than the paper's own name.
    let byline = byline::near(page, near).or_else(|| byline::at_edge(edges));
    let person = byline.clone().filter(|found| !is_house(found));
    person.or(stated).or(byline)
}

#[cfg(test)]
mod tests;
