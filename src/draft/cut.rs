//! What of a page goes: scripts and pictures, most of many like elements, most of what stands far
//! from the story.

use std::collections::HashMap;

use super::tree::{Kind, Tree, is_inline};

/// How much is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// Paragraphs of a run that stay at its start and at its end.
    pub(super) story: (usize, usize),
    /// Like elements that stay elsewhere.
    pub(super) like: usize,
    /// Elements that stay of a piece of furniture inside the story, and far from it.
    pub(super) piece: (usize, usize),
    /// Elements far from the story that stay in all.
    pub(super) far: usize,
    /// Words that a paragraph keeps: of the story, near it, far from it.
    pub(super) words: (usize, usize, usize),
}

/// From much to nothing.
pub(super) const MEASURES: [Measure; 4] = [
    Measure { story: (4, 2), like: 2, piece: (8, 4), far: 30, words: (25, 8, 4) },
    Measure { story: (6, 3), like: 3, piece: (20, 10), far: 90, words: (40, 15, 8) },
    Measure { story: (30, 30), like: 8, piece: (60, 60), far: 400, words: (80, 40, 20) },
    Measure {
        story: (5000, 5000),
        like: 5000,
        piece: (50_000, 50_000),
        far: 50_000,
        words: (50_000, 50_000, 50_000),
    },
];

/// Elements that never say anything to a reader of text.
const GONE: [&str; 22] = [
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "picture",
    "source",
    "video",
    "audio",
    "canvas",
    "object",
    "embed",
    "img",
    "track",
    "map",
    "amp-img",
    "amp-ad",
    "amp-analytics",
    "script",
    "link",
    "meta",
    "datalist",
];

/// Cuts a tree.
pub(super) fn cut(tree: &mut Tree, measure: &Measure) {
    let mut far = measure.far;
    let mut open = vec![0];
    while let Some(at) = open.pop() {
        if matches!(tree.items[at].name(), "head" | "script" | "title" | "svg") {
            let children = tree.items[at].children.clone();
            open.extend(children.into_iter().filter(|child| tree.items[*child].name() != "script"));
            continue;
        }
        children(tree, at, measure, &mut far);
        open.extend(tree.items[at].children.iter().rev());
    }
    empty(tree);
}

fn children(tree: &mut Tree, at: usize, measure: &Measure, far: &mut usize) {
    drop_silent(tree, at);
    let of_line = |tree: &Tree, child: usize| {
        let item = &tree.items[child];
        matches!(item.kind, Kind::Text(_)) || is_inline(item.name())
    };
    let kids = tree.items[at].children.clone();
    // A line of the story is shortened by its words.
    let line = tree.items[at].mark.story > 0 && kids.iter().all(|&child| of_line(tree, child));
    let text_with_breaks = line && kids.iter().filter(|&&child| tree.items[child].name() == "br").count() > 2;
    if line && !text_with_breaks {
        return;
    }
    let kinds: Vec<String> = kids.iter().map(|&child| kind(tree, child)).collect();
    let mut totals: HashMap<&str, usize> = HashMap::new();
    kinds.iter().for_each(|kind| *totals.entry(kind).or_default() += 1);
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (&child, kind) in kids.iter().zip(&kinds) {
        let item = &tree.items[child];
        let nth = seen.entry(kind).or_default();
        *nth += 1;
        let (first, last) = if item.mark.story > 0 { measure.story } else { (measure.like, 0) };
        let total = totals.get(kind.as_str()).copied().unwrap_or(0);
        let text = matches!(item.kind, Kind::Text(_));
        let free = item.mark.needed || item.name() == "br" || (text && item.mark.story == 0);
        let within = *nth <= first || *nth + last > total;
        if !free && !within {
            tree.cut(child);
        } else if !free && item.mark.story == 0 && !text {
            trim(tree, child, measure, far);
        }
    }
    breaks(tree, at);
}

/// What makes children alike: name, classes without numbers, what they are to the story.
fn kind(tree: &Tree, at: usize) -> String {
    let item = &tree.items[at];
    let mut classes: Vec<String> = item
        .attr("class")
        .unwrap_or_default()
        .split_ascii_whitespace()
        .map(|class| class.chars().filter(|c| !c.is_ascii_digit()).collect())
        .collect();
    classes.sort_unstable();
    classes.truncate(4);
    let role = item.attr("data-testid").or_else(|| item.attr("data-component")).unwrap_or_default();
    // A paragraph that opens in bold, or is nothing but a link, is of another kind.
    let first = item.children.iter().find(|child| !tree.text(**child).trim().is_empty());
    let opens = first.map_or("", |first| tree.items[*first].name());
    format!(
        "{}.{} {role} {:?} {} {opens}",
        item.name(),
        classes.join("."),
        item.mark.rule,
        item.mark.story > 0
    )
}

/// Drops what is never shown, unless rules ask for it.
fn drop_silent(tree: &mut Tree, at: usize) {
    for child in tree.items[at].children.clone() {
        let item = &tree.items[child];
        let name = item.name();
        if !GONE.contains(&name) {
            continue;
        }
        let wanted = item.mark.needed || (item.mark.rule.is_some() && item.mark.near);
        if !wanted || matches!(name, "style" | "script" | "template" | "noscript" | "svg") {
            tree.cut(child);
        } else {
            tree.items[child].children.clear();
        }
    }
}

/// Leaves of a piece of furniture its first elements and what rules ask for.
fn trim(tree: &mut Tree, at: usize, measure: &Measure, far: &mut usize) {
    let near = tree.items[at].mark.near;
    if tree.items[at].mark.form {
        return;
    }
    let mut left = if near { measure.piece.0 } else { measure.piece.1.min(*far) };
    let mut gone: Vec<usize> = Vec::new();
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let item = &tree.items[at];
        let element = matches!(item.kind, Kind::Element(..));
        if element && !item.mark.needed && item.mark.story == 0 {
            if left == 0 {
                gone.push(at);
                continue;
            }
            left -= 1;
            *far -= usize::from(!near && *far > 0);
        }
        open.extend(item.children.iter().rev());
    }
    gone.into_iter().for_each(|at| tree.cut(at));
}

/// No more than two line breaks in a row.
fn breaks(tree: &mut Tree, at: usize) {
    let mut run = 0;
    for child in tree.items[at].children.clone() {
        let blank = matches!(&tree.items[child].kind, Kind::Text(text) if text.trim().is_empty());
        if tree.items[child].name() == "br" {
            run += 1;
            if run > 2 {
                tree.cut(child);
            }
        } else if !blank {
            run = 0;
        }
    }
}

/// Drops elements without contents that no rule asks for.
pub(super) fn empty(tree: &mut Tree) {
    let order = tree.inside(0);
    for at in order.into_iter().rev() {
        let item = &tree.items[at];
        let bare = item
            .children
            .iter()
            .all(|child| matches!(&tree.items[*child].kind, Kind::Text(text) if text.trim().is_empty()));
        let keeps = matches!(
            item.name(),
            "" | "html"
                | "head"
                | "body"
                | "br"
                | "hr"
                | "meta"
                | "link"
                | "base"
                | "input"
                | "textarea"
                | "script"
                | "time"
        );
        // An empty line by class: it parts paragraphs.
        let parts = item.attr("class").is_some_and(|class| class.split_ascii_whitespace().any(|c| c == "br"));
        let removable = !parts && (item.mark.rule.is_none() || !item.mark.near);
        if bare && !keeps && !item.mark.needed && removable {
            tree.cut(at);
        }
    }
}
