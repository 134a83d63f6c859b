//! The generic reader: a page of a site that nobody wrote rules for.

mod author;
mod boxes;
mod caption;
mod container;
mod ending;
mod evidence;
mod hints;
mod keep;
mod lead;
mod listing;
mod near;
mod page;
mod site_names;
mod story;
mod time;
mod title;
mod weight;

use self::page::Page;
use self::story::Story;
use super::Asked;
use crate::model::{DraftBlock, Found, Removal, When};

/// What the generic reader finds.
pub(super) struct Reading {
    pub(super) title: Option<Found<String>>,
    pub(super) authors: Option<Found<Vec<String>>>,
    pub(super) published: Option<Found<When>>,
    pub(super) modified: Option<Found<When>>,
    pub(super) body: Option<Found<Vec<DraftBlock>>>,
    pub(super) site_names: Vec<String>,
    /// A comment form that no rule found.
    pub(super) comment_form: Option<Found<String>>,
    /// What was left out inside the story.
    pub(super) removals: Vec<Removal>,
}

/// Reads a page.
pub(super) fn read(asked: &Asked<'_>) -> Reading {
    let doc = asked.doc;
    let mut page = Page::read(doc.root(), asked.removed, false);
    let mut story = Story::find(&page);
    if story.is_none() {
        // Better a story with some furniture than none.
        page = Page::read(doc.root(), asked.removed, true);
        story = Story::find(&page);
    }
    let site_names = site_names::read(doc, asked.url);
    let (title, title_at) = title::read(doc, &page, story.as_ref(), &site_names);
    let told = lead::Told::read(doc, title.as_ref().map(|found| found.value.as_str()));
    let near = near::Near::new(title_at, story.as_ref(), &page);
    let authors = author::read(asked, &page, &near, &site_names);
    let published = time::published(asked, &page, &near);
    let modified = time::modified(asked);
    let comment_form = evidence::comment_form(&page);
    let (mut body, mut removals) = (None, Vec::new());
    if let Some(mut story) = story {
        let (value, source) = story.read(asked, &page, &told);
        removals = evidence::removals(&page, &story);
        body = Some(Found { value, source });
    }
    Reading { title, authors, published, modified, body, site_names, comment_form, removals }
}

#[cfg(test)]
mod tests;
