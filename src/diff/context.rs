//! Where a piece stands: at the start of a sentence, between quotation marks.

use super::script::{Class, class};
use super::token::{Kind, Piece};

/// What the place of a piece tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The first word of a sentence.
    pub opens: bool,
    /// Between quotation marks.
    pub quoted: bool,
    /// Is itself a quotation mark.
    pub quote_mark: bool,
}

/// The place of every piece of one paragraph (or of several, with breaks between).
pub(super) fn places(pieces: &[Piece]) -> Vec<Place> {
    let mut out = Vec::with_capacity(pieces.len());
    let (mut double, mut single, mut opens) = (false, false, true);
    for (i, piece) in pieces.iter().enumerate() {
        let mut place = Place { opens: false, quoted: double || single, quote_mark: false };
        let first = piece.text.chars().next().unwrap_or(' ');
        match piece.kind {
            Kind::Break => {
                (double, single, opens) = (false, false, true);
                place.quoted = false;
            }
            Kind::Word | Kind::Number => {
                place.opens = opens;
                opens = false;
            }
            Kind::Mark => match class(first) {
                Class::Quote => {
                    place.quote_mark = true;
                    double = match first {
                        '\u{201c}' | '\u{201e}' | '「' | '『' => true,
                        '\u{201d}' | '」' | '』' => false,
                        _ => !double,
                    };
                    // What is said starts with a sentence of its own.
                    opens |= double;
                }
                Class::Apostrophe => {
                    let next = pieces.get(i + 1);
                    let starts = (i == 0 || piece.space || pieces[i - 1].kind == Kind::Mark)
                        && next.is_some_and(|next| !next.space && next.kind != Kind::Break);
                    place.quote_mark = single || starts;
                    single = !single && starts;
                    opens |= single;
                }
                _ if matches!(first, '.' | '!' | '?' | '…' | ':' | '•' | '。') => {
                    opens = !(first == '.' && i > 0 && shortened(&pieces[i - 1]));
                }
                _ => {}
            },
        }
        out.push(place);
    }
    out
}

/// A title or an initial: its dot ends no sentence.
fn shortened(piece: &Piece) -> bool {
    const SHORT: [&str; 20] = [
        "dr", "drs", "prof", "ir", "h", "hj", "kh", "mr", "mrs", "ms", "st", "gen", "lt", "col", "sen",
        "rep", "gov", "no", "jl", "kab",
    ];
    let word = piece.text.to_lowercase();
    SHORT.contains(&word.as_str()) || word.chars().count() == 1 && piece.kind == Kind::Word
}

#[cfg(test)]
mod tests {
    use super::super::token::pieces;
    use super::*;

    fn words(text: &str, pick: fn(&Place) -> bool) -> String {
        let pieces = pieces(text);
        let chosen = pieces.iter().zip(places(&pieces)).filter(|(_, place)| pick(place));
        chosen.map(|(piece, _)| piece.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn quoted_words_are_known_whatever_the_marks() {
        for (text, quoted) in [
            ("Dia berkata, \"Kami siap\" lalu pergi", "Kami siap \""),
            ("Dia berkata, “Kami siap” lalu pergi", "Kami siap ”"),
            ("Dia berkata, 'Kami siap' lalu pergi", "Kami siap '"),
            ("Kabar 'baik' dari Jum'at", "baik '"),
            ("\"Tanpa akhir", "Tanpa akhir"),
            ("rock 'n roll dan Jakarta's", "n roll dan Jakarta's"),
            ("lima’ kata", ""),
        ] {
            assert_eq!(words(text, |p| p.quoted), quoted, "{text}");
        }
    }

    #[test]
    fn sentences_open_where_a_reader_sees_it() {
        for (text, opening) in [
            ("Hujan turun. Jalan tutup! Kata dia: \"Kami siap.\" Lalu pergi", "Hujan Jalan Kata Kami Lalu"),
            ("Dr. Siti dan H. Ali datang", "Dr"),
        ] {
            assert_eq!(words(text, |p| p.opens), opening, "{text}");
        }
    }
}
