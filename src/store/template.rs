//! What two pages of a site have in common: the reference that further pages are packed with.
//!
//! A whole page as the reference would save 15 % more, but then the text of one article would be
//! needed to unpack all the others, and could not be taken out. Here every piece stands in the pages
//! of two different articles, so that it is the site's, not an article's.

use std::collections::HashSet;

/// Longer pieces are cut: scripts and styles can be one line of a megabyte.
const LONGEST: usize = 2000;

/// The pieces of a page that another page has, too, in the order of the first.
pub(super) fn common(page: &[u8], other: &[u8]) -> Vec<u8> {
    let others: HashSet<&[u8]> = Pieces(other).collect();
    let mut shared = Vec::with_capacity(page.len() / 2);
    for piece in Pieces(page).filter(|piece| others.contains(piece)) {
        shared.extend_from_slice(piece);
    }
    shared
}

/// A page in pieces that begin at `<`, `"`, `,` or a line break, and end behind `>`. This cuts tags
/// from text and values from attributes in every encoding that holds ASCII.
struct Pieces<'a>(&'a [u8]);

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let first = *self.0.first()?;
        let mut before = first;
        let inside = self.0.iter().skip(1).take(LONGEST - 1).take_while(|&&byte| {
            let goes_on = before != b'>' && !matches!(byte, b'<' | b'"' | b',' | b'\n');
            before = byte;
            goes_on
        });
        let (piece, rest) = self.0.split_at(1 + inside.count());
        self.0 = rest;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(page: &str) -> Vec<&str> {
        Pieces(page.as_bytes()).map(|piece| std::str::from_utf8(piece).unwrap()).collect()
    }

    #[test]
    fn pieces_are_tags_texts_and_values() {
        assert_eq!(
            pieces("<p class=\"a b\">Kata, lain</p>\nx"),
            ["<p class=", "\"a b", "\">", "Kata", ", lain", "</p>", "\nx"]
        );
        assert_eq!(pieces(""), [""; 0]);
        assert_eq!(pieces(&"a".repeat(4500)).iter().map(|p| p.len()).collect::<Vec<_>>(), [2000, 2000, 500]);
    }

    #[test]
    fn only_what_both_pages_have_is_shared() {
        let page = |text: &str| {
            format!("<html><title>{text}</title><nav class=\"menu\">Beranda</nav><p>{text} tewas</p>")
        };
        let shared = common(page("Gempa").as_bytes(), page("Banjir").as_bytes());
        let shared = String::from_utf8(shared).unwrap();
        assert_eq!(shared, "<html><title></title><nav class=\"menu\">Beranda</nav><p></p>");
    }

    proptest::proptest! {
        #[test]
        fn the_pieces_of_a_page_are_the_page(page in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
            let whole: Vec<u8> = Pieces(&page).flatten().copied().collect();
            proptest::prop_assert_eq!(&whole, &page);
            proptest::prop_assert_eq!(common(&page, &page), page);
        }
    }
}
