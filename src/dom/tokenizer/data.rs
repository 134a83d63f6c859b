//! Text between tags, and what a `<` in it opens (the data, tag open and end tag open states).

use std::borrow::Cow;

use html5ever::tokenizer::{TagKind, Token, TokenSink};
use memchr::{memchr2, memchr3};

use super::run::Run;
use super::{Tokenizer, reference};

impl<S: TokenSink> Tokenizer<'_, S> {
    /// A run of text, and the markup behind it.
    pub(super) fn data(&mut self) {
        let (mut run, mut at) = (Run::new(self.at), self.at);
        let end = loop {
            let Some(next) = self.next_special(at) else { break self.bytes.len() };
            at = next;
            match self.bytes[at] {
                b'&' => at = self.resolve(&mut run, at),
                b'<' if self.opens_markup(at) => break at,
                b'<' => at += 1,
                _ => {
                    self.emit_text(std::mem::replace(&mut run, Run::new(at + 1)), at);
                    self.emit(Token::NullCharacterToken);
                    at += 1;
                }
            }
        };
        self.emit_text(run, end);
        self.at = end;
        if end < self.bytes.len() {
            self.markup();
        }
    }

    /// The next byte from there on that is more than text.
    pub(super) fn next_special(&self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        let found = if self.has_nul { memchr3(b'<', b'&', 0, rest) } else { memchr2(b'<', b'&', rest) };
        found.map(|length| at + length)
    }

    /// Whether a `<` is more than text.
    fn opens_markup(&self, at: usize) -> bool {
        match self.bytes.get(at + 1) {
            Some(b'!' | b'?') => true,
            Some(b'/') => at + 2 < self.bytes.len(),
            byte => byte.is_some_and(u8::is_ascii_alphabetic),
        }
    }

    pub(super) fn emit_text(&self, run: Run, end: usize) {
        self.emit_characters(run.finish(self, end));
    }

    /// Takes the character reference that may start there into a run of text; tells where to go on.
    pub(super) fn resolve(&self, run: &mut Run, at: usize) -> usize {
        let Some(found) = reference::read(self.text, at + 1, false) else { return at + 1 };
        if found.chars() == ['\n'] && !found.closed && run.is_empty(at) {
            self.fault();
        }
        run.replace(self, (at, found.end), found.chars());
        found.end
    }

    /// Tells of a fault in the page. html5ever's tree builder forgets at any of them that a line feed
    /// after `<pre>` is to be dropped; where no other token follows that it would forget it at, we have
    /// to tell, too, or the trees would differ.
    fn fault(&self) {
        self.emit(Token::ParseError(Cow::Borrowed("a fault before a line feed")));
    }

    /// What stands behind a `<` that is more than text.
    fn markup(&mut self) {
        let at = self.at;
        match (self.bytes[at + 1], self.bytes.get(at + 2)) {
            (b'!', _) => self.declaration(at + 2),
            (b'?', _) => self.bogus_comment(at + 1),
            (b'/', Some(b'>')) => {
                self.fault();
                self.at = at + 3;
            }
            (b'/', Some(byte)) if byte.is_ascii_alphabetic() => self.tag(TagKind::EndTag, at + 2),
            (b'/', _) => self.bogus_comment(at + 2),
            _ => self.tag(TagKind::StartTag, at + 1),
        }
    }
}
