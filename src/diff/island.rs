//! Island clean-up: `[-mampu-]{+berhasil+} [-menjaga-]{+menahan+}` reads better as one replacement,
//! and a lone "di" or comma between two long replacements is no news.

use super::token::{Kind, Piece};
use super::words::Hunk;

/// Joins hunks over small islands of kept text. A number, a quotation mark or the end of a
/// paragraph is never swallowed: they stay visibly kept.
pub(super) fn swallow(a: &[Piece], hunks: &[Hunk]) -> Vec<Hunk> {
    let mut out: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        let mut next = hunk.clone();
        while let Some(last) = out.last() {
            let gap = &a[last.a.end..next.a.start];
            let (left, right) = (weight(last), weight(&next));
            if !swallowed(gap, left.min(right)) {
                break;
            }
            next = Hunk { a: last.a.start..next.a.end, b: last.b.start..next.b.end };
            out.pop();
        }
        out.push(next);
    }
    out
}

/// A hunk counts only as a replacement: islands beside pure insertions stay.
fn weight(hunk: &Hunk) -> usize {
    hunk.a.len().min(hunk.b.len())
}

/// `beside` is the smaller of the two replacements, in pieces.
fn swallowed(gap: &[Piece], beside: usize) -> bool {
    let fixed = |p: &Piece| {
        matches!(p.kind, Kind::Number | Kind::Break) || matches!(p.key(), "\"" | "«" | "»" | "「" | "」")
    };
    if gap.iter().any(fixed) {
        return false;
    }
    let words = gap.iter().filter(|p| p.is_word()).count();
    let letters: usize = gap.iter().map(|p| p.text.chars().count()).sum();
    match words {
        0 => beside >= 2,
        1 if letters <= 4 => beside >= 2,
        n => beside >= 4 * n,
    }
}
