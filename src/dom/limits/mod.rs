//! Takes the sting out of pages that are built to hurt a parser.
//!
//! The tree builder walks its stack of open elements for each tag, so that 30,000 nested `<div>`
//! take seconds; it compares each attribute of a tag with all others; it opens every unclosed
//! formatting element again in each paragraph; and each element takes some 300 bytes, so that 8 MB
//! of `<p>` take 700. This scan sees the tags before it does and leaves out what lies beyond any
//! real page; the text stays. A page within the limits passes unchanged, but for the texts of its
//! scripts and style sheets, which are kept beside the tree, and for drawings, of which an empty `<svg>`
//! is left.

mod aside;
#[cfg(test)]
mod depth_tests;
mod drawing;
mod names;
mod stack;
mod tag;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

pub(super) use aside::Scripts;
use names::{Kinds, Name, kinds, name_of, text_of};
use stack::Stack;
use tag::Tag;

const SVG: Name = names::name("svg");
/// The element that has no end.
const PLAINTEXT: Name = names::name("plaintext");
/// Deepest nesting of elements; libxml2 stops at 256, browsers at 512.
const MAX_DEPTH: usize = 512;
/// Most unclosed formatting elements (`<b>`, `<font>`, …), which the standard reopens again and again.
const MAX_FORMATTING: usize = 32;
/// Most times that such elements are opened again, before they are closed for good.
const MAX_REOPENED: usize = 50_000;
/// Most elements and comments; a long page of a newspaper has 10,000.
const MAX_NODES: usize = 250_000;

/// The page itself when it is within the limits, else a copy without the tags beyond them; and the
/// scripts that were taken out of it. Linear in the length of the page.
pub(super) fn cap(html: &str) -> (Cow<'_, str>, Scripts) {
    let mut scan = Scan::new(html);
    while let Some(tag) = scan.next_tag() {
        scan.judge(&tag);
    }
    let scripts = std::mem::take(&mut scan.scripts);
    (scan.finish(), scripts)
}

struct Scan<'h> {
    html: &'h str,
    at: usize,
    open: Stack,
    /// Formatting elements that are open.
    formatting: Vec<Name>,
    reopened: usize,
    nodes: usize,
    /// Tags left out whose end tags are still to come.
    dropped: HashMap<Name, usize>,
    out: String,
    copied: usize,
    scripts: Scripts,
    /// Behind `<plaintext>` nothing is an element any more.
    plain: bool,
}

impl<'h> Scan<'h> {
    fn new(html: &'h str) -> Self {
        Self {
            html,
            at: 0,
            open: Stack::default(),
            formatting: Vec::new(),
            reopened: 0,
            nodes: 0,
            dropped: HashMap::new(),
            out: String::new(),
            copied: 0,
            scripts: Scripts::default(),
            plain: false,
        }
    }

