//! From a part of the tree to blocks of text, as a reader sees them.

use super::element::{is_block, is_break, is_drop_cap, is_invisible};
use super::run::{Run, at_blank_line, is_blank_line};
use crate::dom::{Node, Step};
use crate::model::{BlockKind, DraftBlock};

/// A block and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Piece<'d> {
    /// The block.
    pub(super) block: DraftBlock,
    /// The innermost block element around its text.
    pub(super) owner: Node<'d>,
    /// The owner's place in document order, counted from the root of the walk.
    pub(super) ordinal: usize,
}

/// Cuts everything inside `root` into blocks. `skip` is asked for each element, with its place in
/// document order (the root is 0); what it names is left out with all its contents.
pub(super) fn pieces<'d>(root: Node<'d>, mut skip: impl FnMut(Node<'d>, usize) -> bool) -> Vec<Piece<'d>> {
    let mut cutter = Cutter { out: Vec::new(), open: Vec::new(), run: Run::default(), links: 0 };
    let mut ordinal = 0usize;
    let mut skipping = None;
    for step in root.walk() {
        match step {
            Step::Enter(node) => {
                let here = ordinal;
                ordinal += 1;
                if skipping.is_none() {
                    if is_invisible(node.name()) || skip(node, here) {
                        cutter.enter_skipped(node);
                        skipping = Some(node);
                    } else {
                        cutter.enter(node, here);
                    }
                }
            }
            Step::Leave(node) if skipping == Some(node) => skipping = None,
            Step::Leave(node) if skipping.is_none() => cutter.leave(node),
            Step::Text(text) if skipping.is_none() => cutter.text(text),
            _ => {}
        }
    }
    cutter.flush();
    join_rows(cutter.out)
}

/// The text of an element without its line breaks, for bylines and the like.
pub(super) fn line(node: Node<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element is a gap between paragraphs by its class, as `<br><br>` is by its name.
fn is_gap(node: Node<'_>) -> bool {
    node.classes().any(|class| matches!(class, "br" | "linebreak" | "line-break" | "paragraph-break"))
        && node.child_elements().next().is_none()
        && node.raw_text().trim().is_empty()
}

struct Open<'d> {
    node: Node<'d>,
    ordinal: usize,
    kind: BlockKind,
}

struct Cutter<'d> {
    out: Vec<Piece<'d>>,
    open: Vec<Open<'d>>,
    run: Run,
    links: usize,
}

impl<'d> Cutter<'d> {
    fn enter(&mut self, node: Node<'d>, ordinal: usize) {
        let name = node.name();
        if ordinal == 0 && !is_block(name) {
            // A rule may name an inline element: its text is a block all the same.
            self.open.push(Open { node, ordinal, kind: BlockKind::Paragraph });
        }
        match name {
            "br" => self.run.line_break(),
            // An empty element that only style sheets make a line of its own: it parts paragraphs.
            "span" | "i" if is_gap(node) => self.flush(),
            "span" if is_break(node) => self.run.line_break(),
            "a" => self.links += 1,
            _ if is_block(name) => {
                self.flush();
                let around = self.open.last().map_or(BlockKind::Paragraph, |open| open.kind);
                let kind = match name {
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
                    "blockquote" => BlockKind::Quote,
                    "li" | "dd" | "dt" => BlockKind::ListItem,
                    "pre" => BlockKind::Preformatted,
                    _ => around,
                };
                self.open.push(Open { node, ordinal, kind });
                self.run.preformatted = kind == BlockKind::Preformatted;
            }
            _ => {}
        }
        if self.run.broken() {
            self.flush();
        }
    }

    /// An element that is left out still parts the text around it, if it is a box.
    fn enter_skipped(&mut self, node: Node<'d>) {
        if is_block(node.name()) && !matches!(node.name(), "template") {
            self.flush();
        }
    }

    fn leave(&mut self, node: Node<'d>) {
        match node.name() {
            "a" => self.links = self.links.saturating_sub(1),
            name if is_block(name) => {
                self.flush();
                self.open.pop();
                self.run.preformatted =
                    self.open.last().is_some_and(|open| open.kind == BlockKind::Preformatted);
            }
            _ if self.run.is_letter() && is_drop_cap(node) => self.run.join_letter(),
            _ => {}
        }
    }

    /// Text that stands in no paragraph of its own was typed as it is: a blank line between two
    /// pieces of it parts them, although no browser shows it (WordPress leaves text beside blocks so).
    fn text(&mut self, text: &str) {
        let bare = self.links == 0
            && self.open.last().is_some_and(|open| {
                open.kind != BlockKind::Preformatted
                    && matches!(open.node.name(), "div" | "article" | "section")
            });
        let bare = bare && !text.trim().is_empty();
        // Beside an inline element the blank line stands at the edge of the text.
        if bare && is_blank_line(&text[..text.len() - text.trim_start().len()]) {
            self.flush();
        }
        let mut rest = text;
        while let Some((before, behind)) = bare.then(|| at_blank_line(rest)).flatten() {
            self.run.push(before, false);
            self.flush();
            rest = behind;
        }
        self.run.push(rest, self.links > 0);
        if bare && is_blank_line(&text[text.trim_end().len()..]) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let (text, link_chars) = self.run.take();
        if let (false, Some(open)) = (text.is_empty(), self.open.last()) {
            let block = DraftBlock { kind: open.kind, text, link_chars };
            self.out.push(Piece { block, owner: open.node, ordinal: open.ordinal });
        }
    }
}

