//! The generic reader: a page of a site that nobody wrote rules for.

mod author;
mod boxes;
mod caption;
mod cards;
mod container;
mod ending;
mod evidence;
mod flat;
mod hints;
mod keep;
mod lead;
mod listing;
mod near;
mod page;
mod picture;
mod said;
mod site_names;
mod stories;
mod story;
mod time;
mod title;
mod unseen;
mod weight;

pub(super) use self::ending::is_ending;
use self::page::Page;
pub(super) use self::picture::Picture;
use self::story::Story;
use super::Asked;
use super::verdict::Ground;
use crate::dom::{Document, Node, NodeSet};
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
    /// Its pictures.
    pub(super) pictures: Vec<Picture>,
    /// Where the story stands, and what furniture.
    pub(super) ground: Ground<'d>,
}

/// Reads a page.
pub(super) fn read<'d>(asked: &Asked<'d>) -> Reading<'d> {
    let doc = asked.doc;
    let (page, story) = find(doc.root(), asked.removed, &titles(doc));
    let site_names = site_names::read(doc, &page, asked.url);
    let (title, title_at) = title::read(doc, &page, story.as_ref(), &site_names);
    let told = lead::Told::read(doc, title.as_ref().map(|found| found.value.as_str()));
    let near = near::Near::new(title_at, story.as_ref(), &page);
    let edges = story.as_ref().map(Story::edges).unwrap_or_default();
    let authors = author::read(asked, &page, &near, &edges, &site_names);
    let opening = story.as_ref().and_then(Story::opening);
    let published = time::published(asked, &page, &near, opening);
    let modified = time::modified(asked);
    let comment_form = evidence::comment_form(&page);
    let mut ground =
        Ground { owners: Vec::new(), furniture: page.furniture(story.as_ref().map(|story| story.container)) };
    let (mut body, mut removals, mut pictures) = (None, Vec::new(), Vec::new());
    if let Some(mut story) = story {
        let (value, source) = story.read(asked, &page, &told);
        removals = evidence::removals(&page, &story);
        ground.owners = story.owners();
        let from = title_at.unwrap_or(story.container).min(story.container);
        pictures = picture::read(&page, from..page.elems[story.container].end);
        body = Some(Found { value, source });
    }
    Reading {
        title,
        authors,
        published,
        modified,
        body,
        site_names,
        comment_form,
        removals,
        pictures,
        ground,
    }
}

/// What the page calls itself, folded.
fn titles(doc: &Document) -> Vec<String> {
    let said = doc.title_tag().into_iter().chain(doc.meta("og:title"));
    said.map(lead::key).filter(|title| !title.is_empty()).collect()
}

/// The blocks of the story in a part of a page, or in a page of its own.
pub(super) fn story(root: Node<'_>, removed: &NodeSet) -> Vec<DraftBlock> {
    let (_, story) = find(root, removed, &[]);
    story.map(|story| story.blocks()).unwrap_or_default()
}

/// The elements of a page and the story on it.
fn find<'d>(root: Node<'d>, removed: &'d NodeSet, titles: &[String]) -> (Page<'d>, Option<Story<'d>>) {
    let page = Page::read(root, removed, titles, false);
    if let Some(story) = Story::find(&page) {
        return (page, Some(story));
    }
    // Better a story with some furniture than none.
    let page = Page::read(root, removed, titles, true);
    let story = Story::find(&page);
    (page, story)
}

#[cfg(test)]
mod tests;
