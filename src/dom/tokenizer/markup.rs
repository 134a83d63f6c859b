//! Comments and CDATA (the markup declaration open, comment, bogus comment and CDATA section states).

use html5ever::tokenizer::{Token, TokenSink};
use memchr::{memchr, memmem};

use super::Tokenizer;

impl<S: TokenSink> Tokenizer<'_, S> {
    /// What stands behind `<!`.
    pub(super) fn declaration(&mut self, at: usize) {
        let rest = &self.bytes[at..];
        if rest.starts_with(b"--") {
            self.comment(at + 2);
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            self.doctype(at + 7);
        } else if rest.starts_with(b"[CDATA[")
            && self.sink.adjusted_current_node_present_but_not_in_html_namespace()
        {
            self.cdata(at + 7);
        } else {
            self.bogus_comment(at);
        }
    }

    /// A comment whose text starts there.
    fn comment(&mut self, start: usize) {
        let rest = &self.bytes[start..];
        let abrupt = [&b">"[..], b"->"].into_iter().find(|end| rest.starts_with(end));
        if let Some(end) = abrupt {
            return self.emit_comment(start, start, start + end.len());
        }
        let mut at = start;
        while let Some(length) = memchr(b'>', &self.bytes[at..]) {
            at += length;
            let inside = &self.bytes[start..at];
            let end = [&b"--"[..], b"--!"].into_iter().find(|end| inside.ends_with(end));
            if let Some(end) = end {
                return self.emit_comment(start, at - end.len(), at + 1);
            }
            at += 1;
        }
        // What might have been the beginning of an end is none of its text.
        let end = [&b"--!"[..], b"--", b"-"].into_iter().find(|end| rest.ends_with(end));
        self.emit_comment(start, self.bytes.len() - end.map_or(0, <[u8]>::len), self.bytes.len());
    }

    /// What looks like a tag or a declaration and is none: a comment up to the next `>`.
    pub(super) fn bogus_comment(&mut self, start: usize) {
        let end = memchr(b'>', &self.bytes[start..]).map(|length| start + length);
        let length = self.bytes.len();
        self.emit_comment(start, end.unwrap_or(length), end.map_or(length, |end| end + 1));
    }

    fn emit_comment(&mut self, start: usize, end: usize, next: usize) {
        if self.passes_comment(next) {
            self.emit(Token::CommentToken(self.stretch_without_nul(start, end)));
        }
        self.at = next;
    }

    /// Text as it stands, in SVG and MathML.
    pub(super) fn cdata(&mut self, start: usize) {
        let end = memmem::find(&self.bytes[start..], b"]]>").map(|length| start + length);
        let (mut from, to) = (start, end.unwrap_or(self.bytes.len()));
        while let Some(length) = memchr(0, &self.bytes[from..to]) {
            self.emit_characters(self.stretch(from, from + length));
            self.emit(Token::NullCharacterToken);
            from += length + 1;
        }
        self.emit_characters(self.stretch(from, to));
        self.at = end.map_or(to, |end| end + 3);
    }
}
