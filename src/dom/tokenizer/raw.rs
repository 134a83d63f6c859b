//! The text of elements that hold no others: titles, style sheets, scripts (the RCDATA, RAWTEXT, script
//! data and PLAINTEXT states).

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, TokenSink};
use memchr::{memchr, memchr2};

use super::run::Run;
use super::{Tokenizer, ends_name};

/// The element whose text may hold its own end tag.
const SCRIPT: &str = "script";

/// What a script's text opened that it has to close before its end tag is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    /// Inside of `<!--`; the end tag is one.
    Escaped,
    /// Inside of `<!-- <script>`; the end tag only leads back.
    DoubleEscaped,
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// The text of an element up to its end tag, and the tag.
    pub(super) fn raw(&mut self, kind: RawKind, name: &str) {
        let start = self.at;
        let end = match kind {
            RawKind::Rcdata => return self.rcdata(name),
            RawKind::Rawtext => self.raw_text_end(start, name),
            RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => self.script_end(start, name),
        };
        let text = self.stretch_without_nul(start, end.unwrap_or(self.bytes.len()));
        self.emit_characters(text);
        self.end_raw(end);
    }

    fn end_raw(&mut self, end: Option<usize>) {
        match end {
            Some(end) => {
                self.at = end;
                self.tag(TagKind::EndTag, end + 2);
            }
            None => self.at = self.bytes.len(),
        }
    }

    /// Goes behind the text and the end tag of an element that is left out.
    pub(super) fn skip_raw(&mut self, name: &str) {
        let is_script = name == SCRIPT;
        let end = if is_script { self.script_end(self.at, name) } else { self.raw_text_end(self.at, name) };
        let behind = end.and_then(|end| self.rest(TagKind::EndTag, end + 2 + name.len()));
        self.at = behind.map_or(self.bytes.len(), |(behind, _)| behind);
    }

    /// What follows `<plaintext>` is text.
    pub(super) fn plaintext(&mut self) {
        self.emit_characters(self.stretch_without_nul(self.at, self.bytes.len()));
        self.at = self.bytes.len();
    }

    /// Text with character references.
    fn rcdata(&mut self, name: &str) {
        let (mut run, mut at) = (Run::new(self.at), self.at);
        let end = loop {
            let Some(next) = self.next_special(at) else { break None };
            at = next;
            match self.bytes[at] {
                b'&' => at = self.resolve(&mut run, at),
                b'<' if self.is_end_tag(at, name) => break Some(at),
                b'<' => at += 1,
                _ => {
                    run.replace(self, (at, at + 1), &['\u{fffd}']);
                    at += 1;
                }
            }
        };
        self.emit_text(run, end.unwrap_or(self.bytes.len()));
        self.end_raw(end);
    }

    /// Whether the end tag of that name stands there.
    fn is_end_tag(&self, at: usize, name: &str) -> bool {
        self.bytes[at + 1..].strip_prefix(b"/").is_some_and(|rest| starts_with_name(rest, name))
    }

    fn raw_text_end(&self, from: usize, name: &str) -> Option<usize> {
        let mut at = from;
        loop {
            at += memchr(b'<', &self.bytes[at..])?;
            if self.is_end_tag(at, name) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Where the end tag of a script stands.
    fn script_end(&self, from: usize, name: &str) -> Option<usize> {
        let (mut at, mut state, mut opened) = (from, Script::Plain, from);
        loop {
            let rest = &self.bytes[at..];
            at += if state == Script::Plain { memchr(b'<', rest) } else { memchr2(b'<', b'>', rest) }?;
            let (before, rest) = (&self.bytes[opened..at], &self.bytes[at..]);
            if rest[0] == b'>' {
                if before.ends_with(b"--") {
                    state = Script::Plain;
                }
            } else if state == Script::Plain && rest.starts_with(b"<!--") {
                // Its dashes may be those of the end, too.
                (state, opened) = (Script::Escaped, at + 2);
                at += 3;
            } else if state != Script::DoubleEscaped && self.is_end_tag(at, name) {
                return Some(at);
            } else if state == Script::Escaped && starts_with_name(&rest[1..], SCRIPT) {
                state = Script::DoubleEscaped;
                at += SCRIPT.len() + 1;
            } else if state == Script::DoubleEscaped && self.is_end_tag(at, SCRIPT) {
                state = Script::Escaped;
                at += SCRIPT.len() + 2;
            }
            at += 1;
        }
    }
}

/// Whether a text starts with the name of a tag, in letters of any case.
fn starts_with_name(text: &[u8], name: &str) -> bool {
    text.split_at_checked(name.len()).is_some_and(|(found, behind)| {
        found.eq_ignore_ascii_case(name.as_bytes()) && behind.first().is_some_and(|&byte| ends_name(byte))
    })
}
