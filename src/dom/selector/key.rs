//! What the rightmost part of a selector wants at the least: most elements are told by it that they do
//! not match, without asking the selector.

use crate::dom::names::bit_of;

/// A part of a selector list, by what its rightmost compound wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// An identifier.
    Id(Box<str>),
    /// A class.
    Class(Box<str>),
    /// A name.
    Tag(Box<str>),
    /// An attribute.
    Attr(Box<str>),
    /// Nothing that can be told by looking at the element alone.
    Any,
}

/// The keys of a selector list, one for each of its parts.
pub(super) fn keys(css: &str) -> Box<[Key]> {
    split(css, |c| c == ',').into_iter().map(key).collect()
}

/// What the compounds of each part want, those on the left too, as the bits of a page's names: a page
/// that lacks one of them has no element that the part matches.
pub(super) fn needs(css: &str) -> Box<[Box<[u16]>]> {
    let of_part = |part: &str| compounds(part).into_iter().filter_map(|one| bit_of(&key(one))).collect();
    split(css, |c| c == ',').into_iter().map(of_part).collect()
}

/// The compounds of a part, between its combinators; escapes and comments hide where they end.
fn compounds(part: &str) -> Vec<&str> {
    if part.contains('\\') || part.contains("/*") {
        return Vec::new();
    }
    let mut compounds = split(part.trim(), |c| c.is_whitespace() || matches!(c, '>' | '+' | '~'));
    compounds.retain(|compound| !compound.trim().is_empty());
    compounds
}

/// Cuts a text at marks outside of brackets, parentheses and quotes.
fn split(text: &str, mark: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut out, mut start, mut depth, mut quote) = (Vec::new(), 0, 0usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '(') => depth += 1,
            (None, ']' | ')') => depth = depth.saturating_sub(1),
            (None, c) if depth == 0 && mark(c) => {
                out.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out
}

/// What the last compound of a part wants.
fn key(part: &str) -> Key {
    let Some(last) = compounds(part).pop() else { return Key::Any };
    let end = last.find(['[', ':']).unwrap_or(last.len());
    let simple = &last[..end];
    let name = |text: &'_ str| text.find(['.', '#']).unwrap_or(text.len());
    if let Some(at) = simple.find('#') {
        let id = &simple[at + 1..];
        return Key::Id(id[..name(id)].into());
    }
    if let Some(at) = simple.find('.') {
        let class = &simple[at + 1..];
        return Key::Class(class[..name(class)].into());
    }
    let lower = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
    };
    if lower(simple) {
        return Key::Tag(simple.into());
    }
    let inside = last[end..].strip_prefix('[').map(|rest| rest[..attribute(rest)].trim());
    match inside {
        Some(attr) if simple.is_empty() && lower(attr) => Key::Attr(attr.into()),
        _ => Key::Any,
    }
}

/// Where the name of an attribute ends.
fn attribute(rest: &str) -> usize {
    rest.find(['=', '~', '^', '$', '*', '|', ']']).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_compound_is_needed() {
        let counts = |css: &str| needs(css).iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(counts(".a > p, b:not(.c) [data-halaman], b [id], :is(e)"), [2, 2, 1, 0]);
        assert_eq!(counts(r".\32 kolom"), [0]);
    }

    #[test]
    fn the_rightmost_part_tells_what_is_wanted() {
        let (id, class) = (|name: &str| Key::Id(name.into()), |name: &str| Key::Class(name.into()));
        let (tag, attr) = (|name: &str| Key::Tag(name.into()), |name: &str| Key::Attr(name.into()));
        for (css, wanted) in [
            ("#a", vec![id("a")]),
            ("p.x:not(.y)", vec![class("x")]),
            ("div > p, .x .y", vec![tag("p"), class("y")]),
            ("div#a.x", vec![id("a")]),
            ("[data-k], [data-k='v, w']", vec![attr("data-k"), attr("data-k")]),
            ("p [itemprop~=author]:first-child", vec![attr("itemprop")]),
            ("p[data-k]", vec![tag("p")]),
            (":is(.a, .b) .c", vec![class("c")]),
            (":is(.a, .b)", vec![Key::Any]),
            ("*", vec![Key::Any]),
            ("*[id]", vec![Key::Any]),
            ("P", vec![Key::Any]),
            ("[dataX]", vec![Key::Any]),
            (r".\32 kolom", vec![Key::Any]),
        ] {
            assert_eq!(keys(css).to_vec(), wanted, "{css}");
        }
    }
}
