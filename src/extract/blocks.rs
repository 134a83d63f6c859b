//! From a part of the tree to blocks of text, as a reader sees them.

use super::element::{is_break, is_drop_cap, letter_before};
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
    let mut cutter = Cutter { out: Vec::new(), open: Vec::new(), run: Run::default(), links: 0, bold: 0 };
    let mut ordinal = 0usize;
    let mut skipping = None;
    for step in root.walk() {
        match step {
            Step::Enter(node) => {
                let here = ordinal;
                ordinal += 1;
                if skipping.is_none() {
                    if node.is_unseen() || skip(node, here) {
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
    bold: usize,
}

impl<'d> Cutter<'d> {
    fn enter(&mut self, node: Node<'d>, ordinal: usize) {
        let name = node.name();
        if ordinal == 0 && !node.is_block() {
            // A rule may name an inline element: its text is a block all the same.
            self.open.push(Open { node, ordinal, kind: BlockKind::Paragraph });
        }
        match name {
            // A line that is bold as a whole stands over the text behind it.
            "br" if self.bold == 0 && self.run.is_bold_line() => self.flush(),
            "br" => self.run.line_break(),
            // An empty element that only style sheets make a line of its own: it parts paragraphs.
            "span" | "i" if is_gap(node) => self.flush(),
            "span" if is_break(node) => self.run.line_break(),
            "a" => self.links += 1,
            "b" | "strong" => self.bold += 1,
            _ if node.is_block() => self.enter_box(node, ordinal),
            _ => {}
        }
        if self.run.broken() {
            self.flush();
        }
    }

    /// A box starts a block of its own. A large first letter that stands before a paragraph belongs to it.
    fn enter_box(&mut self, node: Node<'d>, ordinal: usize) {
        let letter = if node.name() == "p" { letter_before(node) } else { None };
        let letter = letter.filter(|letter| ordinal == 0 || self.run.is(*letter));
        if letter.is_some() {
            self.run = Run::default();
        }
        self.flush();
        let around = self.open.last().map_or(BlockKind::Paragraph, |open| open.kind);
        let kind = match node.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "blockquote" => BlockKind::Quote,
            "li" | "dd" | "dt" => BlockKind::ListItem,
            "pre" => BlockKind::Preformatted,
            _ => around,
        };
        self.open.push(Open { node, ordinal, kind });
        self.run.preformatted = kind == BlockKind::Preformatted;
        if let Some(letter) = letter {
            self.run.push(letter.encode_utf8(&mut [0; 4]), false, false);
            self.run.join_letter();
        }
    }

    /// An element that is left out still parts the text around it, if it is a box.
    fn enter_skipped(&mut self, node: Node<'d>) {
        if node.is_block() && !matches!(node.name(), "template") {
            self.flush();
        }
    }

    fn leave(&mut self, node: Node<'d>) {
        match node.name() {
            "a" => self.links = self.links.saturating_sub(1),
            "b" | "strong" => self.bold = self.bold.saturating_sub(1),
            _ if node.is_block() => {
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
            self.run.push(before, false, self.bold > 0);
            self.flush();
            rest = behind;
        }
        self.run.push(rest, self.links > 0, self.bold > 0);
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
mod tests;
