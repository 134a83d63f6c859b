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
use super::verdict::Ground;
use crate::dom::{Node, NodeSet};
use crate::model::{DraftBlock, Found, Removal, When};

/// What the generic reader finds.
pub(super) struct Reading<'d> {
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
    /// Where the story stands, and what furniture.
    pub(super) ground: Ground<'d>,
}

/// Reads a page.
pub(super) fn read<'d>(asked: &Asked<'d>) -> Reading<'d> {
    let doc = asked.doc;
    let (page, story) = find(doc.root(), asked.removed);
    let site_names = site_names::read(doc, asked.url);
    let (title, title_at) = title::read(doc, &page, story.as_ref(), &site_names);
    let told = lead::Told::read(doc, title.as_ref().map(|found| found.value.as_str()));
    let near = near::Near::new(title_at, story.as_ref(), &page);
    let authors = author::read(asked, &page, &near, &site_names);
    let published = time::published(asked, &page, &near);
    let modified = time::modified(asked);
    let comment_form = evidence::comment_form(&page);
    let mut ground = Ground { owners: Vec::new(), furniture: page.furniture() };
    let (mut body, mut removals) = (None, Vec::new());
    if let Some(mut story) = story {
        let (value, source) = story.read(asked, &page, &told);
        removals = evidence::removals(&page, &story);
        ground.owners = story.owners();
        body = Some(Found { value, source });
    }
    Reading { title, authors, published, modified, body, site_names, comment_form, removals, ground }
}

/// The blocks of the story in a part of a page, or in a page of its own.
pub(super) fn story(root: Node<'_>, removed: &NodeSet) -> Vec<DraftBlock> {
    let (_, story) = find(root, removed);
    story.map(|story| story.blocks()).unwrap_or_default()
}

/// The elements of a page and the story on it.
fn find<'d>(root: Node<'d>, removed: &'d NodeSet) -> (Page<'d>, Option<Story<'d>>) {
    let page = Page::read(root, removed, false);
    if let Some(story) = Story::find(&page) {
        return (page, Some(story));
    }
    // Better a story with some furniture than none.
    let page = Page::read(root, removed, true);
    let story = Story::find(&page);
    (page, story)
}

#[cfg(test)]
mod tests;