/// Joins the cells of a table's row, where each cell is a short text of its own.
fn join_rows(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let row = |piece: &Piece<'_>| {
            matches!(piece.owner.name(), "td" | "th").then(|| piece.owner.parent().map(Node::id)).flatten()
        };
        if let Some(last) = out.last_mut()
            && row(last).is_some()
            && row(last) == row(&piece)
            && last.owner != piece.owner
        {
            last.block.kind = BlockKind::TableRow;
            last.block.text.push_str(" | ");
            last.block.text.push_str(&piece.block.text);
            last.block.link_chars += piece.block.link_chars;
            last.owner = piece.owner;
            continue;
        }
        out.push(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::Document;

    fn texts(html: &str) -> Vec<(String, &'static str, usize)> {
        let doc = Document::parse(html);
        let pieces = pieces(doc.root(), |node, _| node.attr("class") == Some("iklan"));
        pieces.into_iter().map(|p| (p.block.text, p.block.kind.as_str(), p.block.link_chars)).collect()
    }

    #[test]
    fn blank_lines_part_text_that_stands_in_no_paragraph() {
        let text = |html: &str| -> Vec<String> {
            let doc = Document::parse(html);
            pieces(doc.root(), |_, _| false).into_iter().map(|piece| piece.block.text).collect()
        };
        assert_eq!(
            text("<div>Satu.\n \nDua <b>tebal</b>.\n\nTiga.\n\n</div>"),
            ["Satu.", "Dua tebal.", "Tiga."]
        );
        assert_eq!(text("<div>\n\n  Satu\n dua\n\n</div>"), ["Satu dua"]);
        assert_eq!(text("<p>Satu\n\ndua.</p>"), ["Satu dua."]);
    }

    #[test]
    fn an_inline_element_that_a_rule_names_is_a_block() {
        let doc = Document::parse("<div><strong class=a>Satu <a href=x>dua</a></strong></div>");
        let strong = doc.first(&crate::dom::Selector::parse(".a").unwrap()).unwrap();
        let found: Vec<String> =
            pieces(strong, |_, _| false).into_iter().map(|piece| piece.block.text).collect();
        assert_eq!(found, ["Satu dua"]);
    }

    #[test]
    fn a_large_first_letter_belongs_to_its_word() {
        let letter = |letter: &str, rest: &str| {
            format!("<p><span class='x-dropcap'>{letter}</span> <b>{rest}</b></p>")
        };
        for (html, text) in [
            (letter("S", "aksi melihat api."), "Saksi melihat api."),
            (letter("A", "witness saw fire."), "A witness saw fire."),
            (letter("S", "Aksi."), "S Aksi."),
            ("<p><span>S</span> aksi</p>".to_owned(), "S aksi"),
        ] {
            assert_eq!(texts(&html), [(text.to_owned(), "p", 0)], "{html}");
        }
    }

    #[test]
    fn an_empty_element_may_be_a_line_break() {
        let long = "Warga desa menanam seribu pohon di lereng gunung pada hari Minggu pagi.";
        let html = format!("<div>{long}<span class='x br'></span>{long}<span class=br>a</span></div>");
        let found: Vec<String> = texts(&html).into_iter().map(|(text, ..)| text).collect();
        assert_eq!(found, [long.to_owned(), format!("{long}a")]);
    }

    #[test]
    fn the_tree_is_cut_into_blocks() {
        for (html, expected) in [
            ("<p>satu <b>dua</b>\n tiga<p>empat", vec![("satu dua tiga", "p", 0), ("empat", "p", 0)]),
            ("<div>a<span class='x br'></span>b</div>", vec![("a", "p", 0), ("b", "p", 0)]),
            ("<div>a<br>b<br><br>c</div>", vec![("a b", "p", 0), ("c", "p", 0)]),
            ("<h2>J</h2><ul><li>x<li><p>y</ul>", vec![("J", "h", 0), ("x", "li", 0), ("y", "li", 0)]),
            ("<blockquote><p>q</blockquote><pre>a\n  b</pre>", vec![("q", "q", 0), ("a\nb", "pre", 0)]),
            ("<p>a <a href=x>bc</a></p>", vec![("a bc", "p", 2)]),
            ("<p>a<span class=iklan>beli</span>b</p><div class=iklan>x</div>", vec![("ab", "p", 0)]),
            ("<p>a<script>x</script>b", vec![("ab", "p", 0)]),
            ("<table><tr><td>a<td>b<tr><td>c</table>", vec![("a | b", "tr", 0), ("c", "p", 0)]),
            ("", vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(t, k, l)| (t.to_owned(), k, l)).collect();
            assert_eq!(texts(html), expected, "{html}");
        }
    }
}