    fn finish(mut self) -> Cow<'h, str> {
        if self.copied == 0 {
            return Cow::Borrowed(self.html);
        }
        self.out.push_str(&self.html[self.copied..]);
        Cow::Owned(self.out)
    }

    /// Leaves out a stretch of the page.
    fn drop_range(&mut self, start: usize, end: usize) {
        self.out.push_str(&self.html[self.copied..start]);
        self.copied = end;
    }

    fn next_tag(&mut self) -> Option<Tag> {
        let bytes = self.html.as_bytes();
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            let rest = &bytes[start..];
            let closing = rest.get(1) == Some(&b'/');
            let name_at = start + 1 + usize::from(closing);
            if bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                let tag = Tag::read(self.html, start, name_at, closing);
                self.at = tag.end;
                return Some(tag);
            }
            self.at = if rest.starts_with(b"<!--") {
                // `<!-->` and `<!--->` are comments, too.
                self.html[start + 2..].find("-->").map_or(bytes.len(), |n| start + 2 + n + 3)
            } else if closing || matches!(rest.get(1), Some(b'!' | b'?')) {
                // A doctype, CDATA, or what the standard calls a bogus comment.
                rest.iter().position(|&b| b == b'>').map_or(bytes.len(), |n| start + n + 1)
            } else {
                start + 1
            };
            if self.at > start + 1 && self.is_one_too_many() {
                self.drop_range(start, self.at);
            }
        }
    }

    /// Counts one more node.
    fn is_one_too_many(&mut self) -> bool {
        self.nodes += 1;
        self.nodes > MAX_NODES
    }

    fn judge(&mut self, tag: &Tag) {
        if tag.closing {
            return self.close(tag);
        }
        let kinds = kinds(tag.name);
        let mut raw = None;
        self.plain |= tag.name == PLAINTEXT;
        if kinds.is(Kinds::RAW) && !self.open.is_foreign() {
            raw = self.skip_raw_text(tag);
            if self.is_one_too_many() {
                return self.drop_range(tag.start, self.at);
            }
        } else if kinds.is(Kinds::VOID) {
            if self.is_one_too_many() {
                return self.drop_range(tag.start, tag.end);
            }
        } else if self.open.ignores(tag.name) {
            // The parser does, too.
        } else {
            self.open.implied_ends(tag.name);
            let formatting = kinds.is(Kinds::FORMATTING);
            let full =
                formatting && (self.formatting.len() >= MAX_FORMATTING || self.reopened > MAX_REOPENED);
            if full || self.open.len() >= MAX_DEPTH || self.is_one_too_many() {
                *self.dropped.entry(tag.name).or_default() += 1;
                return self.drop_range(tag.start, tag.end);
            }
            if formatting {
                self.formatting.push(tag.name);
            } else if kinds.is(Kinds::CLOSES_P) {
                self.reopen(tag);
            }
            self.open.push(tag.name);
        }
        if let Some(surplus) = tag.surplus {
            // The page may end within the tag, and with any letter.
            let closed = self.html[..tag.end].ends_with('>');
            self.drop_range(surplus, tag.end - usize::from(closed));
        }
        if let Some(end) = raw.filter(|_| !self.plain)
            && let Some(instead) =
                self.scripts.take(tag.name, &self.html[tag.start..tag.end], &self.html[tag.end..end])
        {
            self.drop_range(tag.end, end);
            self.out.push_str(&instead);
        }
        if tag.name == SVG
            && self.open.is_drawing()
            && !self.plain
            && !self.html[..tag.end].ends_with("/>")
            && let Some(end) = drawing::end(self.html, tag.end)
        {
            self.drop_range(tag.end, end);
            self.at = end;
        }
    }

    /// A block opens the formatting elements before it again; when that gets out of hand, they are
    /// closed.
    fn reopen(&mut self, tag: &Tag) {
        self.reopened += self.formatting.len();
        if self.reopened > MAX_REOPENED && !self.formatting.is_empty() {
            self.drop_range(tag.start, tag.start);
            for name in std::mem::take(&mut self.formatting).into_iter().rev() {
                self.out.push_str("</");
                self.out.push_str(&text_of(name));
                self.out.push('>');
            }
        }
    }

    fn close(&mut self, tag: &Tag) {
        if let Some(count) = self.dropped.get_mut(&tag.name)
            && *count > 0
        {
            *count -= 1;
            return self.drop_range(tag.start, tag.end);
        }
        if let Some(at) = self.formatting.iter().rposition(|open| *open == tag.name) {
            self.formatting.remove(at);
        }
        self.open.end(tag.name);
    }

    /// Goes on behind the end tag; tells where that begins, unless the text opens a comment: then a
    /// script may hold its own end tag.
    fn skip_raw_text(&mut self, tag: &Tag) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let (mut at, mut comment) = (tag.end, false);
        while let Some(found) = self.html[at..].find('<') {
            at += found + 1;
            let start = at - 1;
            comment |= bytes[at..].starts_with(b"!--");
            let Some(rest) = bytes[at..].strip_prefix(b"/") else { continue };
            at += 1;
            let length = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if name_of(&rest[..length]) == tag.name {
                self.at = at + rest.iter().position(|&b| b == b'>').map_or(rest.len(), |n| n + 1);
                return Some(start).filter(|_| !comment);
            }
        }
        // Never closed: the parser takes the rest of the page as text. Going on is the safe side.
        None
    }
}
