//! What the rightmost part of a selector wants at the least: most elements are told by it that they do
//! not match, without asking the selector.

use crate::dom::index::bit_of;

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

/// A part of a selector list.
#[derive(Debug)]
pub(in crate::dom) struct Part {
    /// What its rightmost compound wants.
    pub(in crate::dom) key: Key,
    /// Where that is listed.
    pub(in crate::dom) bit: Option<u16>,
    /// What all its compounds want, those on the left too, as the bits of a page's names: a page that
    /// lacks one of them has no element that the part matches.
    pub(in crate::dom) needs: Box<[u16]>,
    /// Whether it wants nothing else.
    pub(super) is_all: bool,
}

/// The parts of a selector list, of which the compiler found so many.
pub(super) fn parts(css: &str, count: usize) -> Box<[Part]> {
    let parts: Box<[Part]> = split(css, |c| c == ',').into_iter().map(part).collect();
    if parts.len() == count {
        return parts;
    }
    // An escape hides where they end.
    (0..count).map(|_| Part { key: Key::Any, bit: None, needs: Box::default(), is_all: false }).collect()
}

fn part(css: &str) -> Part {
    let (compounds, key) = (compounds(css), key(css));
    let is_all = compounds.len() == 1
        && match &key {
            Key::Tag(name) => css.trim() == &**name,
            Key::Id(name) => css.trim().strip_prefix('#') == Some(name),
            Key::Class(name) => css.trim().strip_prefix('.') == Some(name),
            Key::Attr(_) | Key::Any => false,
        };
    let needs = compounds.into_iter().filter_map(|one| bit_of(&self::key(one))).collect();
    Part { bit: bit_of(&key), key, needs, is_all }
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

    fn parts_of(css: &str) -> Box<[Part]> {
        parts(css, split(css, |c| c == ',').len())
    }

    #[test]
    fn every_compound_is_needed() {
        let counts = |css: &str| parts_of(css).iter().map(|part| part.needs.len()).collect::<Vec<_>>();
        assert_eq!(counts(".a > p, b:not(.c) [data-halaman], b [id], :is(e)"), [2, 2, 1, 0]);
        assert_eq!(counts(r".\32 kolom"), [0]);
        assert!(parts(r".a\,b", 1).iter().all(|part| part.key == Key::Any));
        let whole = parts("p, .a, #b, p.a, p .a, [data-k], .a:first-child", 7);
        assert_eq!(
            whole.iter().map(|part| part.is_all).collect::<Vec<_>>(),
            [1, 1, 1, 0, 0, 0, 0].map(|n| n == 1)
        );
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
            assert_eq!(parts_of(css).into_iter().map(|part| part.key).collect::<Vec<_>>(), wanted, "{css}");
        }
    }
}
