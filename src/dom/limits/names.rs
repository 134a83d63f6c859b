//! Names of elements, and the groups that the HTML standard puts them in.

use crate::dom::names::{number, slot};

/// The name of an element: up to 16 bytes in lower case. Longer names may collide, which only
/// makes the count of the depth less exact.
pub(in crate::dom) type Name = u128;

pub(super) const fn name(text: &str) -> Name {
    name_of(text.as_bytes())
}

/// All bytes are brought to lower case at once: each sum has its highest bit set where the byte is not
/// before `A`, or behind `Z`.
pub(super) const fn name_of(bytes: &[u8]) -> Name {
    const EACH: u128 = u128::MAX / 0xff;
    let name = number(bytes);
    let low = name & (EACH * 0x7f);
    let from_a = low + EACH * (0x80 - b'A' as u128);
    let behind_z = low + EACH * (0x7f - b'Z' as u128);
    let capitals = from_a & !behind_z & !name & (EACH * 0x80);
    name | capitals >> 2
}

/// A short name as text again.
pub(in crate::dom) fn text_of(name: Name) -> String {
    name.to_le_bytes().into_iter().filter(|&b| b != 0).map(char::from).collect()
}

/// The groups that a name is in, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::dom) struct Kinds(u16);

impl Kinds {
    /// Whether it is in a group.
    pub(super) const fn is(self, group: Self) -> bool {
        self.0 & group.0 != 0
    }

    /// In any of two groups.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Slots of the table of names; a power of two, three times as many as there are names.
const SLOTS: usize = 512;

/// The groups of a name.
pub(super) const fn kinds(name: Name) -> Kinds {
    let mut at = slot(name, SLOTS);
    loop {
        let (known, kinds) = NAMES[at];
        if known == name {
            return kinds;
        }
        if known == 0 {
            return Kinds(0);
        }
        at = (at + 1) % SLOTS;
    }
}

macro_rules! names {
    ($($constant:ident = [$($text:literal),+ $(,)?];)+) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "the names of the groups below")]
        #[repr(u16)]
        enum Group { $($constant),+ }

        impl Kinds {
            $(pub(super) const $constant: Self = Self(1 << Group::$constant as u16);)+
        }

        /// All names with their groups, each near its slot.
        static NAMES: [(Name, Kinds); SLOTS] = {
            let mut table = [(0, Kinds(0)); SLOTS];
            $(
                let mut list: &[&str] = &[$($text),+];
                while let [text, rest @ ..] = list {
                    let name = name(text);
                    let mut at = slot(name, SLOTS);
                    while table[at].0 != 0 && table[at].0 != name {
                        at = (at + 1) % SLOTS;
                    }
                    table[at] = (name, table[at].1.or(Kinds::$constant));
                    list = rest;
                }
            )+
            table
        };
    };
}

names! {
    VOID = ["area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
    RAW = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];
    FORMATTING = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];
    // An end tag does not reach past these (the standard's "scope").
    BARRIER = ["table", "td", "th", "caption", "template", "object", "marquee", "applet", "svg", "math"];
    // They end what is open up to the element of their name, wherever that stands within the scope.
    BLOCK = [
        "address", "article", "aside", "blockquote", "button", "center", "details", "dialog", "dir", "div", "dl",
        "fieldset", "figcaption", "figure", "footer", "header", "hgroup", "listing", "main", "menu", "nav", "ol",
        "pre", "search", "section", "summary", "ul", "p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
        "select", "template", "object", "marquee", "applet",
    ];
    // The end tag of any other element does not reach past these.
    SPECIAL = [
        "address", "applet", "article", "aside", "blockquote", "button", "caption", "center", "colgroup", "dd",
        "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "li", "listing", "main", "marquee", "menu", "nav",
        "object", "ol", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
        "template", "tfoot", "th", "thead", "tr", "ul", "mi", "mo", "mn", "ms", "mtext", "annotation-xml",
        "foreignobject", "desc", "title",
    ];
    // Further ones in a document are ignored, and its end does not come before the page's.
    ONCE = ["html", "head", "body"];
    TABLE = ["table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"];
    // Most rules of HTML do not hold inside of these.
    FOREIGN = ["svg", "math"];
    CLOSES_P = [
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
        "dd", "dt", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul", "table",
    ];
}
