//! What each part of a page is to the story: its text, what rules want, what they take out.

use std::collections::HashMap;

use super::tree::{Kind, Tree};
use super::wants::Wants;
use crate::dom::{Document, Node, NodeId};
use crate::model::Article;

/// A shorter text must be a whole block of the story to count as its text.
const SHORT: usize = 30;
/// The element that holds this share of the story is its container.
const SHARE: usize = 80;

/// Marks a tree.
pub(super) fn mark(
    tree: &mut Tree,
    doc: &Document,
    places: &HashMap<NodeId, usize>,
    wants: &Wants,
    article: &Article,
) {
    let at = |node: Node<'_>| places.get(&node.id()).copied();
    for (selector, most) in &wants.selectors {
        let found: Vec<usize> = doc.select(selector).filter_map(at).take(MOST_ASKED).collect();
        let (full, bare): (Vec<usize>, Vec<usize>) =
            found.into_iter().partition(|at| says_something(tree, *at));
        for at in full.into_iter().take(*most).chain(bare.into_iter().take(1)) {
            need(tree, at);
            need_inside(tree, at);
            if counts_siblings(selector.as_str()) {
                need_siblings(tree, at);
            }
        }
    }
    for (number, selector) in wants.removes.iter().enumerate() {
        for at in doc.select(selector).filter_map(at) {
            tree.items[at].mark.rule.get_or_insert(number);
        }
    }
    for selector in &wants.forms {
        for at in doc.select(selector).filter_map(at).take(2) {
            tree.inside(at).into_iter().for_each(|inner| tree.items[inner].mark.form = true);
        }
    }
    story(tree, article);
    fields(tree, article);
    let container = container(tree);
    tree.inside(container).into_iter().for_each(|at| tree.items[at].mark.near = true);
}

fn need(tree: &mut Tree, at: usize) {
    let around: Vec<usize> = std::iter::once(at).chain(tree.ancestors(at)).collect();
    around.into_iter().for_each(|at| tree.items[at].mark.needed = true);
}

/// Elements that are looked at for one selector.
const MOST_ASKED: usize = 40;
/// A field's element with more inside is a container.
const SMALL: usize = 12;

/// Whether an element has a text or a value.
fn says_something(tree: &Tree, at: usize) -> bool {
    let valued =
        ["content", "datetime", "href", "title"].iter().any(|name| tree.items[at].attr(name).is_some());
    valued || !tree.text(at).trim().is_empty()
}

/// What is inside a small element belongs to it.
fn need_inside(tree: &mut Tree, at: usize) {
    let inside = tree.inside(at);
    if inside.len() <= SMALL {
        inside.into_iter().for_each(|at| tree.items[at].mark.needed = true);
    }
}

/// Whether a selector asks for an element by its place among others.
fn counts_siblings(selector: &str) -> bool {
    ["nth-", ":last-", ":only-", " + ", " ~ "].iter().any(|sign| selector.contains(sign))
}

/// What stands beside an element and beside those around it, where few do.
fn need_siblings(tree: &mut Tree, at: usize) {
    let around: Vec<usize> = std::iter::once(at).chain(tree.ancestors(at)).take(3).collect();
    for at in around {
        let siblings = tree.items[tree.items[at].parent].children.clone();
        if siblings.len() <= SMALL * 2 {
            siblings.into_iter().for_each(|at| tree.items[at].mark.needed = true);
        }
    }
}

/// Letters and digits in lower case.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Counts the story's characters in each element.
fn story(tree: &mut Tree, article: &Article) {
    let raw = article.dateline.as_ref().map(|line| line.raw.as_str()).unwrap_or_default();
    let blocks: Vec<String> = article.body.iter().map(|block| key(&block.text)).collect();
    // The dateline may stand before the text or in an element of its own.
    let first = blocks.first().map(|first| format!("{}{first}", key(raw)));
    let whole = format!("{}\n{}", first.unwrap_or_default(), blocks.join("\n"));
    for at in 0..tree.items.len() {
        let Kind::Text(text) = &tree.items[at].kind else { continue };
        if text.trim().len() < 2 {
            continue;
        }
        let parent = tree.items[at].parent;
        if matches!(tree.items[parent].name(), "script" | "style" | "noscript" | "title" | "template") {
            continue;
        }
        let key = key(text);
        let chars = key.chars().count();
        let told = chars > 0 && (blocks.contains(&key) || (chars >= SHORT && whole.contains(&key)));
        if told {
            let around: Vec<usize> = std::iter::once(at).chain(tree.ancestors(at)).collect();
            around.into_iter().for_each(|at| tree.items[at].mark.story += chars);
        }
    }
}

/// Needs the places where headline, authors and time are printed.
fn fields(tree: &mut Tree, article: &Article) {
    let title = key(&article.title);
    let mut wanted: Vec<(String, usize)> = vec![(title, 2)];
    wanted.extend(article.authors.iter().map(|name| (key(name), 2)));
    let mut times: Vec<String> =
        article.published.iter().chain(&article.modified).map(|when| key(&when.raw)).collect();
    wanted.extend(times.iter().map(|time| (time.clone(), 2)));
    wanted.extend(article.section.iter().map(|section| (key(section), 2)));
    wanted.retain(|(text, _)| !text.is_empty());
    for at in 1..tree.items.len() {
        let Kind::Element(name, _) = &tree.items[at].kind else { continue };
        let name = name.clone();
        let heading = matches!(name.as_str(), "h1" | "h2" | "h3");
        let own: String = if heading { tree.text(at) } else { own_text(tree, at) };
        let (key, chars) = (key(&own), own.chars().count());
        if (chars == 0 || chars > 300) && name != "textarea" {
            continue;
        }
        let hit = wanted.iter().position(|(text, left)| {
            *left > 0
                && (key == *text || (chars < 120 && text.chars().count() > 4 && key.contains(text.as_str())))
        });
        if let Some(hit) = hit {
            wanted[hit].1 -= 1;
            need(tree, at);
        }
        // A time may be printed in pieces.
        let digits = key.bytes().filter(u8::is_ascii_digit).count();
        if digits >= 4 && times.iter().any(|time| time.contains(&key)) {
            times.retain(|time| *time != key);
            need(tree, at);
        }
        if name == "textarea" {
            need(tree, at);
        }
    }
}

/// The text directly in an element.
fn own_text(tree: &Tree, at: usize) -> String {
    let texts = tree.items[at].children.iter().filter_map(|child| match &tree.items[*child].kind {
        Kind::Text(text) => Some(text.as_str()),
        Kind::Element(..) => None,
    });
    texts.collect()
}

/// The innermost element that holds most of the story.
fn container(tree: &Tree) -> usize {
    let all = tree.items[0].mark.story;
    let mut at = 0;
    loop {
        let holds = |child: &&usize| tree.items[**child].mark.story * 100 >= all * SHARE;
        let inner = tree.items[at].children.iter().find(holds).copied();
        match inner.filter(|inner| all > 0 && matches!(tree.items[*inner].kind, Kind::Element(..))) {
            Some(inner) if !super::tree::is_inline(tree.items[inner].name()) => at = inner,
            _ => return at,
        }
    }
}
