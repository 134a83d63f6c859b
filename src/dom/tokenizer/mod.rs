//! The tokenizer: a page's text → tokens, by the rules of the HTML standard (§13.2.5), handed to
//! html5ever's own tree builder.
//!
//! html5ever's tokenizer takes a text letter by letter through one state after the other, which is four
//! fifths of what parsing costs. This one looks for the next byte that means something (`memchr`), hands
//! out stretches of the page without copying them, and keeps to the same rules: each function here is a
//! group of the standard's states, and the tests hold every tree against html5ever's.

mod attributes;
#[cfg(test)]
mod cases;
mod cuts;
mod data;
mod declaration;
mod guard;
#[cfg(test)]
mod html5lib_tests;
mod markup;
mod names;
mod raw;
mod reference;
mod run;
mod spare;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult};
use memchr::memchr;

use cuts::Cuts;
use names::Names;
use run::Room;
pub(super) use spare::Spare;

use super::limits::Limits;

/// Texts up to this length stand in a tendril itself (bytes).
const INLINE: usize = 8;
/// U+FEFF.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Hands all tokens of a page to a sink, but for what lies beyond the limits, and gives the sink back.
/// Linear in the length of the page.
pub(super) fn feed<S: TokenSink>(html: &str, sink: S, limits: Option<Limits>, spare: &Spare) -> S {
    let page = StrTendril::from_slice(&without_carriage_returns(html));
    let mut tokenizer = Tokenizer::new(&page, sink, spare);
    tokenizer.limits = limits;
    tokenizer.run();
    tokenizer.names.put_back();
    tokenizer.sink
}

/// A page without what lies beyond the limits.
pub(super) fn limited<S: TokenSink>(html: &str, sink: S, spare: &Spare) -> String {
    let page = StrTendril::from_slice(&without_carriage_returns(html));
    let mut tokenizer = Tokenizer::new(&page, sink, spare);
    tokenizer.limits = Some(Limits::default());
    tokenizer.cuts = Some(Cuts::default());
    tokenizer.run();
    tokenizer.cuts.unwrap_or_default().applied(&page)
}

/// A text that stands in no page, with its character references resolved; `<` means nothing in it.
pub(super) fn without_references(text: &str) -> String {
    let text = without_carriage_returns(text);
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text);
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for (at, _) in text.match_indices('&') {
        if let Some(found) = (at >= from).then(|| reference::read(text, at + 1, false)).flatten() {
            out.extend(text[from..at].chars().filter(|&c| c != '\0').chain(found.chars().iter().copied()));
            from = found.end;
        }
    }
    out.extend(text[from..].chars().filter(|&c| c != '\0'));
    out
}

/// Line ends as the standard wants them before anything else happens: CR LF and CR are LF.
fn without_carriage_returns(html: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\r', html.as_bytes()) else { return Cow::Borrowed(html) };
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    let mut next = Some(first);
    while let Some(at) = next {
        out.push_str(&rest[..at]);
        out.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
        next = memchr(b'\r', rest.as_bytes());
    }
    out.push_str(rest);
    Cow::Owned(out)
}

struct Tokenizer<'p, S> {
    page: &'p StrTendril,
    text: &'p str,
    bytes: &'p [u8],
    at: usize,
    /// Whether there are NUL characters, which no page has after its decoding.
    has_nul: bool,
    names: Names,
    limits: Option<Limits>,
    /// What the limits take out; only kept when somebody asks.
    cuts: Option<Cuts>,
    spare: &'p Spare,
    room: Room,
    sink: S,
}

impl<'p, S: TokenSink> Tokenizer<'p, S> {
    fn new(page: &'p StrTendril, sink: S, spare: &'p Spare) -> Self {
        let (text, bytes): (&str, &[u8]) = (page, page.as_bytes());
        let has_nul = memchr(0, bytes).is_some();
        let names = Names::taken();
        let (limits, cuts, room) = (None, None, Room::default());
        Self { page, text, bytes, at: 0, has_nul, names, limits, cuts, spare, room, sink }
    }

    fn run(&mut self) {
        self.skip_mark();
        while self.at < self.bytes.len() {
            self.data();
        }
        self.emit(Token::EOFToken);
        self.sink.end();
    }

    /// Notes that a stretch is left out.
    fn cut(&mut self, range: Range<usize>) {
        if let Some(cuts) = &mut self.cuts {
            cuts.cut(range);
        }
    }

    /// Hands over a token that is no start or end tag.
    fn emit(&self, token: Token) {
        let _ = self.sink.process_token(token, 1);
    }

    /// Hands over a text, unless there is none.
    fn emit_characters(&self, text: StrTendril) {
        if !text.is_empty() {
            self.emit(Token::CharacterTokens(text));
        }
    }

    /// A stretch of the page, shared with it.
    fn stretch(&self, from: usize, to: usize) -> StrTendril {
        if to - from <= INLINE {
            return StrTendril::from_slice(&self.text[from..to]);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a tendril is never longer than 4 GB")]
        self.page.subtendril(from as u32, (to - from) as u32)
    }

    /// The same, with U+FFFD for each NUL.
    fn stretch_without_nul(&self, from: usize, to: usize) -> StrTendril {
        if self.has_nul && memchr(0, &self.bytes[from..to]).is_some() {
            return StrTendril::from_slice(&self.text[from..to].replace('\0', "\u{fffd}"));
        }
        self.stretch(from, to)
    }

    /// html5ever drops a byte order mark at the start, and after each tag at which it stops.
    fn skip_mark(&mut self) {
        if self.bytes[self.at..].starts_with(BYTE_ORDER_MARK.as_bytes()) {
            self.at += BYTE_ORDER_MARK.len();
        }
    }

    /// Goes on in the way that the tree builder wants after a tag.
    fn go_on(&mut self, wanted: TokenSinkResult<S::Handle>, name: &str) {
        match wanted {
            TokenSinkResult::Continue => {}
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => self.skip_mark(),
            TokenSinkResult::Plaintext => self.plaintext(),
            TokenSinkResult::RawData(kind) => {
                if let Some(limits) = &mut self.limits {
                    limits.opened_text();
                }
                self.raw(kind, name);
            }
        }
    }

    /// The first place from there on where a byte of some kinds stands; the page's end, when there is none.
    fn find(&self, from: usize, kinds: u8) -> usize {
        let mut at = from;
        while let Some(&byte) = self.bytes.get(at) {
            if BYTES[usize::from(byte)] & kinds != 0 {
                break;
            }
            at += 1;
        }
        at
    }

    fn skip_blanks(&self, from: usize) -> usize {
        self.find(from, WORD)
    }
}

/// Kinds of bytes: white space; what ends the name of a tag beside it; the sign between an attribute's name
/// and its value; all but white space.
const BLANK: u8 = 1;
const TAG_END: u8 = 2;
const SLASH: u8 = 4;
const EQUALS: u8 = 8;
const WORD: u8 = 16;
/// What ends the name of a tag.
const NAME_END: u8 = BLANK | TAG_END | SLASH;

/// The kinds of each byte.
static BYTES: [u8; 256] = {
    let mut kinds = [WORD; 256];
    let (mut at, blanks) = (0, b"\t\n\x0c ");
    while at < blanks.len() {
        kinds[blanks[at] as usize] = BLANK;
        at += 1;
    }
    kinds[b'>' as usize] |= TAG_END;
    kinds[b'/' as usize] |= SLASH;
    kinds[b'=' as usize] |= EQUALS;
    kinds
};

/// Whether this byte ends the name of a tag.
fn ends_name(byte: u8) -> bool {
    BYTES[usize::from(byte)] & NAME_END != 0
}
