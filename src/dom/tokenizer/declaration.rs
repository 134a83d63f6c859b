//! `<!DOCTYPE …>` (the states from DOCTYPE to bogus DOCTYPE).

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Doctype, Token, TokenSink};
use memchr::{memchr, memchr2};

use super::{BLANK, TAG_END, Tokenizer};

/// The page ends, or something stands there that a doctype has no place for: quirks are wanted, unless it
/// follows the whole of it.
enum Stray {
    End,
    Text { quirks: bool },
}

impl<S: TokenSink> Tokenizer<'_, S> {
    /// The doctype behind that word.
    pub(super) fn doctype(&mut self, at: usize) {
        let mut doctype = Doctype::default();
        self.at = at;
        match self.doctype_parts(&mut doctype) {
            Ok(()) => {}
            Err(Stray::End) => {
                doctype.force_quirks = true;
                self.at = self.bytes.len();
            }
            Err(Stray::Text { quirks }) => {
                doctype.force_quirks = quirks;
                let end = memchr(b'>', &self.bytes[self.at..]);
                self.at = end.map_or(self.bytes.len(), |length| self.at + length + 1);
            }
        }
        self.emit(Token::DoctypeToken(doctype));
    }

    /// Goes behind the `>`.
    fn doctype_parts(&mut self, doctype: &mut Doctype) -> Result<(), Stray> {
        if self.next_part()? == b'>' {
            return Err(Stray::Text { quirks: true });
        }
        let end = self.find(self.at, BLANK | TAG_END);
        let name = self.text[self.at..end].to_ascii_lowercase().replace('\0', "\u{fffd}");
        doctype.name = Some(StrTendril::from(name));
        self.at = end;
        if self.ends()? {
            return Ok(());
        }
        let word = self.bytes[self.at..].get(..6).map(<[u8]>::to_ascii_lowercase);
        match word.as_deref() {
            Some(b"public") => {
                self.at += 6;
                self.quotation(&mut doctype.public_id)?;
                if self.ends()? {
                    return Ok(());
                }
            }
            Some(b"system") => self.at += 6,
            _ => return Err(Stray::Text { quirks: true }),
        }
        self.quotation(&mut doctype.system_id)?;
        if self.ends()? { Ok(()) } else { Err(Stray::Text { quirks: false }) }
    }

    /// The first letter of what follows behind blanks.
    fn next_part(&mut self) -> Result<u8, Stray> {
        self.at = self.skip_blanks(self.at);
        self.bytes.get(self.at).copied().ok_or(Stray::End)
    }

    /// Whether the end follows; goes behind it.
    fn ends(&mut self) -> Result<bool, Stray> {
        let ends = self.next_part()? == b'>';
        self.at += usize::from(ends);
        Ok(ends)
    }

    fn quotation(&mut self, into: &mut Option<StrTendril>) -> Result<(), Stray> {
        let quote = self.next_part()?;
        if !matches!(quote, b'"' | b'\'') {
            return Err(Stray::Text { quirks: true });
        }
        let start = self.at + 1;
        let end = memchr2(quote, b'>', &self.bytes[start..]).map(|length| start + length);
        *into = Some(self.stretch_without_nul(start, end.unwrap_or(self.bytes.len())));
        self.at = end.ok_or(Stray::End)?;
        if self.bytes[self.at] == b'>' {
            return Err(Stray::Text { quirks: true });
        }
        self.at += 1;
        Ok(())
    }
}
