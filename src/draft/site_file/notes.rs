//! What the user should look at in a draft.

use super::groups::Group;
use super::trial::Trial;
use super::write::Parts;

/// A draft that agrees less with the generic reader on a page needs a look.
const AGREES: f64 = 0.9;

/// The notes, most important first.
pub(super) fn of(groups: &[Group], trial: &Trial, parts: &Parts) -> Vec<String> {
    let mut notes = Vec::new();
    let unread = trial.agreements.iter().filter(|agreement| **agreement == 0.0).count();
    if unread > 0 {
        notes.push(format!(
            "{unread} of {} pages have no layout in the draft; the generic reader reads them",
            trial.agreements.len()
        ));
    }
    for group in groups {
        let agreements = group.pages.iter().map(|page| trial.agreements[*page]);
        let least = agreements.filter(|agreement| *agreement > 0.0).fold(1.0, f64::min);
        if least < AGREES {
            notes.push(format!(
                "the text by `{}` and what the generic reader finds are {:.0} % alike: look at it with `kliping extract --explain`",
                group.css,
                least * 100.0
            ));
        }
    }
    for layout in &parts.layouts {
        let of = if parts.layouts.len() > 1 { format!("layout \"{}\": ", layout.id) } else { String::new() };
        for (what, sources) in
            [("title", &layout.title), ("author", &layout.author), ("published", &layout.published)]
        {
            if sources.is_empty() {
                notes.push(format!(
                    "{of}no source of the {what} says the same on all pages; the generic reader reads it"
                ));
            }
        }
    }
    if parts.articles.is_empty() {
        notes.push("the addresses show no pattern of articles: write `articles` by hand".to_owned());
    }
    if parts.feeds.is_empty() {
        notes.push(
            "the pages link to no feed: `kliping sites add URL` looks for feeds and sitemaps".to_owned(),
        );
    }
    notes
}
