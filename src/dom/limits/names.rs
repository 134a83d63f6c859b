//! Names of elements, and the groups that the HTML standard puts them in.

/// The name of an element: up to 16 bytes in lower case. Longer names may collide, which only
/// makes the count of the depth less exact.
pub(super) type Name = u128;

pub(super) const fn name(text: &str) -> Name {
    name_of(text.as_bytes())
}

pub(super) const fn name_of(bytes: &[u8]) -> Name {
    let (mut out, mut i) = (0, 0);
    while i < bytes.len() && i < 16 {
        out = out << 8 | bytes[i].to_ascii_lowercase() as u128;
        i += 1;
    }
    out
}

/// A short name as text again.
pub(super) fn text_of(name: Name) -> String {
    name.to_be_bytes().into_iter().filter(|&b| b != 0).map(char::from).collect()
}

macro_rules! names {
    ($($constant:ident = [$($text:literal),+ $(,)?];)+) => {
        $(pub(super) const $constant: &[Name] = &[$(name($text)),+];)+
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
    CLOSES_P = [
        "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset",
        "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
        "dd", "dt", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul", "table",
    ];
}
