//! Long things in pieces, so that no page is longer than a reader's patience.

use std::ops::Range;

/// What the part of a page that comes out of the archive may take, in bytes of HTML. With a piece of
/// [`PIECE`] above it and the frame, a page stays under 100 kB.
pub const ROOM: usize = 60_000;

/// The longest piece of text that is written at once, in characters.
pub const PIECE: usize = 2_000;

/// Cuts a row of pieces, given by their lengths, into pages. There is always one.
pub fn pages(lengths: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, length) in lengths.iter().enumerate() {
        if at > start && used + length > ROOM {
            out.push(start..at);
            (start, used) = (at, 0);
        }
        used += length;
    }
    if start < lengths.len() || out.is_empty() {
        out.push(start..lengths.len());
    }
    out
}

/// Cuts a text at blanks into pieces of at most [`PIECE`] characters.
pub fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(PIECE) {
        let cut = rest[..end].rfind(' ').filter(|at| *at > end / 2).map_or(end, |at| at + 1);
        out.push(&rest[..cut]);
        rest = &rest[cut..];
    }
    out.push(rest);
    out
}

/// The beginning of a text, with `…` where it was cut.
pub fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let end = text[..end].rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
            format!("{}…", &text[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_everything_once() {
        for lengths in [vec![], vec![1], vec![ROOM * 2], vec![ROOM, 1, ROOM - 1, 1, 5], vec![1000; 200]] {
            let cut = pages(&lengths);
            assert_eq!(
                cut.iter().flat_map(|range| range.clone()).collect::<Vec<_>>(),
                (0..lengths.len()).collect::<Vec<_>>()
            );
            for range in cut {
                let sum: usize = lengths[range.clone()].iter().sum();
                assert!(sum <= ROOM || range.len() == 1, "{range:?} of {lengths:?}");
            }
        }
    }

    #[test]
    fn pieces_are_the_text() {
        for text in ["", "kata", &"kata ".repeat(3000), &"日".repeat(9000), &"x".repeat(PIECE)] {
            let cut = pieces(text);
            assert_eq!(cut.concat(), text);
            assert!(cut.iter().all(|piece| piece.chars().count() <= PIECE));
        }
        assert_eq!(clip("Harga beras naik lagi", 14), "Harga beras…");
        assert_eq!(clip("Harga", 14), "Harga");
    }
}
