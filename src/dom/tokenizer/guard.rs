//! What the limits say of a tag, a comment, a drawing.

use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink};

use super::Tokenizer;
use crate::dom::limits::names::{Name, text_of};
use crate::dom::limits::{Called, Verdict, drawing};

impl<S: TokenSink> Tokenizer<'_, S> {
    /// Whether the tree builder may see a tag that starts there and was read.
    pub(super) fn passes(&mut self, kind: TagKind, start: usize, name: &LocalName, called: Called) -> bool {
        let Some(limits) = &mut self.limits else { return true };
        if kind == TagKind::EndTag {
            let passes = limits.end(called);
            if !passes {
                self.cut(start..self.at);
            }
            return passes;
        }
        match limits.start(called) {
            Verdict::Keep => return true,
            Verdict::KeepBehind(open) => {
                self.close(start, &open);
                return true;
            }
            Verdict::Drop => {}
            Verdict::DropWithText => self.skip_raw(name),
        }
        self.cut(start..self.at);
        false
    }

    /// Ends elements before what stands there.
    fn close(&mut self, start: usize, open: &[Name]) {
        for name in open.iter().copied().map(text_of) {
            let tag = Tag {
                kind: TagKind::EndTag,
                name: LocalName::from(&*name),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            };
            self.emit(Token::TagToken(tag));
            if let Some(cuts) = &mut self.cuts {
                cuts.insert(start, format!("</{name}>"));
            }
        }
    }

    /// Whether the tree builder may see one more comment, which ends there.
    pub(super) fn passes_comment(&mut self, end: usize) -> bool {
        let passes = self.limits.as_mut().is_none_or(|limits| !limits.is_one_too_many());
        if !passes {
            self.cut(self.at..end);
        }
        passes
    }

    /// Goes to the end of a drawing whose start tag was just read.
    pub(super) fn skip_drawing(&mut self, called: Called) {
        if self.limits.as_ref().is_some_and(|limits| limits.opened_drawing(called))
            && let Some(end) = drawing::end(self.bytes, self.at)
        {
            self.cut(self.at..end);
            self.at = end;
        }
    }
}
