//! Tags (the states from tag name to self-closing start tag).

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink};
use html5ever::{Attribute, QualName, ns};
use memchr::{memchr, memchr2};

use super::run::Run;
use super::{BLANK, EQUALS, NAME_END, TAG_END, Tokenizer, reference};
use crate::dom::limits::MAX_ATTRIBUTES;

/// Most tags have no more attributes.
const USUAL: usize = 4;

/// What a tag says beside its name.
#[derive(Default)]
pub(super) struct Rest {
    attributes: Vec<Attribute>,
    /// How many there were, where the last within the limit ended, and where those beyond it start.
    count: usize,
    full: usize,
    surplus: Option<usize>,
    /// An attribute was named twice; the first one counts.
    doubled: bool,
    self_closing: bool,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// The tag whose name starts there, and the text that belongs to it in some elements.
    pub(super) fn tag(&mut self, kind: TagKind, name_at: usize) {
        let name_end = self.find(name_at, NAME_END);
        let Some((end, rest)) = self.rest(kind, name_end) else {
            // The page ends within the tag, which is none then.
            self.at = self.bytes.len();
            return;
        };
        let (name, called) = self.names.tag(&self.bytes[name_at..name_end]);
        let start = self.at;
        self.at = end;
        if !self.passes(kind, start, &name, called) {
            return;
        }
        if let Some((surplus, cuts)) = rest.surplus.zip(self.cuts.as_mut()) {
            cuts.shorten(surplus..end - 1);
        }
        let self_closing = rest.self_closing;
        let tag = Tag {
            kind,
            name: name.clone(),
            self_closing,
            attrs: rest.attributes,
            had_duplicate_attributes: rest.doubled,
        };
        let wanted = self.sink.process_token(Token::TagToken(tag), 1);
        self.go_on(wanted, &name);
        if kind == TagKind::StartTag && !self_closing {
            self.skip_drawing(called);
        }
    }

    /// The attributes from there to the end of the tag; none when the page ends before it. Nobody looks at
    /// the attributes of an end tag.
    pub(super) fn rest(&mut self, kind: TagKind, from: usize) -> Option<(usize, Rest)> {
        let mut rest = Rest::default();
        let mut at = from;
        loop {
            at = self.skip_blanks(at);
            match *self.bytes.get(at)? {
                b'>' => return Some((at + 1, rest)),
                b'/' => {
                    at += 1;
                    if *self.bytes.get(at)? == b'>' {
                        // What is cut out would take the slash with it.
                        rest.self_closing = rest.surplus.is_none();
                        return Some((at + 1, rest));
                    }
                }
                _ => at = self.attribute(kind, at, &mut rest)?,
            }
        }
    }

    /// One attribute; tells where it ends.
    fn attribute(&mut self, kind: TagKind, start: usize, rest: &mut Rest) -> Option<usize> {
        // A `=` may be the first letter of a name.
        let name_end = self.find(start + 1, NAME_END | EQUALS);
        let mut at = self.skip_blanks(name_end);
        let mut value = StrTendril::new();
        if *self.bytes.get(at)? == b'=' {
            (at, value) = self.value(self.skip_blanks(at + 1))?;
        }
        rest.count += 1;
        if rest.count == MAX_ATTRIBUTES {
            rest.full = at;
        }
        if rest.count > MAX_ATTRIBUTES && self.limits.is_some() {
            // With what parts them: a slash would end the tag else.
            rest.surplus.get_or_insert(rest.full);
        } else if kind == TagKind::StartTag {
            let local = self.names.attribute(&self.bytes[start..name_end]);
            if rest.attributes.iter().any(|other| other.name.local == local) {
                rest.doubled = true;
            } else {
                if rest.attributes.is_empty() {
                    rest.attributes = self.spare.take();
                    rest.attributes.reserve(USUAL);
                }
                rest.attributes.push(Attribute { name: QualName::new(None, ns!(), local), value });
            }
        }
        Some(at)
    }

    /// The value that starts there, and where to go on.
    fn value(&self, at: usize) -> Option<(usize, StrTendril)> {
        match *self.bytes.get(at)? {
            b'>' => Some((at, StrTendril::new())),
            quote @ (b'"' | b'\'') => self.quoted(quote, at + 1),
            _ => {
                let end = self.find(at, BLANK | TAG_END);
                (end < self.bytes.len()).then(|| (end, self.resolved(at, end)))
            }
        }
    }

    fn quoted(&self, quote: u8, start: usize) -> Option<(usize, StrTendril)> {
        let mut end = start + memchr2(quote, b'&', &self.bytes[start..])?;
        if self.bytes[end] == quote && !self.has_nul {
            return Some((end + 1, self.stretch(start, end)));
        }
        end += memchr(quote, &self.bytes[end..])?;
        Some((end + 1, self.resolved(start, end)))
    }

    /// A value with its character references resolved, and U+FFFD for NUL.
    fn resolved(&self, start: usize, end: usize) -> StrTendril {
        // What follows a reference decides on it, be it behind the value.
        let within = &self.text[..end];
        let (mut run, mut at) = (Run::new(start), start);
        while let Some(length) = memchr2(b'&', 0, &self.bytes[at..end]) {
            at += length;
            if self.bytes[at] == 0 {
                run.replace(self, (at, at + 1), &['\u{fffd}']);
                at += 1;
            } else if let Some(found) = reference::read(within, at + 1, true) {
                run.replace(self, (at, found.end), found.chars());
                at = found.end;
            } else {
                at += 1;
            }
        }
        run.finish(self, end)
    }
}
