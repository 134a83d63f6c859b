//! The head of a page: the metadata that reading goes by, one JSON-LD script, the title.

use super::known::Voice;
use super::tree::{Item, Kind, Mark, Tree};
use super::wants::Wants;
use super::{attributes, json_ld, scripts, text};
use crate::dom::Document;
use crate::model::Article;

/// Feeds and other languages that stay.
const ALTERNATES: usize = 3;

/// Takes everything else out of the head, and writes JSON-LD anew; metadata in the body stays where
/// it is.
pub(super) fn reduce(tree: &mut Tree, doc: &Document, wants: &Wants, voice: &Voice<'_>, page: &Article) {
    let mut alternates = 0;
    for at in tree.inside(0) {
        let item = &tree.items[at];
        let in_head = tree.ancestors(at).any(|around| tree.items[around].name() == "head");
        let keeps = match item.name() {
            "meta" => is_wanted(item, wants) || (item.mark.needed && item.attr("charset").is_none()),
            "link" => is_link(item, &mut alternates) || item.mark.needed,
            "title" | "base" | "" | "html" | "head" | "body" => true,
            "script" => false,
            _ => !in_head,
        };
        if !keeps {
            tree.cut(at);
        } else if matches!(item.name(), "meta" | "link" | "base") {
            tree.items[at].mark.needed = true;
        }
    }
    let head = tree.items[0].children.iter().copied().find(|at| tree.items[*at].name() == "head");
    let Some(head) = head else { return };
    let charset = element("meta", &[("charset", "utf-8")], head);
    tree.items.push(charset);
    let at = tree.items.len() - 1;
    tree.items[head].children.insert(0, at);
    let scripts = [
        ("application/ld+json", json_ld::write(doc, wants, voice)),
        ("application/json", scripts::write(doc, wants, voice, page)),
    ];
    for (kind, text) in scripts {
        let Some(text) = text else { continue };
        let script = tree.items.len();
        tree.items.push(element("script", &[("type", kind)], head));
        tree.items.push(Item {
            kind: Kind::Text(text),
            parent: script,
            children: Vec::new(),
            mark: needed(),
        });
        tree.items[script].children.push(script + 1);
        tree.items[head].children.push(script);
    }
}

fn needed() -> Mark {
    Mark { needed: true, ..Mark::default() }
}

fn element(name: &str, attrs: &[(&str, &str)], parent: usize) -> Item {
    let attrs = attrs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    Item { kind: Kind::Element(name.to_owned(), attrs), parent, children: Vec::new(), mark: needed() }
}

fn is_wanted(item: &Item, wants: &Wants) -> bool {
    ["name", "property", "itemprop", "http-equiv"]
        .iter()
        .filter_map(|key| item.attr(key))
        .any(|name| wants.metas.contains(&name.trim().to_ascii_lowercase()))
}

fn is_link(item: &Item, alternates: &mut usize) -> bool {
    let rel = item.attr("rel").unwrap_or_default().to_ascii_lowercase();
    match rel.as_str() {
        "canonical" => true,
        "alternate" => {
            *alternates += 1;
            *alternates <= ALTERNATES
        }
        _ => false,
    }
}

/// The attributes of all elements that are left.
pub(super) fn attributes(tree: &mut Tree, wants: &Wants, voice: &Voice<'_>) {
    for at in tree.inside(0) {
        let Kind::Element(name, attrs) = &tree.items[at].kind else { continue };
        let name = name.clone();
        let mut attrs = attributes::kept(&name, attrs, wants, voice);
        if name == "meta" && is_description(&attrs) {
            for (_, value) in attrs.iter_mut().filter(|(key, _)| key == "content") {
                *value = text::clip(&[value.as_str()], json_ld::DESCRIPTION, 0).concat();
            }
        }
        tree.items[at].kind = Kind::Element(name, attrs);
    }
}

fn is_description(attrs: &[(String, String)]) -> bool {
    attrs.iter().any(|(key, value)| key != "content" && value.to_ascii_lowercase().ends_with("description"))
}
