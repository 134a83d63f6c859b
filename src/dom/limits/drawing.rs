//! Drawings in a page: icons and logos are a tenth of its bytes and a third of its elements, and say
//! nothing to a reader of texts.

use memchr::memchr;

use super::SVG;
use super::names::{Name, name};
use super::tag::Tag;

/// What a drawing is made of (SVG 2, the elements without text). Whatever else stands in it, a link, a
/// text, a piece of HTML, keeps it as it is.
const SHAPES: [Name; 31] = [
    name("g"),
    name("path"),
    name("circle"),
    name("ellipse"),
    name("rect"),
    name("line"),
    name("polyline"),
    name("polygon"),
    name("defs"),
    name("use"),
    name("symbol"),
    name("clippath"),
    name("mask"),
    name("pattern"),
    name("marker"),
    name("lineargradient"),
    name("radialgradient"),
    name("stop"),
    name("title"),
    name("desc"),
    name("filter"),
    name("feflood"),
    name("feblend"),
    name("feoffset"),
    name("feimage"),
    name("femerge"),
    name("femergenode"),
    name("fecomposite"),
    name("fecolormatrix"),
    name("fegaussianblur"),
    name("animate"),
];

/// Where the end tag of an `<svg>` begins whose contents start there, when all of them are a drawing.
pub(in crate::dom) fn end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + memchr(b'<', &bytes[at..])?;
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_at = start + 1 + usize::from(closing);
        // A comment, CDATA, or text that looks like a tag.
        bytes.get(name_at).filter(|byte| byte.is_ascii_alphabetic())?;
        let tag = Tag::read(bytes, name_at);
        if closing && tag.name == SVG {
            return Some(start);
        }
        // A tag that the page's end cuts off leaves the page as it is.
        if !SHAPES.contains(&tag.name) || bytes[tag.end - 1] != b'>' {
            return None;
        }
        at = tag.end;
    }
}
