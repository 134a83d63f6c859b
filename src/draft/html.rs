//! A tree written as a page again: one element a line, lines of text on one.

use super::tree::{Kind, Tree, is_inline};

/// Elements that have no end.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// The page as text.
pub(super) fn write(tree: &Tree) -> String {
    let mut out = String::from("<!DOCTYPE html>\n");
    element(tree, 0, &mut out);
    out.push('\n');
    out
}

fn element(tree: &Tree, at: usize, out: &mut String) {
    let item = &tree.items[at];
    let Kind::Element(name, attrs) = &item.kind else { return };
    out.push('<');
    out.push_str(name);
    for (key, value) in attrs {
        out.push(' ');
        out.push_str(key);
        if value.is_empty() {
            continue;
        }
        out.push('=');
        let bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        if bare {
            out.push_str(value);
        } else {
            out.push_str(&format!("\"{}\"", value.replace('&', "&amp;").replace('"', "&quot;")));
        }
    }
    out.push('>');
    if VOID.contains(&name.as_str()) {
        return;
    }
    if name == "script" {
        out.push_str(&tree.text(at));
    } else {
        contents(tree, at, name == "pre" || name == "textarea", out);
    }
    out.push_str(&format!("</{name}>"));
}

fn contents(tree: &Tree, at: usize, as_is: bool, out: &mut String) {
    // Where only blocks stand, each gets a line; white space beside words is left as it is.
    let children = &tree.items[at].children;
    let blank = |at: &usize| matches!(&tree.items[*at].kind, Kind::Text(text) if text.trim().is_empty());
    let lines = !as_is
        && children.iter().any(|at| !blank(at))
        && children.iter().all(|at| match &tree.items[*at].kind {
            Kind::Text(text) => text.trim().is_empty(),
            Kind::Element(name, _) => !is_inline(name) || name == "img",
        });
    for &child in children {
        match &tree.items[child].kind {
            Kind::Text(_) if lines => {}
            Kind::Text(_) if !as_is && blank(&child) => out.push(' '),
            Kind::Text(text) => out.push_str(&escaped(text)),
            Kind::Element(..) => {
                if lines {
                    out.push('\n');
                }
                element(tree, child, out);
            }
        }
    }
    if lines {
        out.push('\n');
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
