//! What a block of text says for or against being part of a story.

use super::caption;
use crate::extract::blocks::Piece;
use crate::model::{BlockKind, DraftBlock, is_letter, is_spaceless};

/// So much text beside the links is a sentence of its own.
const UNLINKED: f64 = 90.0;

/// What a block says for or against being part of a story.
pub(super) fn weight(piece: &Piece<'_>) -> f64 {
    let block = &piece.block;
    let chars = measure(&block.text);
    let linked = linked(block);
    // A number, a dot, an arrow, an address: a button, a counter, machine's talk. A rule of `___` parts
    // the sections of agency stories.
    let letters = block.text.chars().filter(|&c| is_letter(c)).take(2).count();
    let rule = block.text.chars().all(|c| c == '_');
    let address = block.text.starts_with("http") && !block.text.contains(' ');
    if block.kind != BlockKind::TableRow && ((letters < 2 && !rule) || address) {
        return -10.0;
    }
    if block.kind == BlockKind::Heading {
        // A heading that is a link leads to another story.
        return if linked > 0.8 { -10.0 } else { 0.0 };
    }
    // Mark-up that was printed as text.
    let printed = block.text.starts_with('<') && block.text.contains("=\"");
    if printed || is_placeholder(&block.text) {
        return -20.0;
    }
    if caption::is_caption(&block.text) {
        return -10.0;
    }
    if is_linked(block) {
        return -15.0 - chars.min(60.0) * 0.3;
    }
    let sentence = ends_sentence(&block.text);
    let unlinked = chars * (1.0 - linked);
    match block.kind {
        _ if chars >= 80.0 => unlinked.min(800.0),
        _ if sentence && chars >= 25.0 => unlinked,
        BlockKind::ListItem => 0.0,
        _ => -8.0,
    }
}

/// The share of a text that is linked.
#[expect(clippy::cast_precision_loss, reason = "lengths of texts are small")]
fn linked(block: &DraftBlock) -> f64 {
    block.link_chars as f64 / (block.text.chars().count().max(1)) as f64
}

/// Whether a text is a link, or nearly so. A sentence stays one, however much is linked in it.
pub(super) fn is_linked(block: &DraftBlock) -> bool {
    let linked = linked(block);
    linked > 0.6 && measure(&block.text) * (1.0 - linked) < UNLINKED
}

/// Whether a text is what a template should have replaced: `{{name}}`, `$$NAME$$`.
fn is_placeholder(text: &str) -> bool {
    let between = [("{{", "}}"), ("$$", "$$"), ("%%", "%%"), ("[[", "]]")];
    between.iter().any(|(open, close)| {
        let inside = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|name| !name.contains(char::is_whitespace))
    })
}

/// Length of a text; a character of a script without spaces counts for more.
pub(super) fn measure(text: &str) -> f64 {
    let (mut narrow, mut wide) = (0.0, 0.0);
    for c in text.chars() {
        if is_spaceless(c) {
            wide += 2.2;
        } else {
            narrow += 1.0;
        }
    }
    narrow + wide
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '“', '\'', '’', '»', ')', ']', '」', '』', ' ']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟', ';'])
}
